import { describe, expect, test } from 'vitest';
import { javascript } from '../../src/languages/javascript/index.ts';
import { languages } from '../../src/languages/index.ts';
import { python } from '../../src/languages/python/index.ts';
import type { Language, Parser, Scan } from '../../src/model/language.ts';
import { programsIn, problemsOf } from './language.ts';
import { filesIn, foldersIn, textOf } from './repository.ts';

describe.each(languages)('$id', (language) => {
  test('has everything that a language has to have', async () => {
    expect(await problemsOf(language)).toEqual([]);
  });

  const folder = `fixtures/languages/${language.id}`;
  test.each(filesIn(folder))('every heading of %s has a program', (file) => {
    const markdown = textOf(`${folder}/${file}`) ?? '';
    const headings = [...markdown.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).not.toEqual([]);
    expect(programsIn(markdown, language).map(({ title }) => title)).toEqual(headings);
  });
});

test('every folder of tables is that of a language', () => {
  expect(foldersIn('fixtures/languages')).toEqual(languages.map(({ id }) => id).toSorted());
});

test('a table is a heading, maybe a sentence, and a program with its dialect', () => {
  const markdown = [
    '# Title',
    '',
    '## Usual',
    '',
    '```python',
    'import a␍',
    '```',
    '',
    '| where |',
    '',
    '## Cell',
    '',
    'A sentence.',
    '',
    '````ipynb',
    '```⟦200B⟧⟨U+000D⟩',
    '',
    '````',
    '',
  ].join('\n');
  expect(programsIn(markdown, python)).toEqual([
    { title: 'Usual', source: { text: 'import a\r', dialect: 'py' } },
    { title: 'Cell', source: { text: '```\u200b\r\n', dialect: 'ipynb' } },
  ]);
});

const emptyScan = (): Scan => ({ kind: 'superset', specifiers: new Set() });
const emptyParser = (): Promise<Parser> =>
  Promise.resolve({
    parse: () => ({ imports: [], broken: null }),
    glance: () => ({ imports: [], doubts: [] }),
  });

/** A language of which little but its name is written; what the contract does not ask about is another's. */
const toy: Language = {
  ...javascript,
  id: 'Toy',
  ecosystem: 'toys',
  extensions: ['.toy', 'TOY', 'py', 'vue'],
  notebooks: null,
  scan: emptyScan,
  parser: emptyParser,
};

const hooks = 'mirrors/pre-commit/.pre-commit-hooks.yaml';
const javascriptTables = 'fixtures/languages/javascript';

const faults: readonly (readonly [string, Language, readonly string[]])[] = [
  [
    'a language of which nothing is written',
    toy,
    [
      'its id "Toy" is no word in lower case letters',
      'there is no ecosystem toys: write src/ecosystems/toys and a line into src/ecosystems/index.ts',
      'its extension .toy has a dot or is not in lower case',
      `the pattern of ${hooks} does not match its extension .toy: run \`npm run docs\``,
      'its extension TOY has a dot or is not in lower case',
      `the pattern of ${hooks} does not match its extension TOY: run \`npm run docs\``,
      'its extension py belongs to another language or a container, or stands twice',
      'its extension vue belongs to another language or a container, or stands twice',
      'fixtures/languages/Toy has no table: write a file.md there, with a heading, a program and what it imports',
    ],
  ],
  [
    'no extension',
    { ...python, extensions: [] },
    ['it has no extension: write one into src/languages/python/index.ts'],
  ],
  [
    'the names that notebooks have for another language',
    { ...python, id: 'toys', notebooks: { dialectOf: () => undefined, usualName: 'toys' } },
    [
      'its extension py belongs to another language or a container, or stands twice',
      'its extension pyi belongs to another language or a container, or stands twice',
      'its extension pyw belongs to another language or a container, or stands twice',
      'its notebooks do not take its own id toys for its name, as their metadata writes it',
      'another language has the cells of notebooks that name no kernel',
      'fixtures/languages/toys has no table: write a file.md there, with a heading, a program and what it imports',
    ],
  ],
  [
    'an extension that stands twice',
    { ...python, extensions: ['py', 'py'] },
    [
      'its extension py belongs to another language or a container, or stands twice',
      'its extension py belongs to another language or a container, or stands twice',
    ],
  ],
  [
    'a scan that never decides',
    { ...javascript, scan: () => ({ kind: 'unsure', reason: 'it does not look' }) },
    [`no program in ${javascriptTables} is read by the scan: write one that imports something`],
  ],
  [
    'a parser that reads nothing, and a scan that rules nothing out',
    { ...javascript, scan: emptyScan, parser: emptyParser },
    [
      `no program in ${javascriptTables} is read by the scan: write one that imports something`,
      `no program in ${javascriptTables} leaves the scan unsure: write one that only the parser can read`,
      `no program in ${javascriptTables} is rejected and read all the same: write one with an error and an import`,
    ],
  ],
];

test.each(faults)('%s', async (_, language, sentences) => {
  expect(await problemsOf(language)).toEqual(sentences);
});

test.each([
  [javascript, 'fixtures/languages/javascript/odd.md, “A hashbang”: the scan misses a'],
  [python, 'fixtures/languages/python/broken.md, “Two words”: the scan misses c'],
])('a scan that sees nothing misses what the parser finds: $0.id', async (language, sentence) => {
  expect(await problemsOf({ ...language, scan: emptyScan })).toContain(sentence);
});
