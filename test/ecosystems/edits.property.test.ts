import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manifestEditFor } from '../../src/ecosystems/declare.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import type { NewDependency, TextInsertion } from '../../src/model/declare.ts';
import type { ManifestContents, ManifestFormat } from '../../src/model/manifest.ts';
import { rounds } from '../kit/length.ts';
import { casesOf } from './manifests/fixtures.ts';

/* The editor's quick fix declares one package more, and changes nothing else of the manifest. */

const added = 'left-padder';

interface Layout {
  readonly eol: string;
  readonly indent: string;
}

const layout: fc.Arbitrary<Layout> = fc.record({
  eol: fc.constantFrom('\n', '\r\n'),
  indent: fc.constantFrom('  ', '    ', '\t'),
});
const names = fc.uniqueArray(fc.constantFrom('flask', 'numpy', 'attrs', 'rich'), { minLength: 1 });

/** An item of a TOML list and what stands around it. */
const item = fc.record({
  quote: fc.constantFrom('"', "'", '"""', "'''"),
  version: fc.constantFrom('', '>=2', '[extra]'),
  isOnOwnLine: fc.boolean(),
  beforeComma: fc.constantFrom('', ' ', '\n  ', ' # in front, of the comma\n  '),
  comment: fc.constantFrom('', ' # web, and "more"]', '# 2'),
});

/** A list of PEP 621 as people and tools write it. */
const pyproject: fc.Arbitrary<string> = fc
  .record({
    layout,
    names,
    items: fc.array(item, { minLength: 4, maxLength: 4 }),
    hasLastComma: fc.boolean(),
    end: fc.constantFrom('', ' ', '\n', '\n# the end\n', '\n\n    # "old",\n  '),
    next: fc.constantFrom('', '\n[tool.x]\ndependencies = ["y"] # z\n'),
  })
  .map(({ layout: { eol, indent }, names, items, hasLastComma, end, next }) => {
    const parts = names.map((name, at) => {
      const { quote, version, isOnOwnLine, beforeComma, comment } = items[at] ?? items[0] ?? neverAn('item');
      const comma = at < names.length - 1 || hasLastComma ? `${beforeComma},` : '';
      const isOpen = items[at - 1]?.comment === '' || at === 0;
      const lead = isOnOwnLine || !isOpen ? `\n${indent}` : '';
      return `${lead}${quote}${name}${version}${quote}${comma}${comment}`;
    });
    const close = items[names.length - 1]?.comment === '' || end.startsWith('\n') ? end : `\n${end}`;
    const text = `[project]\nname = "x"\ndependencies = [${parts.join('')}${close}]\n${next}`;
    return text.replaceAll('\n', eol);
  });

const requirements: fc.Arbitrary<string> = fc
  .record({ layout, names, isOpen: fc.boolean(), comment: fc.constantFrom('', '  # why', '>=2') })
  .map(
    ({ layout: { eol }, names, isOpen, comment }) =>
      names.map((name) => `${name}${comment}`).join(eol) + (isOpen ? '' : eol),
  );

const packageJson: fc.Arbitrary<string> = fc
  .record({ layout, names, tables: fc.subarray(['dependencies', 'devDependencies', 'peerDependencies']) })
  .map(({ layout: { eol, indent }, names, tables }) => {
    const table = Object.fromEntries(names.map((name) => [name, '^1.0.0']));
    const manifest = { name: 'x', ...Object.fromEntries(tables.map((key) => [key, table])), type: 'module' };
    return `${JSON.stringify(manifest, null, indent)}\n`.replaceAll('\n', eol);
  });

const wellFormed = new Map([
  ['package.json', packageJson],
  ['pyproject.toml', pyproject],
  ['requirements.txt', requirements],
]);

interface Editable {
  readonly fileName: string;
  readonly format: ManifestFormat;
  readonly dependency: NewDependency;
  readonly editsFor: (text: string) => Promise<readonly TextInsertion[]>;
}

const editable: readonly Editable[] = await Promise.all(
  ecosystems
    .flatMap(({ id, edits, manifests }) => (edits ? [{ id, edits, manifests }] : []))
    .map(async ({ id, edits, manifests }) => {
      const manifestEdits = await edits();
      const dependency = { package: { ecosystem: id, name: added }, latest: '1.3.0' };
      return manifestEdits.fileNames.map((fileName) => ({
        fileName,
        format: manifests.find((format) => format.matches(fileName)) ?? neverAn(`format of ${fileName}`),
        dependency,
        editsFor: (text: string) => manifestEdits.editsFor(fileName, text, dependency),
      }));
    }),
).then((lists) => lists.flat());

test.each(editable)('$fileName: a well-formed one gets exactly one dependency', async (subject) => {
  const texts = wellFormed.get(subject.fileName) ?? neverAn(`arbitrary ${subject.fileName} in wellFormed`);
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const insertions = await subject.editsFor(text);
      expect(insertions).not.toEqual([]);
      const after = applied(text, insertions);
      await expectOneMore(subject, text, after);
      expect(after.replaceAll(added, '').length).toBeLessThan(after.length);
      if (text.includes('\r\n')) expect(after).not.toMatch(/(?<!\r)\n/);
      expect(commentsOf(after)).toEqual(commentsOf(text));
    }),
    { numRuns: rounds(150, 3000) },
  );
});

test.each(editable)('$fileName: any other gets one, or nothing is offered', async (subject) => {
  const { fileName, format, dependency } = subject;
  const fixtures = casesOf(format).filter(({ file }) => file === fileName);
  const written = fc.oneof(
    fc.constantFrom(...fixtures.map(({ text }) => text)),
    wellFormed.get(fileName) ?? neverAn(`arbitrary ${fileName} in wellFormed`),
  );
  await fc.assert(
    fc.asyncProperty(damaged(written), async (text) => {
      const files = {
        existing: () => Promise.resolve(new Set([fileName])),
        text: (path: string) => Promise.resolve(path === fileName ? text : undefined),
        list: () => Promise.resolve([fileName]),
      };
      const offered = await manifestEditFor(dependency, 'app.x', files);
      if (offered) await expectOneMore(subject, text, applied(text, await subject.editsFor(text)));
    }),
    { numRuns: rounds(150, 3000) },
  );
});

/** A text with a few places cut out, repeated or replaced. */
function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const pieces = [
    '',
    '\\',
    '"',
    '"""',
    "'",
    ',',
    '#',
    '\n',
    '\r',
    '\r\n',
    '\\\n',
    '[',
    ']',
    '{',
    '}',
    '\uFEFF',
    'null',
  ];
  const cut = fc.record({ at: fc.nat(600), length: fc.nat(12), piece: fc.constantFrom(...pieces) });
  return fc
    .record({ text: texts, cuts: fc.array(cut, { maxLength: 3 }), end: fc.constantFrom('', ...pieces) })
    .map(
      ({ text, cuts, end }) =>
        cuts.reduce((before, { at, length, piece }) => {
          const from = before.length === 0 ? 0 : at % before.length;
          return before.slice(0, from) + piece + before.slice(from + length);
        }, text) + end,
    );
}

async function expectOneMore({ fileName, format }: Editable, text: string, after: string): Promise<void> {
  const [old, now] = [await format.read(fileName, text), await format.read(fileName, after)];
  const isAdded = ({ name }: { name: string | null }) => name === added;
  const kept = now.dependencies.filter((line) => !isAdded(line));
  expect(now.dependencies.length).toBe(old.dependencies.length + 1);
  expect(linesOf({ ...now, dependencies: kept })).toEqual(
    linesOf({ ...old, dependencies: old.dependencies.filter((line) => !isAdded(line)) }),
  );
  expect(now.broken.length).toBe(old.broken.length);
}

function linesOf({ defines, dependencies, registries, includes, members }: ManifestContents): unknown {
  const lines = dependencies.map(({ name, specifier, source, optional }) => [
    name,
    specifier,
    source,
    optional,
  ]);
  return [defines, lines, registries.map(({ what, value }) => [what, value]), includes, members];
}

/** Each comment with what stands in front of it in its line, but for commas. */
function commentsOf(text: string): readonly (readonly string[])[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, front = '', comment] = /^([^#]*)(#.*)$/.exec(line) ?? [];
    return comment === undefined ? [] : [[front.replaceAll(/[\s,]/g, ''), comment]];
  });
}

function applied(text: string, insertions: readonly TextInsertion[]): string {
  return insertions
    .toSorted((left, right) => right.offset - left.offset)
    .reduce((edited, { offset, length, text: piece }) => {
      return edited.slice(0, offset) + piece + edited.slice(offset + length);
    }, text);
}

function neverAn(what: string): never {
  throw new Error(`there is no ${what}`);
}
