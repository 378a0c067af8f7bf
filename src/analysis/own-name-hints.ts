import type { Declarations } from '../declarations/declarations.ts';
import type { Hint } from '../model/finding.ts';
import { isInstall } from '../model/reference.ts';
import type { UseWithStatus } from '../model/status.ts';

/**
 * Explains why a line that asks for a name which a manifest of the project bears is not taken for the project's own: the
 * package manager asks the registry for it.
 *
 * @param head The manifests of the state that is judged.
 */
export async function ownNameHints(
  { use, status }: UseWithStatus,
  head: Declarations,
): Promise<readonly Hint[]> {
  const [reference] = use.references;
  if (status.kind !== 'unapproved' || (reference.kind !== 'dependency' && !isInstall(reference))) return [];
  const [manifest] = await head.describing(use.package);
  if (manifest === undefined) return [];
  const text = `${manifest} describes a package of this name, but nothing connects the two: a registry is asked. If the project’s own is meant, name its folder (a path, or “workspace:”), or make both members of one workspace.`;
  return [{ text, command: null }];
}
