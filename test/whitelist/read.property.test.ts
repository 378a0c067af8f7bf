import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFast } from '../../src/whitelist/fast.ts';
import { readFull } from '../../src/whitelist/full.ts';
import { dates, names, texts } from './generate.ts';
import { rounds } from '../kit/length.ts';

const count = rounds(1000, 4000);

/** Mostly what people write, now and then something else: the readers must agree, not accept. */
const mostly = <T>(usual: fc.Arbitrary<T>, ...odd: T[]) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

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
  ' ',
  '"\\x41"',
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
const member = fc
  .tuple(
    fc.oneof(
      fc.tuple(mostly(fc.constantFrom('reason', 'by'), 'why', '"by"', 'use'), text),
      fc.tuple(fc.constant('date'), day),
      fc.tuple(fc.constant('imports'), modules),
      fc.tuple(mostly(fc.constant('date'), 'expires'), day),
      fc.tuple(mostly(fc.constant('by'), 'unverified'), flag),
      fc.tuple(fc.constant('created'), day),
      fc.tuple(fc.constantFrom('source', 'repository', 'despite'), text),
    ),
    gap,
  )
  .map(([[key, value], space]) => [key, `${key}:${space}${value}`] as const);
const fields = fc
  .uniqueArray(member, { maxLength: 4, selector: ([key]) => key })
  .chain((all) => fc.constantFrom(', ', ',', ' , ').map((comma) => all.map(([, one]) => one).join(comma)));
const value = mostly(
  fc.oneof(
    fields.map((all) => ` { ${all} }`),
    fields.map((all) => ` {${all}}`),
    fc.constantFrom('', ' {}', ' { }'),
  ),
  ' {a: b}',
  ' null',
  ':',
  ' &a {}',
  ' !!map {}',
  ' []',
  '{}',
);
const comment = mostly(fc.constantFrom('', '', '', ' # why', '  #why: { not } yaml'), '#tight');
const key = (name: string) =>
  fc.constantFrom(/^[\w]/.test(name) ? name : `"${name}"`, `"${name}"`, `'${name}'`);
const filler = mostly(
  fc.constantFrom('', '', '# a comment', '      # indented', '   '),
  '    deep:',
  '---',
  '...',
  ' x',
);
const lines = (ecosystem: 'npm' | 'pypi', indent: string) =>
  fc
    .uniqueArray(mostly(names[ecosystem], '__proto__', 'a b', '*'), { maxLength: 4 })
    .chain((all) => fc.tuple(...all.map((name) => fc.tuple(key(name), value, comment, filler))))
    .map((all) => all.map(([name, fields, remark, more]) => `${indent}${name}:${fields}${remark}\n${more}`));
const ecosystem = (id: 'npm' | 'pypi') =>
  fc
    .tuple(fc.constantFrom('    ', '    ', '     '), mostly(fc.constant('  '), '   '))
    .chain(([deep, flat]) =>
      fc.tuple(lines(id, deep), comment).map(([all, remark]) => [`${flat}${id}:${remark}`, ...all]),
    );
const section = (name: string) =>
  fc
    .tuple(fc.subarray(['npm', 'pypi'] as const), fc.constantFrom('', '', '', '', ' {}', ' # remark'))
    .chain(([ids, end]) =>
      fc.tuple(fc.constant(`${name}:${end}`), ...(end === ' {}' ? [] : ids.map(ecosystem))),
    )
    .map((parts) => parts.flat().join('\n'));
const extension = mostly(
  fc.constantFrom('', '', 'extends: [a.yaml, "b/c.yaml"] # more'),
  'extends: [../x]',
  'extends: x',
);
const whitelist = fc
  .tuple(fc.subarray(['approved', 'denied', 'baseline', 'requested']), extension)
  .chain(([all, first]) => fc.tuple(fc.constant(first), ...all.map(section)))
  .chain((parts) => fc.constantFrom('\n', '\r\n').map((eol) => parts.join('\n').replaceAll('\n', eol)));

/** A text with a few characters changed, as by a slip of the hand. */
const slipped = fc
  .tuple(
    whitelist,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(2),
        fc.constantFrom(...Array.from(' :,{}[]#"\'\n\r\t-&*!|>?%@`~x\ufeff\u2028\\')),
      ),
      {
        maxLength: 2,
      },
    ),
  )
  .map(([text, slips]) =>
    slips.reduce((sofar, [where, kind, character]) => {
      const at = where % (sofar.length + 1);
      return sofar.slice(0, at) + (kind === 1 ? '' : character) + sofar.slice(at + (kind === 0 ? 0 : 1));
    }, text),
  );

test('where the fast reader answers, the full one says the same and finds no fault', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(whitelist, slipped), async (text) => {
      const fast = readFast('a.yaml', text);
      if (fast === undefined) return;
      if (fast.entries.length > 0) answered++;
      const full = await readFull('a.yaml', text);
      expect(full.faults).toEqual([]);
      expect(full.warnings).toEqual([]);
      expect(fast.entries).toEqual(full.entries);
      expect(fast.extends).toEqual(full.extends);
    }),
    { numRuns: count },
  );
  expect(answered).toBeGreaterThan(count / 40);
});
