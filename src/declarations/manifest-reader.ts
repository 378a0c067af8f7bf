import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import type { Dependency, ManifestFormat, TableSources } from '../model/manifest.ts';
import { foldersAbove } from '../text/paths.ts';
import { isRepositoryPath } from '../text/repository-path.ts';
import { DeclaredLines } from './declared-lines.ts';
import { formatOf, readManifest, type ManifestFormats, type ReadManifest } from './read.ts';

/** By their paths, the manifests of a state as they are written: nobody's settings change that. */
const writtenManifests = new WeakMap<Files, Map<string, Promise<ReadManifest>>>();

function writtenIn(files: Files): Map<string, Promise<ReadManifest>> {
  const manifests = writtenManifests.get(files) ?? new Map<string, Promise<ReadManifest>>();
  writtenManifests.set(files, manifests);
  return manifests;
}

/** Reads each manifest of a state once. */
export class ManifestReader {
  readonly #files: Files;
  readonly #formats: ManifestFormats;
  readonly #ignores: (path: string) => boolean;
  /** As they are written. */
  readonly #written: Map<string, Promise<ReadManifest>>;
  /** The same of those whose format others decide. */
  readonly #inRoles = new Map<string, Promise<ReadManifest>>();
  /** With lines that declare told from those that are locked. */
  readonly #separated = new Map<string, Promise<ReadManifest>>();
  /** Those, with the sources that workspaces give to lines. */
  readonly #manifests = new Map<string, Promise<ReadManifest>>();
  readonly #folders = new Map<string, Promise<readonly string[]>>();
  readonly #roles = new Map<string, ManifestFormat>();

  /** @param ignores Paths that nobody reads. */
  constructor(files: Files, formats: ManifestFormats, ignores: (path: string) => boolean) {
    this.#files = files;
    this.#formats = formats;
    this.#ignores = ignores;
    this.#written = writtenIn(files);
  }

  /** Another file decides in which format the lines of this one count. */
  readAs(path: string, format: ManifestFormat): void {
    if (this.#roles.get(path) === format) return;
    this.#roles.set(path, format);
    this.#inRoles.set(path, readManifest(path, { files: this.#files, formats: this.#formats, format }));
    this.#separated.delete(path);
    this.#manifests.delete(path);
  }

  /** The manifests of an ecosystem in a folder under their usual names, and what those include. */
  usualManifests(folder: string, ecosystem: string): Promise<readonly string[]> {
    const place = `${ecosystem}:${folder}`;
    const cached = this.#folders.get(place);
    if (cached) return cached;
    const names = this.#formats.formats
      .filter((format) => format.ecosystem === ecosystem && !format.isRare)
      .flatMap(({ fileNames: usualNames }) => usualNames.map((name) => folder + name))
      .filter((path) => !this.#ignores(path));
    const manifestPaths = this.#files.existing(names).then(async (present) => {
      const paths = new Set(names.filter((name) => present.has(name)));
      // A set hands out what is added to it while it is walked.
      for (const path of paths)
        for (const include of (await this.separated(path)).includes) paths.add(include);
      return [...paths];
    });
    this.#folders.set(place, manifestPaths);
    return manifestPaths;
  }

  /** A setup.py imports programs beside it, and those in folders below: `from shop.deps import DEPS`. */
  async isImported(path: string, ecosystem: string): Promise<boolean> {
    for (const folder of folderPrefixes(path))
      if ((await this.usualManifests(folder, ecosystem)).includes(path)) return true;
    return false;
  }

  /** @returns A manifest with the sources that its workspace gives to lines. */
  bound(path: string): Promise<ReadManifest> {
    const manifest = this.#manifests.get(path) ?? this.#bind(path);
    this.#manifests.set(path, manifest);
    return manifest;
  }

  async #bind(path: string): Promise<ReadManifest> {
    const manifest = await this.separated(path);
    const binding = await this.bindingOf(path, manifest.tables);
    if (binding === null) return manifest;
    const declared = manifest.declared.map(({ dependency, at }) => ({ dependency: binding(dependency), at }));
    return { ...manifest, declared, lines: new DeclaredLines(declared) };
  }

  /**
   * A workspace is the one that the manifest names, else that of the nearest folder above which has one; a manifest with one of
   * its own is no member.
   */
  async bindingOf(
    path: string,
    tables: TableSources | null,
  ): Promise<((dependency: Dependency) => Dependency) | null> {
    if (tables?.members !== null) return null;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const paths =
      tables.workspace === undefined
        ? folderPrefixes(path)
            .slice(1)
            .map((folder) => folder + name)
        : [posix.join(posix.dirname(path), tables.workspace, name)].filter(isRepositoryPath);
    const present = await this.#files.existing(paths);
    for (const rootPath of paths.filter((candidate) => present.has(candidate))) {
      const root = (await this.text(rootPath)).tables;
      if (!root?.members) continue;
      const { memberBinding } = await import('./workspaces.ts');
      return memberBinding(path, tables, { path: rootPath, tables: root });
    }
    return null;
  }

  /** @returns A manifest in which lines that declare are told from those that are locked. */
  separated(path: string): Promise<ReadManifest> {
    const manifest = this.#separated.get(path) ?? this.#separate(path);
    this.#separated.set(path, manifest);
    return manifest;
  }

  async #separate(path: string): Promise<ReadManifest> {
    const manifest = await this.text(path);
    const { generation } = manifest;
    if (generation === null) return manifest;
    const { withLockedLines } = await import('./locked-lines.ts');
    return withLockedLines(manifest, generation, {
      existing: (paths) => this.#files.existing(paths),
      isManifest: (source) =>
        (formatOf(source, this.#formats.formats) !== undefined || this.#formats.mayHoldLines(source)) &&
        !this.#ignores(source),
      isPackage: (source) => formatOf(source, this.#formats.formats)?.makesPackage === true,
      read: (source) => this.text(source),
      packages: async () =>
        (await this.#files.list()).filter((source) => this.#isPackageOf(manifest.format.ecosystem, source)),
    });
  }

  #isPackageOf(ecosystem: string, path: string): boolean {
    const format = formatOf(path, this.#formats.formats);
    return format?.ecosystem === ecosystem && format.makesPackage;
  }

  /** @returns A manifest as it is written; nothing where there is none. */
  text(path: string): Promise<ReadManifest> {
    const inRole = this.#inRoles.get(path);
    if (inRole !== undefined) return inRole;
    const manifest =
      this.#written.get(path) ?? readManifest(path, { files: this.#files, formats: this.#formats });
    this.#written.set(path, manifest);
    return manifest;
  }
}

/** @returns What the paths of files begin with in the folders above a file, nearest first: `packages/app/`; '' at the root. */
export function folderPrefixes(file: string): readonly string[] {
  return foldersAbove(file).map((folder) => (folder === '' ? '' : `${folder}/`));
}
