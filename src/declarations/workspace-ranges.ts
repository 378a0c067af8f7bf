import { findEcosystem } from '../ecosystems/index.ts';
import type { Dependency } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import { nameKey } from './dependency-line.ts';
import type { ReadManifest } from './read.ts';

/**
 * Tells whether a line takes the member of its name from the workspace. A range that the member's version is not in, and
 * every range where the package manager links only what says so, is asked of the registry.
 *
 * @param manifests All of the state.
 */
export async function takesMember(
  target: Package,
  { range, ecosystem }: Dependency,
  manifests: readonly ReadManifest[],
): Promise<boolean> {
  const admits = await findEcosystem(ecosystem)?.admits?.();
  if (range === undefined || admits === undefined) return true;
  const settings = manifests.flatMap(({ linking }) => linking?.linksRanges ?? []);
  if (settings.includes(false) && !settings.includes(true)) return false;
  return manifests.some(
    ({ defines, linking }) =>
      defines !== null &&
      nameKey(defines) === nameKey(target) &&
      (linking === undefined || admits(range, linking.version ?? '')),
  );
}
