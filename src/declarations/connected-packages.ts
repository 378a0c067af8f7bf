import { LineIndex } from '../text/lines.ts';
import { folderOf } from '../text/paths.ts';
import { foldersOf } from './own-packages.ts';
import type { PackageManifest } from './workspace-members.ts';
import type { ReadManifest } from './read.ts';
import { memberTest } from './workspaces.ts';

/** What of a manifest connects folders with its own: the globs of its workspace, and the folders that its lines lead to. */
export type ConnectingManifest = Pick<ReadManifest, 'path' | 'format' | 'members' | 'tables' | 'declared'>;

/** A manifest of a package in a folder that nobody reads. */
type Candidate = Pick<PackageManifest, 'path' | 'format'>;

/**
 * Looks for packages in folders that nobody reads and that the project's own manifests connect with it: members of a
 * workspace, and folders that a line takes its package from. Whoever installs the project installs what they ask for. What
 * they connect themselves counts as well.
 *
 * @param read Reads the manifests of connected packages, and what those include.
 * @returns What was read.
 */
export async function connectedPackages(
  manifests: readonly ReadManifest[],
  candidates: readonly Candidate[],
  read: (paths: readonly string[]) => Promise<readonly ReadManifest[]>,
): Promise<readonly ReadManifest[]> {
  const knownPaths = new Set(manifests.map(({ path }) => path));
  const connected: ReadManifest[] = [];
  for (let latest = manifests; latest.length > 0;) {
    const isConnected = connectionTest(latest);
    const paths = candidates.filter((item) => !knownPaths.has(item.path) && isConnected(item));
    const manifestsThere = await read(paths.map(({ path }) => path));
    latest = manifestsThere.filter(({ path }) => !knownPaths.has(path));
    for (const manifest of latest) {
      knownPaths.add(manifest.path);
      connected.push(manifest);
    }
  }
  return connected;
}

/** @returns Whether one of these manifests connects a package. */
export function connectionTest(manifests: readonly ConnectingManifest[]): (candidate: Candidate) => boolean {
  const folders = new Set(
    manifests.flatMap(({ path, format, declared }) =>
      declared.flatMap((line) => foldersOf(line, path)).map((folder) => `${format.ecosystem}:${folder}`),
    ),
  );
  const workspaces = manifests.flatMap(({ path, format, members, tables }) => {
    const globs = [...members, ...(tables?.members ?? [])];
    return globs.length === 0 ? [] : [{ format, isMember: memberTest(path, globs) }];
  });
  return ({ path, format }) => {
    const { ecosystem, makesPackage } = format;
    const folder = folderOf(path);
    if (makesPackage && folders.has(`${ecosystem}:${folder}`)) return true;
    return workspaces.some((workspace) => {
      const isRead = makesPackage ? workspace.format.ecosystem === ecosystem : workspace.format === format;
      return isRead && workspace.isMember(folder);
    });
  };
}

/** @returns What of a manifest connects folders with it, to be compared. */
export function connectionsOf({ path, members, tables, declared }: ConnectingManifest): string {
  return JSON.stringify([members, tables?.members ?? [], declared.flatMap((line) => foldersOf(line, path))]);
}

/** @returns The number of the line that connects a package, in a manifest that does. */
export function connectingLine(manifest: ConnectingManifest, candidate: Candidate, text: string): number {
  const folder = folderOf(candidate.path);
  const line = manifest.declared.find((declared) => foldersOf(declared, manifest.path).includes(folder));
  if (line !== undefined) return line.at.line;
  const globs = [...manifest.members, ...(manifest.tables?.members ?? [])];
  const glob = globs.find((member) =>
    connectionTest([{ ...manifest, members: [member], tables: null }])(candidate),
  );
  return new LineIndex(text).locate(Math.max(0, text.indexOf(glob ?? ''))).line;
}
