import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import type { Dependency, ManifestFormat } from '../model/manifest.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Declarations } from './declarations.ts';
import type { DeclaredDependency } from './read.ts';
import { isRepositoryPath } from '../text/repository-path.ts';

/** A state of the project, in which folders are looked for. */
export interface OwnFolders {
  readonly existing: Files['existing'];
  readonly formats: readonly ManifestFormat[];
  /** Paths that prove nothing, since nobody reads what is there: `ignorePaths` of the config. */
  readonly ignores: (path: string) => boolean;
}

/**
 * Tells whether a dependency line takes its package from a folder of the project itself: one with a manifest that makes
 * it a package of the line's ecosystem. What such a folder holds is read as the project's own code.
 *
 * @param manifest The path of the manifest that holds the line.
 */
export async function leadsToOwnFolder(
  { source, ecosystem }: Dependency,
  manifest: string,
  { existing, formats, ignores }: OwnFolders,
): Promise<boolean> {
  if (source.kind !== 'foreign' || source.folders === undefined) return false;
  const paths = manifestsIn(source.folders, { manifest, ecosystem, formats });
  return (await existing(paths.filter((path) => !ignores(path)))).size > 0;
}

/** @returns Whether a dependency line of a manifest means a file of the project. */
export async function meansOwnFile(
  { files = [] }: Dependency,
  manifest: string,
  { existing, ignores }: Omit<OwnFolders, 'formats'>,
): Promise<boolean> {
  const paths = files
    .map((file) => posix.join(posix.dirname(manifest), file))
    .filter((path) => isRepositoryPath(path) && !ignores(path));
  return paths.length > 0 && (await existing(paths)).size > 0;
}

/** @returns Whether a line leads to the project's own package of a name: by that name, else by what the manifest in the folder says. */
export async function leadsToFolderOf(
  target: Package,
  { dependency: { ecosystem, name, source }, at }: DeclaredDependency,
  { base, formats }: { readonly base: Declarations; readonly formats: readonly ManifestFormat[] },
): Promise<boolean> {
  if (ecosystem !== target.ecosystem) return false;
  if (source.kind === 'workspace') return name === target.name;
  if (source.kind !== 'foreign' || source.folders === undefined) return false;
  if (name !== null) return name === target.name;
  const paths = manifestsIn(source.folders, { manifest: at.file, ecosystem, formats });
  const described = await Promise.all(paths.map((path) => base.definedBy(path)));
  return described.some((subject) => subject?.name === target.name);
}

/** @returns Where manifests may lie that make the folders packages of an ecosystem. */
function manifestsIn(
  folders: readonly string[],
  {
    manifest,
    ecosystem,
    formats,
  }: {
    readonly manifest: string;
    readonly ecosystem: EcosystemId;
    readonly formats: readonly ManifestFormat[];
  },
): readonly string[] {
  const names = formats
    .filter((format) => format.makesPackage && format.ecosystem === ecosystem)
    .flatMap(({ fileNames }) => fileNames);
  const home = posix.dirname(manifest);
  return folders
    .flatMap((folder) => names.map((name) => posix.join(fromRoot(home, folder), name)))
    .filter((path) => isRepositoryPath(path) && formats.some((format) => format.matches(path)));
}

/** @returns The lines that do not take their package from a folder of the project itself. */
export async function fromElsewhere(
  lines: readonly DeclaredDependency[],
  folders: OwnFolders,
): Promise<readonly DeclaredDependency[]> {
  const isOwn = await Promise.all(
    lines.map(({ dependency, at }) => leadsToOwnFolder(dependency, at.file, folders)),
  );
  return lines.filter((_, at) => isOwn[at] !== true);
}

/** Without a `/` at its start, so that `..` leads out of the root. */
function fromRoot(home: string, folder: string): string {
  return folder.startsWith('/') ? folder.slice(1) : posix.join(home, folder);
}
