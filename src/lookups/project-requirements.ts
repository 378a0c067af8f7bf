import type { PinnedRequirements, ProjectNames } from '../model/lookup.ts';
import type { PinnedPackage } from '../model/policy.ts';
import { lookupOptionsOf, type LookupSettings } from './project-lookup.ts';

/**
 * Asks registries what packages of a project need, in the versions that it takes.
 *
 * @returns One fact for each, in their order; nothing is sent where lookups are off or offline.
 */
export async function lookUpRequirements(
  pins: readonly PinnedPackage[],
  project: ProjectNames,
  settings: LookupSettings,
): Promise<PinnedRequirements> {
  const options = await lookupOptionsOf(project, settings);
  const { requirementsOfPins } = await import('./index.ts');
  return requirementsOfPins(pins, options);
}
