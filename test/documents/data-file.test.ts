import { expect, test } from 'vitest';
import { readDataFile, type DataFormat } from '../../src/documents/data-file.ts';
import type { Node } from '../../src/documents/document.ts';

/** The same data in each format. */
const TEXTS: readonly (readonly [DataFormat, string])[] = [
  [
    'json',
    '{ "a b": "x\\ty", "count": 30, "yes": true, "list": ["p", { "deep": "q" }], "rules": { "r": "off" } }',
  ],
  ['yaml', '"a b": "x\\ty"\ncount: 0x1e\nyes: true\nlist:\n  - p\n  - deep: q\nrules: { r: \'off\' }\n'],
  ['toml', '"a b" = "x\\ty"\ncount = 3_0\nyes = true\nlist = [\'p\', { deep = "q" }]\n[rules]\nr = "off"\n'],
];

function plain(node: Node): unknown {
  if (node.kind === 'table') return node.entries.map(({ key, value }) => [key.value, plain(value)]);
  return node.kind === 'list' ? node.items.map(plain) : node.value;
}

/** Every key and every single value by the source from where it begins. */
function places(node: Node, text: string): readonly string[] {
  if (node.kind === 'list') return node.items.flatMap((item) => places(item, text));
  if (node.kind !== 'table') return [text.slice(node.at, node.span.end)];
  return node.entries.flatMap(({ key, value }) => [text.slice(key.at, key.span.end), ...places(value, text)]);
}

test.each(TEXTS)('%s holds the same values', async (format, text) => {
  const { root, problems } = await readDataFile(format, text);
  expect(problems).toEqual([]);
  expect(root && plain(root)).toEqual([
    ['a b', 'x\ty'],
    ['count', 30],
    ['yes', true],
    ['list', ['p', [['deep', 'q']]]],
    ['rules', [['r', 'off']]],
  ]);
});

test.each(TEXTS)('%s says where each of them begins, with its quotation mark', async (format, text) => {
  const { root } = await readDataFile(format, text);
  const written = root ? places(root, text) : [];
  const withoutMarks = written.map((piece) => piece.replace(/^["']/, ''));
  expect(withoutMarks).toEqual([
    'a b',
    'x\\ty',
    'count',
    format === 'yaml' ? '0x1e' : format === 'toml' ? '3_0' : '30',
    ...['yes', 'true', 'list', 'p', 'deep', 'q', 'rules', 'r', 'off'],
  ]);
  expect(written[0]).toBe('"a b');
  expect(written.at(-1)).toMatch(/^["']off$/);
});

test('tables of TOML with the same double brackets are one list', async () => {
  const { root } = await readDataFile('toml', '[[a]]\nb = 1\n[c]\n[[a]]\nb = 2\n[a.d]\ne = 3\n');
  expect(root && plain(root)).toEqual([
    [
      'a',
      [
        [['b', 1]],
        [
          ['b', 2],
          ['d', [['e', 3]]],
        ],
      ],
    ],
    ['c', []],
  ]);
});

test.each<[DataFormat, string]>([
  ['json', '{"a":1,}'],
  ['yaml', 'a: [1'],
  ['toml', 'a = b'],
])('%s is told in words, and breaks what follows', async (format, text) => {
  const { problems } = await readDataFile(format, text);
  expect(problems[0]).toMatchObject({ breaks: true });
  expect(problems[0]?.message).toContain(`not valid ${format.toUpperCase()}: `);
});

test.each<[DataFormat, string]>([
  ['json', `${'['.repeat(101)}${']'.repeat(101)}`],
  ['yaml', '- '.repeat(101)],
  ['toml', `a${'.a'.repeat(101)} = 1`],
])('%s is not nested too deeply', async (format, text) => {
  const { root, problems } = await readDataFile(format, text);
  expect(root).toBeUndefined();
  expect(problems.map(({ message }) => message)).toEqual(['the file is nested more than 100 levels deep']);
});
