import type { EcosystemId, Package } from '../model/package.ts';
import { folderOf, isWithin } from '../text/paths.ts';
import type { ReadManifest } from './read.ts';
import { memberTest } from './workspaces.ts';

interface Workspace {
  readonly folder: string;
  readonly ecosystem: EcosystemId;
  readonly isMember: (folder: string) => boolean;
}

/** A manifest that makes its folder a package, which may have a name. */
export type PackageManifest = Pick<ReadManifest, 'path' | 'format' | 'defines'>;

/** The packages that workspaces link, and the files for which they do. */
export class WorkspaceMembers {
  readonly #workspaces: readonly Workspace[];
  readonly #packages: readonly PackageManifest[];

  /** @param roots The manifests that have members. */
  constructor(roots: readonly ReadManifest[], packages: readonly PackageManifest[]) {
    this.#workspaces = roots.map(({ path, format, members }) => ({
      folder: folderOf(path),
      ecosystem: format.ecosystem,
      isMember: memberTest(path, members),
    }));
    this.#packages = packages;
  }

  /**
   * What one workspace links is linked for its own packages alone: elsewhere the registry is asked for the same name.
   *
   * @returns Whether a workspace that a file belongs to has a member of this name.
   */
  has({ ecosystem, name }: Package, file: string): boolean {
    const homes = this.#packages
      .filter(({ defines }) => defines?.ecosystem === ecosystem && defines.name === name)
      .map(({ path }) => folderOf(path));
    return this.#workspaces.some(
      (workspace) =>
        workspace.ecosystem === ecosystem && homes.some(workspace.isMember) && this.#belongs(file, workspace),
    );
  }

  /** A file belongs to the nearest package at or above it. */
  #belongs(file: string, { folder, ecosystem, isMember }: Workspace): boolean {
    const folders = this.#packages
      .filter(({ format }) => format.ecosystem === ecosystem)
      .map(({ path }) => folderOf(path));
    const nearest = [folder, ...folders]
      .filter((candidate) => isWithin(candidate, file))
      .reduce<string | null>(
        (best, next) => (best === null || next.length > best.length ? next : best),
        null,
      );
    return nearest !== null && (nearest === folder || isMember(nearest));
  }
}
