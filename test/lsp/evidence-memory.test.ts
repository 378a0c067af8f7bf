import { expect, test } from 'vitest';
import { EvidenceMemory } from '../../src/lsp/evidence-memory.ts';
import type { Fact } from '../../src/model/evidence.ts';
import type { ProjectNames } from '../../src/model/lookup.ts';
import type { PackageRequirement } from '../../src/model/registry.ts';

/** A project that names nothing. */
const nothing: ProjectNames = {
  declared: [],
  lines: () => Promise.resolve({ trusted: [], proposed: [] }),
  versionsOf: () => Promise.resolve([]),
  dependentOf: () => Promise.resolve(null),
  registryFiles: () => Promise.resolve({ trusted: [], proposed: [], declaredIn: () => [] }),
  baseRegistries: [],
  basePrivateNames: [],
  own: [],
};

type Needs = Fact<readonly PackageRequirement[]>;

test('what a package needs is asked again after a minute, where no registry has answered; innocent: where one has', async () => {
  let time = 0;
  const asked: string[][] = [];
  const silent: Needs = { state: 'unknown', reason: 'no answer' };
  const known: Needs = { state: 'present', value: [], asOf: '2026-11-23T12:00:00.000Z' };
  const memory = new EvidenceMemory(() => time);
  const pin = (name: string, version = '1.0') => ({ package: { ecosystem: 'pypi', name }, version }) as const;
  const look = (root: string, ...pins: ReturnType<typeof pin>[]) =>
    memory.requirementLookup(root, (questions) => {
      asked.push(questions.map(({ package: { name }, version }) => `${name} ${String(version)}`));
      const facts = questions.map(({ package: { name } }) => (name === 'flask' ? silent : known));
      return Promise.resolve({ facts, lookups: 'asked' });
    })(pins, nothing);
  const [flask, idna] = [pin('flask'), pin('idna')];
  expect(await look('/a', flask, idna)).toEqual({ facts: [silent, known], lookups: 'asked' });
  expect(await look('/a', idna, flask)).toEqual({ facts: [known, silent], lookups: 'asked' });
  expect(await look('/a', flask)).toEqual({ facts: [silent], lookups: 'none' });
  await look('/a', pin('flask', '2.0'));
  await look('/b', flask);
  time = 59_999;
  await look('/a', flask);
  time = 60_000;
  await look('/a', flask);
  expect(asked).toEqual([
    ['flask 1.0', 'idna 1.0'],
    ['idna 1.0'],
    ['flask 2.0'],
    ['flask 1.0'],
    ['flask 1.0'],
  ]);
});
