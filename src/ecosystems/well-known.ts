import type { EcosystemId } from '../model/package.ts';
import npm from './npm/well-known.json' with { type: 'json' };
import pypi from './pypi/well-known.json' with { type: 'json' };

/** Names that everybody has met, by ecosystem: few enough to be at hand in every run. */
const names = new Map<EcosystemId, readonly string[]>([
  ['npm', npm],
  ['pypi', pypi],
]);

/** @returns The packages of an ecosystem whose names everybody has met; none for one without a list. */
export function topPackages(ecosystem: EcosystemId): readonly string[] {
  return names.get(ecosystem) ?? [];
}
