import { expect, test } from 'vitest';
import { entriesAt } from '../../src/documents/document.ts';
import { readYaml } from '../../src/documents/yaml.ts';

test.each([
  ['maps within one line', 'a: '.repeat(20_000)],
  ['lists within one line', '- '.repeat(20_000)],
  ['brackets', '['.repeat(20_000)],
])('%s that are nested too deeply are told, and end nothing', async (_, text) => {
  const { broken } = await readYaml(text);
  expect(broken).toEqual([{ grammar: null, message: 'nested too deeply', offset: 0 }]);
});

test.each([
  ['a key without a value in a map on one line', 'a: { b, c: d }', ['b', 'c']],
  ['a key that a question mark marks', 'a:\n  ? b\n  ? c\n', ['b', 'c']],
  ['a key without a value', 'a:\n  b:\n  c: d\n', ['b', 'c']],
])('%s is a key', async (_, text, keys) => {
  const { root, broken } = await readYaml(text);
  expect(broken).toEqual([]);
  expect(entriesAt(root, 'a').map(({ key }) => key.value)).toEqual(keys);
});
