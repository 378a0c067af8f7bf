import { connectingLine, connectionsOf, connectionTest } from '../declarations/connected-packages.ts';
import type { ReadManifest } from '../declarations/read.ts';
import type { NamedFile, TakenInStates } from './taken-in.ts';

/** The manifest of a package in a folder that nobody reads, and the line that connects it with the project. */
export interface NewPackage {
  readonly path: string;
  readonly by: NamedFile;
}

/**
 * @param paths The manifests that a change adds or edits.
 * @returns The packages that one of them newly connects, by way of others or not.
 */
export async function newPackages(
  paths: readonly string[],
  { head, bases, text }: TakenInStates,
): Promise<readonly NewPackage[]> {
  const connecting = await connectingManifests(paths, { head, bases });
  if (connecting.length === 0) return [];
  const oldPaths = await Promise.all(bases.map(async (base) => pathsOf(await base.connectedPackages())));
  const newManifests = (await head.connectedPackages()).filter(
    ({ path }) => !oldPaths.every((old) => old.has(path)),
  );
  const manifests = newManifests.length === 0 ? [] : [...connecting, ...(await head.manifests())];
  const packages = newManifests.map(async (target): Promise<readonly NewPackage[]> => {
    const manifest = manifests.find((candidate) => connectionTest([candidate])(target));
    if (manifest === undefined) return [];
    const line = connectingLine(manifest, target, (await text(manifest.path)) ?? '');
    return [{ path: target.path, by: { path: manifest.path, line } }];
  });
  return (await Promise.all(packages)).flat();
}

/** Those that connect other folders than in a base. */
async function connectingManifests(
  paths: readonly string[],
  { head, bases }: Pick<TakenInStates, 'head' | 'bases'>,
): Promise<readonly ReadManifest[]> {
  const connecting: ReadManifest[] = [];
  for (const path of paths) {
    const manifest = await head.manifestAt(path);
    const connections = connectionsOf(manifest);
    const old = await Promise.all(bases.map(async (base) => connectionsOf(await base.manifestAt(path))));
    if (old.some((text) => text !== connections)) connecting.push(manifest);
  }
  return connecting;
}

function pathsOf(manifests: readonly ReadManifest[]): ReadonlySet<string> {
  return new Set(manifests.map(({ path }) => path));
}
