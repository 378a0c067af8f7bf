import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Dependency, DependencySource, TableSources } from '../model/manifest.ts';
import { trimSuffix } from '../text/ends.ts';

/**
 * @param path The manifest of the workspace.
 * @param members Its globs of folders.
 * @returns Whether a folder, relative to the root, is that of a member.
 */
export function memberTest(path: string, members: readonly string[]): (folder: string) => boolean {
  // `./` is the workspace's own folder, and nothing is left of it.
  const globs = members
    .map((glob) => trimSuffix(glob.replace(/^(!?)(?:\.\/)+/, '$1'), '/'))
    .filter((glob) => glob !== '' && glob !== '!');
  const isIn = picomatch(globs.filter((glob) => !glob.startsWith('!')));
  const isOut = picomatch(globs.flatMap((glob) => (glob.startsWith('!') ? [glob.slice(1)] : [])));
  return (folder) => {
    const inside = posix.relative(posix.dirname(path), folder);
    return isIn(inside) && !isOut(inside);
  };
}

/** The manifest of a workspace. */
export interface WorkspaceRoot {
  readonly path: string;
  readonly tables: TableSources;
}

/**
 * Sources of the root hold for members, except for packages that a member has a source for
 * (https://docs.astral.sh/uv/concepts/projects/workspaces/#workspace-sources); so do its indexes, by their names.
 *
 * @param path The manifest that may be that of a member.
 * @returns What gives a line of that manifest its source; null where the manifest is no member.
 */
export function memberBinding(
  path: string,
  tables: TableSources,
  root: WorkspaceRoot,
): ((dependency: Dependency) => Dependency) | null {
  const isMember = memberTest(root.path, root.tables.members ?? [])(posix.dirname(path));
  if (!isMember && root.tables.inherited === undefined) return null;
  return (dependency) => {
    if (dependency.isInherited) return inherited(dependency, root);
    const source = isMember ? rootSource(dependency, tables, root) : undefined;
    return source === undefined ? dependency : { ...dependency, source };
  };
}

/** Who inherits a line is a member, also where no glob says so: Cargo counts the folders that a member's lines lead to. */
function inherited(dependency: Dependency, root: WorkspaceRoot): Dependency {
  const line = root.tables.inherited?.get(dependency.specifier);
  if (line === undefined) return dependency;
  const source = fromRoot(line.source, posix.dirname(root.path)) ?? line.source;
  return { ...dependency, name: line.name, source };
}

function rootSource(
  { name, source }: Dependency,
  { sources }: TableSources,
  root: WorkspaceRoot,
): DependencySource | undefined {
  if (source.kind === 'foreign' && source.isIndex === true) return root.tables.indexes.get(source.value);
  if (source.kind !== 'registry' || name === null || sources.has(name)) return undefined;
  return fromRoot(root.tables.sources.get(name), posix.dirname(root.path));
}

/** A path leads from the folder of the manifest that names it. */
function fromRoot(source: DependencySource | undefined, folder: string): DependencySource | undefined {
  if (source?.kind !== 'foreign' || source.folders === undefined) return source;
  const folders = source.folders.map((path) =>
    path.startsWith('/') ? path : `/${posix.join(folder, path)}`,
  );
  return { ...source, folders };
}
