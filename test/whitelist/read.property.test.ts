import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines } from '../../src/whitelist/line-reader.ts';
import { readWhitelistYaml } from '../../src/whitelist/yaml-reader.ts';
import { writeContent } from '../../src/whitelist/write.ts';
import { rounds } from '../kit/length.ts';
import { contentsOf, dates, labels, texts } from './generate.ts';

const count = rounds(1000, 210_000);

/** Mostly what people write, now and then something else: the readers must agree, not accept. */
const mostly = <T>(usual: fc.Arbitrary<T>, ...odd: T[]) =>
  fc.oneof({ weight: 60, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const quoted = (values: fc.Arbitrary<string>) =>
  fc
    .tuple(values, fc.boolean())
    .map(([value, single]) =>
      single && !/[^ -~]/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value),
    );
const plainText = fc.constantFrom(
  'arrays',
  'a b  c',
  'a:b',
  'a :b',
  'http://x/#y',
  "it's",
  '(so)',
  '2020',
  'True',
  'größe 🐍',
  '1.0',
  'a"b',
  '$x',
  '/x',
  'x'.repeat(121),
);
const text = mostly(
  fc.oneof(quoted(texts), plainText),
  '~',
  'null',
  '',
  '- x',
  '#x',
  'a: b',
  'a #b',
  '@x',
  '*x',
  '"x',
  ' ',
  '"\\x41"',
  'x\u00a0y',
);
const gap = mostly(fc.constantFrom(' ', ' ', '  '), '', '\t');
const day = mostly(fc.oneof(dates, quoted(dates)), '2026-02-29', 'today');
const modules = mostly(
  fc.constantFrom('[cv2]', '[ a.b , "c" ]', '[]', '[größe]', "['x',y]"),
  'cv2',
  '[a b]',
  '[~]',
  '[a,]',
);
const flag = mostly(fc.constantFrom('true', 'false'), '"true"', 'yes', 'True');
const used = mostly(fc.constantFrom('npm:a', 'pypi:A_b', '"npm:@a/b"'), 'undici', 'npm:a@1', '~');

const valuesOf: Readonly<Record<string, fc.Arbitrary<string>>> = {
  by: text,
  source: text,
  repository: text,
  despite: text,
  asked: text,
  date: day,
  expires: day,
  created: day,
  imports: modules,
  importsOf: mostly(fc.constantFrom('"1.0"', '9.1.0'), '1.0', '[a]', '~'),
  unverified: flag,
  use: used,
};
const decisions = [
  {
    kind: 'approved',
    keys: 'imports importsOf source despite unverified expires by date created repository asked',
    of: text,
  },
  { kind: 'denied', keys: 'use imports importsOf by date', of: text },
  { kind: 'requested', keys: 'imports importsOf by date', of: text },
  { kind: 'baseline', keys: 'imports importsOf by', of: day },
];
const oddField = mostly<string | undefined>(
  fc.constant(undefined),
  'resaon: x',
  'denied: x',
  'baseline: 2026-11-23',
  'by: x',
  'source: y',
);
const fields = fc
  .constantFrom(...decisions)
  .chain(({ kind, keys, of }) =>
    fc.tuple(
      mostly(fc.constant(kind), 'aproved', 'reason').chain((word) => of.map((said) => `${word}: ${said}`)),
      fc
        .shuffledSubarray(keys.split(' '), { maxLength: Math.min(3, keys.split(' ').length) })
        .chain((some) =>
          fc.tuple(
            ...some.map((name) =>
              fc.tuple(gap, valuesOf[name] ?? text).map(([space, said]) => `${name}:${space}${said}`),
            ),
          ),
        ),
      oddField,
      fc.nat({ max: 20 }),
    ),
  )
  .map(([first, others, odd, place]) => {
    const all = odd === undefined ? others : [...others, odd];
    return place === 0 ? [...all, first] : [first, ...all];
  });
/** What our commands write, and what people do. */
const value = (label: string) =>
  fc.oneof(
    contentsOf(label).map((content) => ` ${writeContent(content)}`),
    mostly(
      fc
        .tuple(fields, gap, gap, mostly(fc.constantFrom(', ', ',', '  , '), ' , '))
        .map(([all, left, right, comma]) => `${left}{${left}${all.join(comma)}${right}}`),
      '',
      ' {}',
      ' x',
      ' [x]',
      '\n    approved: x',
      ' { approved: x,\n    by: y }',
    ),
  );
const comment = mostly(
  fc.constantFrom('', '', '', ' # why', '  #why: { not } yaml'),
  '#tight',
  ' ',
  '\t# tab',
);
const key = (label: string) =>
  mostly(fc.constant(label), `"${label}"`, `'${label}'`, `${label}@1`, label.slice(4), label.toUpperCase());
const filler = mostly(
  fc.constantFrom('', '', '# a comment', '      # indented', '   '),
  '    deep:',
  '---',
  '...',
  ' x',
);
const oddLabels = mostly(labels, 'npm:__proto__', 'npm:a b', 'npm:*', 'pypi:A.b_C', 'maven:x', 'npm:', 'x');
const lines = fc
  .tuple(
    mostly(fc.constantFrom('  ', '  ', '     '), ''),
    fc.array(
      oddLabels.chain((label) => fc.tuple(key(label), value(label), comment, filler)),
      { maxLength: 5 },
    ),
    mostly(fc.constant(''), ' '),
  )
  .map(([indent, all, more]) =>
    all.map(
      ([name, entry, remark, below], index) =>
        `${indent}${index === 1 ? more : ''}${name}:${entry}${remark}\n${below}`,
    ),
  );
const covers = mostly(
  fc.constantFrom('', 'covers: [npm, pypi]', 'covers: []', 'covers: [ npm , "maven" ] # all'),
  'covers:',
  'covers: npm',
  'covers: [npm,]',
  'covers: [~]',
  'covers: [npm]\ncovers: [pypi]',
  'cover: [npm]',
);
const extension = mostly(
  fc.constantFrom('', '', 'extends: [a.yaml, "b/c.yaml"] # more'),
  'extends: [../x]',
  'extends: x',
  'extends: x.yaml',
);
const opening = mostly(
  fc.constantFrom('packages:', 'packages: # all', '# prettier-ignore\npackages:'),
  'packages: {}',
  'packages : ',
  '"packages":',
  'packages: ~',
  'approved:',
  '',
);
const whitelist = fc
  .tuple(covers, extension, opening, lines, fc.boolean())
  .chain(([first, second, third, all, below]) => {
    const head = [first, second];
    const parts = below ? [third, ...all, ...head] : [...head, third, ...all];
    return fc
      .tuple(fc.constantFrom('\n', '\r\n'), mostly(fc.constant(''), 'packages:\n  npm:z: { denied: x }'))
      .map(([eol, twin]) => [...parts, twin].join('\n').replaceAll('\n', eol));
  });

/** A text with a few characters changed, as by a slip of the hand. */
const slipped = fc
  .tuple(
    whitelist,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 2 }),
        fc.constantFrom(...Array.from(' :,{}[]#"\'\n\r\t-&*!|>?%@`~x\ufeff\u2028\u00a0\\')),
      ),
      { maxLength: 2 },
    ),
  )
  .map(([whole, slips]) =>
    slips.reduce((sofar, [where, kind, character]) => {
      const at = where % (sofar.length + 1);
      return sofar.slice(0, at) + (kind === 1 ? '' : character) + sofar.slice(at + (kind === 0 ? 0 : 1));
    }, whole),
  );

test('where the line reader answers, the YAML reader says the same and finds no fault', async () => {
  let understood = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(whitelist, slipped), async (whole) => {
      const line = readLines('a.yaml', whole);
      if (line === undefined) return;
      if (line.entries.length > 0) understood += 1;
      const yaml = await readWhitelistYaml('a.yaml', whole);
      expect(yaml.faults).toEqual([]);
      expect(yaml.warnings).toEqual([]);
      expect(line.entries).toEqual(yaml.entries);
      expect(line.covers).toEqual(yaml.covers);
      expect(line.extends).toEqual(yaml.extends);
    }),
    { numRuns: count },
  );
  expect(understood).toBeGreaterThan(count / 10);
});
