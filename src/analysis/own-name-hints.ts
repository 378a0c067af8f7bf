import type { Declarations } from '../declarations/declarations.ts';
import type { Hint } from '../model/finding.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import { folderOf } from '../text/paths.ts';
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
  const ecosystem = findEcosystem(use.package.ecosystem);
  if (manifest === undefined || ecosystem === undefined) return [];
  const advice = ecosystem.ownPackageAdvice({
    name: use.package.name,
    folder: folderFrom(use.file, manifest),
    isCommand: reference.kind !== 'dependency',
  });
  const text = `${manifest} describes a package of this name, but nothing connects the two: a registry is asked. If the project’s own is meant, ${advice}.`;
  return [{ text, command: null }];
}

/** @returns The way from the folder of one file to that of another, as manifests write it: `./api`, `../api`, `.`. */
function folderFrom(file: string, target: string): string {
  const [from, to] = [folderOf(file), folderOf(target)].map((folder) => folder.split('/').filter(Boolean));
  if (from === undefined || to === undefined) return '.';
  const differing = from.findIndex((part, at) => part !== to[at]);
  const shared = differing < 0 ? from.length : differing;
  const steps = [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
  if (steps === '') return '.';
  return steps.startsWith('..') ? steps : `./${steps}`;
}
