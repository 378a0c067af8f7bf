import type { PolicyChange } from '../model/policy.ts';
import type { Scope } from '../model/snapshot.ts';
import { permissionChanges } from './install-permissions.ts';
import { startChanges } from './starts.ts';

/** What a change loosens in settings of other programs: those that start this tool, and those that install packages. */
export async function changesOfOtherPrograms(scope: Scope): Promise<readonly PolicyChange[]> {
  return [...(await startChanges(scope)), ...(await permissionChanges(scope))];
}
