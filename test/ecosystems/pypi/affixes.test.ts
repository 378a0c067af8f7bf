import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { namesWithAffixes } from '../../../src/ecosystems/pypi/module-map/affixes.ts';
import { pypi } from '../../../src/ecosystems/pypi/names.ts';

test.each([
  ['flint', 'python-flint'],
  ['automata', 'automata-lib'],
  ['harbour', 'harbour-python'],
  ['harbour', 'harbour-py'],
  ['harbour', 'py-harbour'],
])('%s may be of %s', (module, distribution) => {
  expect(namesWithAffixes(module)).toContain(distribution);
});

test.each([
  ['numpy_utils', 'numpy'],
  ['python_flint', 'flint'],
  ['spark', 'pyspark'],
  ['flasklogin', 'flask-login'],
  ['harbour', 'harbour-tools'],
])('%s is not of %s', (module, distribution) => {
  expect(namesWithAffixes(module).map((name) => pypi.canonical(name))).not.toContain(distribution);
});

const names = process.env['INVENTED_NAMES'] ?? '';

describe.skipIf(!existsSync(names))('invented names', () => {
  test('are none of the libraries that they were derived from', () => {
    const rows = readFileSync(names, 'utf8').trim().split('\n').map(rowOf);
    const passing = rows.filter(({ name, base }) =>
      namesWithAffixes(name).some((each) =>
        base.map((library) => pypi.canonical(library)).includes(pypi.canonical(each)),
      ),
    );
    expect(passing).toEqual([]);
  });
});

function rowOf(line: string): { readonly name: string; readonly base: readonly string[] } {
  const row: unknown = JSON.parse(line);
  if (typeof row !== 'object' || row === null || !('name' in row && 'base' in row)) throw new Error(line);
  const { name, base } = row;
  if (typeof name !== 'string' || !Array.isArray(base)) throw new Error(line);
  return { name, base: base.filter((each) => typeof each === 'string') };
}
