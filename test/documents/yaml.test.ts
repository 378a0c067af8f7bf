import { expect, test } from 'vitest';
import { readYaml } from '../../src/documents/yaml.ts';

test.each([
  ['maps within one line', 'a: '.repeat(20_000)],
  ['lists within one line', '- '.repeat(20_000)],
  ['brackets', '['.repeat(20_000)],
])('%s that are nested too deeply are told, and end nothing', async (_, text) => {
  const { broken } = await readYaml(text);
  expect(broken).toEqual([{ grammar: null, message: 'nested too deeply', offset: 0 }]);
});
