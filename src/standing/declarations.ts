import { posix } from 'node:path';
import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import { LineIndex } from '../text/lines.ts';
import type { Files } from '../model/language.ts';
import type { Dependency, DependencySource, ManifestFormat, RegistryLine } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/standing.ts';
import { withoutEnd } from '../text/ends.ts';

/** The formats that manifests are read in; `included` is that of files which others include by any name. */
export interface ManifestFormats {
  readonly formats: readonly ManifestFormat[];
  readonly included: ManifestFormat;
}

/** A dependency line with the manifest that holds it. */
export interface Declared {
  readonly dependency: Dependency;
  readonly at: DeclarationPlace;
}

/** What one manifest declares: dependency lines by the name that programs import, and its includes. */
interface ReadManifest {
  /** The package that the manifest itself describes. */
  readonly defines: Package | null;
  readonly path: string;
  readonly members: readonly string[];
  readonly declared: readonly Declared[];
  readonly registries: readonly RegistryLine[];
  readonly includes: readonly string[];
}

/**
 * The dependency lines of a state of the project. Manifests are read as late as possible: first those of
 * the package's ecosystem in the folders above the file that asks, then, only for what they don't name, all
 * others.
 */
export class Declarations {
  readonly #files: Files;
  readonly #formats: readonly ManifestFormat[];
  readonly #included: ManifestFormat;
  readonly #manifests = new Map<string, Promise<ReadManifest>>();
  readonly #folders = new Map<string, Promise<readonly string[]>>();
  readonly #found = new Map<string, Promise<DeclarationPlace | null>>();
  #all: Promise<Index> | null = null;

  constructor(files: Files, { formats, included }: ManifestFormats) {
    this.#files = files;
    this.#formats = formats;
    this.#included = included;
  }

  /**
   * Looks for a line that declares a package, under the name that programs import or that it has in its registry.
   *
   * @param near The file that uses the package; manifests in the folders above it are read first.
   * @returns Where it is declared, or null where no manifest names it.
   */
  find(wanted: Package, near: string): Promise<DeclarationPlace | null> {
    const folder = near.slice(0, near.lastIndexOf('/') + 1);
    const question = `${key(wanted.ecosystem, wanted.name)}\n${folder}`;
    const found = this.#found.get(question) ?? this.#search(wanted, folder);
    this.#found.set(question, found);
    return found;
  }

  async #search(wanted: Package, near: string): Promise<DeclarationPlace | null> {
    const above = await this.findAbove(wanted, near);
    return above ?? (await this.#index()).byName.get(key(wanted.ecosystem, wanted.name))?.at ?? null;
  }

  /** Looks for a line that declares a package in the manifests above a file alone: no list of files is made. */
  async findAbove(wanted: Package, near: string): Promise<DeclarationPlace | null> {
    for (const folder of foldersAbove(near)) {
      for (const path of await this.#usualManifests(folder, wanted.ecosystem)) {
        const found = (await this.#read(path)).declared.find(({ dependency }) =>
          declares(dependency, wanted),
        );
        if (found) return found.at;
      }
    }
    return null;
  }

  /** @returns Whether a manifest takes the same package from the same source. */
  async hasLine(dependency: Dependency, near: string): Promise<boolean> {
    for (const folder of foldersAbove(near)) {
      for (const path of await this.#usualManifests(folder, dependency.ecosystem)) {
        const { declared } = await this.#read(path);
        if (declared.some((line) => lineKey(line.dependency) === lineKey(dependency))) return true;
      }
    }
    return (await this.#index()).lines.has(lineKey(dependency));
  }

  /** @returns Whether a manifest names the same registry. */
  async hasRegistry(value: string, near: string): Promise<boolean> {
    const own = await this.#read(near);
    return own.registries.some((line) => line.value === value) || (await this.#index()).registries.has(value);
  }

  /** @returns Whether a manifest, wherever it stands, describes a package of this name. */
  async defines(wanted: Package): Promise<boolean> {
    return (await this.#index()).defined.some(
      ({ ecosystem, name }) => ecosystem === wanted.ecosystem && name === wanted.name,
    );
  }

  /** @returns Whether a manifest includes this file. */
  async includes(path: string): Promise<boolean> {
    return mayBeIncluded(path) && (await this.#index()).includes.has(path);
  }

  /** @returns Whether a workspace has a member of this name, which is linked and not taken from a registry. */
  async links(wanted: Package): Promise<boolean> {
    return (await this.#index()).links(wanted);
  }

  /** @returns The packages that manifests declare, also under the names of aliases. */
  async declared(): Promise<readonly Package[]> {
    return (await this.#index()).declared.flatMap(({ dependency }) =>
      namesOf(dependency).map((name) => packageOf(dependency.ecosystem, name)),
    );
  }

  /** @returns Every dependency line, with its source and place. */
  async lines(): Promise<readonly Declared[]> {
    return (await this.#index()).declared;
  }

  /** @returns The package that the manifest at a path describes; null where there is none. */
  async definedBy(path: string): Promise<Package | null> {
    return this.#formatOf(path) ? (await this.#read(path)).defines : null;
  }

  /** @returns The packages that manifests describe. */
  async defined(): Promise<readonly Package[]> {
    return (await this.#index()).defined;
  }

  #index(): Promise<Index> {
    this.#all ??= this.#readAll();
    return this.#all;
  }

  async #readAll(): Promise<Index> {
    const paths = (await this.#files.list()).filter((path) => this.#formatOf(path));
    const seen = new Set(paths);
    const manifests: ReadManifest[] = [];
    for (const path of paths) {
      const manifest = await this.#read(path);
      manifests.push(manifest);
      for (const include of manifest.includes) {
        if (seen.has(include)) continue;
        seen.add(include);
        paths.push(include);
      }
    }
    return new Index(manifests);
  }

  /** The manifests of an ecosystem in a folder under their usual names, and what those include. */
  #usualManifests(folder: string, ecosystem: string): Promise<readonly string[]> {
    const place = `${ecosystem}:${folder}`;
    const known = this.#folders.get(place);
    if (known) return known;
    const names = this.#formats
      .filter((format) => format.ecosystem === ecosystem)
      .flatMap(({ usualNames }) => usualNames.map((name) => folder + name));
    const found = this.#files.having(names).then(async (present) => {
      const paths = names.filter((name) => present.has(name));
      for (const path of paths) {
        const { includes } = await this.#read(path);
        paths.push(...includes.filter((include) => !paths.includes(include)));
      }
      return paths;
    });
    this.#folders.set(place, found);
    return found;
  }

  #read(path: string): Promise<ReadManifest> {
    const known = this.#manifests.get(path);
    if (known) return known;
    const manifest = this.#readNow(path);
    this.#manifests.set(path, manifest);
    return manifest;
  }

  /** An included file has no format of its own: it is read as the manifest that includes it. */
  async #readNow(path: string): Promise<ReadManifest> {
    const format = this.#formatOf(path) ?? this.#included;
    const text = await this.#files.text(path);
    if (text === undefined)
      return { defines: null, path, members: [], declared: [], registries: [], includes: [] };
    const contents = await format.read(path, text);
    const lines = new LineIndex(text);
    return {
      defines: contents.defines === null ? null : { ecosystem: format.ecosystem, name: contents.defines },
      path,
      members: contents.members,
      declared: contents.dependencies.map((dependency) => ({
        dependency,
        at: { file: path, line: lines.locate(dependency.span.start).line },
      })),
      registries: contents.registries,
      includes: contents.includes.map((include) => join(path, include)).filter(mayBeIncluded),
    };
  }

  #formatOf(path: string): ManifestFormat | undefined {
    return this.#formats.find((format) => format.claims(path));
  }
}

/** All dependency lines, by what they make importable and by what they take from where. */
class Index {
  readonly declared: readonly Declared[];
  readonly byName = new Map<string, Declared>();
  readonly lines = new Set<string>();
  readonly registries: ReadonlySet<string>;
  readonly includes: ReadonlySet<string>;
  readonly defined: readonly Package[];
  readonly #manifests: readonly ReadManifest[];

  constructor(manifests: readonly ReadManifest[]) {
    this.#manifests = manifests;
    this.declared = manifests.flatMap(({ declared }) => declared);
    this.registries = new Set(manifests.flatMap(({ registries }) => registries.map(({ value }) => value)));
    this.includes = new Set(manifests.flatMap(({ includes }) => includes));
    this.defined = manifests.map(({ defines }) => defines).filter((own) => own !== null);
    for (const line of this.declared) {
      for (const name of namesOf(line.dependency)) {
        const named = key(line.dependency.ecosystem, name);
        if (!this.byName.has(named)) this.byName.set(named, line);
      }
      this.lines.add(lineKey(line.dependency));
    }
  }

  /** Several manifests can describe a package of the same name: one that is a member is enough. */
  async links(wanted: Package): Promise<boolean> {
    const folders = this.#manifests
      .filter(({ defines }) => defines?.ecosystem === wanted.ecosystem && defines.name === wanted.name)
      .map(({ path }) => posix.dirname(path));
    const workspaces = this.#manifests.filter(({ members }) => members.length > 0);
    if (folders.length === 0 || workspaces.length === 0) return false;
    const { default: picomatch } = await import('picomatch');
    return workspaces.some(({ path, members }) => {
      const globs = members.map((glob) => withoutEnd(glob.replace(/^(!?)(?:\.\/)+/, '$1'), '/'));
      const isIn = picomatch(globs.filter((glob) => !glob.startsWith('!')));
      const isOut = picomatch(globs.flatMap((glob) => (glob.startsWith('!') ? [glob.slice(1)] : [])));
      return folders
        .map((folder) => posix.relative(posix.dirname(path), folder))
        .some((folder) => isIn(folder) && !isOut(folder));
    });
  }
}

/**
 * pip includes files of any name; only those that are named like lists are followed, so that a change of any
 * other file needs no look at the manifests to know that it declares nothing.
 */
export function mayBeIncluded(path: string): boolean {
  return /(?:^|\/)[^/.]*(?:req|dep|pip|pack)[^/.]*$|\.(?:txt|in|pip|list|lst|reqs?|requirements)$/i.test(
    path,
  );
}

/**
 * The name that a line makes importable: an alias makes it its own, not that of its target. Where there are no
 * aliases, a written name that differs is one of another registry: conda's `pytorch` is `torch`.
 */
export function importName({ ecosystem, name, specifier }: Dependency): string {
  const known = findEcosystem(ecosystem);
  return known?.aliases === false && name !== null ? name : (known?.canonical(specifier) ?? specifier);
}

/** Under an alias programs import a package by one name, and the registry serves it by another. */
function namesOf(dependency: Dependency): readonly string[] {
  const imported = importName(dependency);
  const { name } = dependency;
  return name === null || name === imported ? [imported] : [imported, name];
}

function declares(dependency: Dependency, wanted: Package): boolean {
  return dependency.ecosystem === wanted.ecosystem && namesOf(dependency).includes(wanted.name);
}

/** @returns A path that a manifest names relative to its own folder, relative to the root. */
function join(manifest: string, path: string): string {
  return posix.normalize(posix.join(posix.dirname(manifest), path));
}

function key(ecosystem: string, name: string | null): string {
  return `${ecosystem}:${name ?? ''}`;
}

function lineKey(dependency: Dependency): string {
  return [
    key(dependency.ecosystem, dependency.name),
    importName(dependency),
    sourceKey(dependency.source),
  ].join('\n');
}

function sourceKey(source: DependencySource): string {
  return source.kind === 'foreign' ? source.value : source.kind;
}

/** @returns The folders above a file, nearest first, each with a final `/`; the root is ''. */
function foldersAbove(file: string): string[] {
  const folders: string[] = [];
  for (let end = file.lastIndexOf('/'); end >= 0; end = file.lastIndexOf('/', end - 1)) {
    folders.push(file.slice(0, end + 1));
    if (end === 0) break;
  }
  return [...folders, ''];
}
