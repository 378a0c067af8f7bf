import { describe, expect, test } from 'vitest';
import { packageOf } from '../../src/ecosystems/index.ts';
import { withDependents } from '../../src/lookups/dependent-evidence.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { PackageEvidence } from '../../src/model/finding.ts';

/* What a lockfile says of a package comes last, and in the time that registries left. */

const absent: Evidence = {
  fact: 'exists',
  source: 'pypi',
  state: 'absent',
  asOf: '2026-11-23T12:00:00.000Z',
};
const knowledge: PackageEvidence = { grade: 'nonexistent', evidence: [absent], suggestions: [] };
const blinker = packageOf('pypi', 'blinker');

async function extended(subject: typeof blinker | null, left: number) {
  const asked: string[] = [];
  const project = {
    dependentOf: ({ name }: { readonly name: string }) => {
      asked.push(name);
      return Promise.resolve({ name: 'flask', file: 'uv.lock' });
    },
  };
  const deadline = performance.now() + left;
  return { items: await withDependents([knowledge], [subject], { project, deadline }), asked };
}

describe('a lockfile', () => {
  test('adds a fact behind all others, and leaves the grade', async () => {
    const { items } = await extended(blinker, 60_000);
    const said = { fact: 'dependency-of', source: 'uv.lock', state: 'present', value: 'flask' };
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ ...knowledge, evidence: [absent, said] });
  });

  test.each([
    ['there is no time left', blinker, 0],
    ['somebody decided about the package', null, 60_000],
  ])('is not read where %s', async (_, subject, left) => {
    expect(await extended(subject, left)).toEqual({ items: [knowledge], asked: [] });
  });
});
