import { expect, test } from 'vitest';
import { readReferences } from '../../src/analysis/parse-references.ts';
import { javascript } from '../../src/languages/javascript/index.ts';
import type { Segment, Source } from '../../src/model/language.ts';
import { filesOf, resolverOf } from '../languages/javascript/resolve/project.ts';

const text = '{\n  "second": "deck",\n  "first": "import"\n}\n';
const segment: Segment = {
  language: 'javascript',
  dialect: 'js',
  text: "import 'deck'",
  at: {
    kind: 'pieces',
    pieces: [
      { start: 0, end: 6, at: text.indexOf('import') },
      { start: 8, end: 12, at: text.indexOf('deck') },
    ],
  },
};

const parser = await javascript.parser();
const resolver = resolverOf(filesOf(new Map([['package.json', '{}']])));
const reader = {
  languages: [javascript],
  resolver: () => resolver,
  parse: async (_: unknown, source: Source) => parser.parse(source),
};

test('what stands in a piece of a segment has its place in the file', async () => {
  const { references } = await readReferences({ path: 'a.json', text, segments: [segment] }, reader);
  expect(references.map(({ specifier, place, excerpt }) => ({ specifier, place, excerpt }))).toEqual([
    {
      specifier: 'deck',
      place: { line: 2, column: 14, endLine: 2, endColumn: 18, cell: null },
      excerpt: '  "second": "deck",',
    },
  ]);
});

test('what two segments have from one place is one reference', async () => {
  const { references } = await readReferences({ path: 'a.json', text, segments: [segment, segment] }, reader);
  expect(references).toHaveLength(1);
});
