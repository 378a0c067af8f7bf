import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import type { Dependency, ManifestFormat } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import { importName } from './dependency-line.ts';
import type { DeclaredDependency } from './read.ts';
import { isRepositoryPath } from '../text/repository-path.ts';

/** A state of the project, in which folders are looked for. */
export interface OwnFolders {
  readonly existing: Files['existing'];
  /** @returns The package that the manifest at a path describes; null where it tells none. */
  readonly definedBy: (path: string) => Promise<Package | null>;
  readonly formats: readonly ManifestFormat[];
  /** Paths that prove nothing, since nobody reads what is there: `ignorePaths` of the config. */
  readonly ignores: (path: string) => boolean;
}

/**
 * Tells whether a dependency line takes its package from a folder of the project itself: one with a manifest that makes
 * it a package of the line's ecosystem, and of the line's name if both tell one. What such a folder holds is read as the
 * project's own code.
 *
 * @param manifest The path of the manifest that holds the line.
 */
export async function leadsToOwnFolder(
  dependency: Dependency,
  manifest: string,
  state: OwnFolders,
): Promise<boolean> {
  const { source } = dependency;
  if (source.kind !== 'foreign' || source.folders === undefined) return false;
  const home = posix.dirname(manifest);
  for (const folder of source.folders)
    if (await isOwn(fromRoot(home, folder), dependency, state)) return true;
  return false;
}

async function isOwn(
  folder: string,
  dependency: Dependency,
  { existing, definedBy, formats, ignores }: OwnFolders,
): Promise<boolean> {
  const { ecosystem, name } = dependency;
  const fileNames = formats
    .filter((format) => format.makesPackage && format.ecosystem === ecosystem)
    .flatMap((format) => format.fileNames);
  const paths = fileNames
    .map((fileName) => posix.join(folder, fileName))
    .filter(
      (path) => isRepositoryPath(path) && !ignores(path) && formats.some((format) => format.matches(path)),
    );
  const manifests = [...(await existing(paths))];
  if (manifests.length === 0 || name === null) return manifests.length > 0;
  const described = (await Promise.all(manifests.map(definedBy))).filter((subject) => subject !== null);
  return described.length === 0 || described.some((subject) => subject.name === importName(dependency));
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
