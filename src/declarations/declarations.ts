import { packageOf } from '../ecosystems/index.ts';
import type { Files } from '../model/language.ts';
import type { Dependency, ManifestContents, ManifestFormat, RegistryLine } from '../model/manifest.ts';
import type { DeclaredPackage } from '../model/lookup.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/status.ts';
import type { RequirementTexts } from './requirement-texts.ts';
import { isKnownRegistry, nameKey, namesOf, registryKeys } from './dependency-line.ts';
import type { ManifestIndex } from './index-by-package.ts';
import { folderPrefixes, ManifestReader } from './manifest-reader.ts';
import {
  formatOf,
  includedFormat,
  isOfPackage,
  mayBeIncluded,
  type DeclaredDependency,
  type LockedLines,
  type ManifestFormats,
  type ReadInclusion,
  type ReadManifest,
} from './read.ts';
import type { ManifestSearch } from './manifest-search.ts';
import type { UnnamedManifests } from './unnamed-manifests.ts';

/** A run over everything asks about each file, and nearly none is a manifest: of all of them one answer is kept. */
const noFormat = Promise.resolve(undefined);

/**
 * The dependency lines of a state of the project. Manifests are read as late as possible: first those of
 * the package's ecosystem in the folders above the file that asks, then, only for what they don't name, all
 * others.
 */
export class Declarations {
  readonly #files: Files;
  readonly #formats: ManifestFormats;
  readonly #ignores: (path: string) => boolean;
  readonly #reader: ManifestReader;
  readonly #found = new Map<string, Promise<DeclarationPlace | null>>();
  #unnamed: Promise<UnnamedManifests> | undefined;
  readonly #formatsAt = new Map<string, Promise<ManifestFormat | undefined>>();
  #manifestSearch: Promise<ManifestSearch> | undefined;

  /**
   * @param ignores Paths that nobody reads. A manifest there says nothing of other folders, unless one that is read includes
   *   it, has its folder in its workspace, or takes the package from its folder.
   */
  constructor(files: Files, formats: ManifestFormats, ignores: (path: string) => boolean) {
    this.#files = files;
    this.#formats = formats;
    this.#ignores = ignores;
    this.#reader = new ManifestReader(files, formats, ignores);
  }

  /**
   * Looks for a line that declares a package, under the name that programs import or that it has in its registry.
   *
   * @param file The file that uses the package; manifests in the folders above it are read first.
   * @returns Where it is declared, or null where no manifest names it.
   */
  find(target: Package, file: string): Promise<DeclarationPlace | null> {
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const question = `${nameKey(target)}\n${folder}`;
    const place = this.#found.get(question) ?? this.#place(target, folder);
    this.#found.set(question, place);
    return place;
  }

  /** @returns The manifests in which what was looked for so far is declared. */
  async declaringFiles(): Promise<readonly string[]> {
    const places = await Promise.all(this.#found.values());
    return [...new Set(places.flatMap((place) => place?.file ?? []))];
  }

  async #place(target: Package, folder: string): Promise<DeclarationPlace | null> {
    const place = (await this.findAbove(target, folder)) ?? (await this.#index()).placeOf(target);
    if (place !== null || !this.#mayBeUnnamed(target)) return place;
    return (await this.#wholeIndex()).placeOf(target);
  }

  /** Looks for a line that declares a package in the manifests above a file alone: no list of files is made. */
  async findAbove(target: Package, file: string): Promise<DeclarationPlace | null> {
    const line = await this.#lineAbove(file, target.ecosystem, async (path) =>
      (await this.#reader.separated(path)).lines.declaring(target),
    );
    return line?.at ?? null;
  }

  /** @returns Whether a manifest takes the same package from the same source; of what is locked, the file alone. */
  async hasLine(dependency: Dependency, file: string): Promise<boolean> {
    if (await this.hasNamedLine(dependency, file)) return true;
    return this.#mayBeUnnamed(dependency) && (await this.#wholeIndex()).hasLine(dependency);
  }

  /** The same without the manifests whose names say nothing, which are dear to find. */
  async hasNamedLine(dependency: Dependency, file: string): Promise<boolean> {
    if ((await this.lockedIn(file))?.lines.like(dependency) !== undefined) return true;
    const lineAbove = await this.#lineAbove(file, dependency.ecosystem, async (path) =>
      (await this.#reader.bound(path)).lines.like(dependency),
    );
    return lineAbove !== undefined || (await this.#index()).hasLine(dependency);
  }

  /** @returns The lines of a file that declare nothing; null where it is not one that a program wrote from sources. */
  async lockedIn(path: string): Promise<LockedLines | null> {
    return (await this.#reader.bound(path)).locked;
  }

  /** @returns The files in which lines declare nothing. */
  async lockingManifests(): Promise<readonly string[]> {
    return (await this.#index()).locking;
  }

  /** @returns The lines of a file that declare something. */
  async linesIn(path: string): Promise<readonly DeclaredDependency[]> {
    return (await this.#reader.bound(path)).declared;
  }

  /** @returns What the lines of manifests ask for. */
  async requirementsIn(paths: readonly string[]): Promise<RequirementTexts> {
    const { joinedTexts, requirementTexts } = await import('./requirement-texts.ts');
    const perManifest = paths.map(async (path) =>
      requirementTexts(await this.#reader.text(path), (await this.#files.text(path)) ?? ''),
    );
    return joinedTexts(await Promise.all(perManifest));
  }

  /** @returns The lines of manifests that are lockfiles of others. */
  async lockedLines(): Promise<readonly DeclaredDependency[]> {
    return (await this.#index()).locked;
  }

  /** @returns Where a package is locked, whatever the file; null where no manifest locks it. */
  async findLocked(target: Package): Promise<DeclarationPlace | null> {
    return (await this.#index()).lockedPlaceOf(target);
  }

  /** @returns Whether a manifest names the same registry for as much. */
  async hasRegistry(line: RegistryLine, path: string): Promise<boolean> {
    const { registries } = await this.#reader.bound(path);
    const keys = new Set(registries.flatMap(registryKeys));
    return (
      isKnownRegistry(line, keys) ||
      (await this.#index()).hasRegistry(line) ||
      (await this.#wholeIndex()).hasRegistry(line)
    );
  }

  /** @returns What the manifest at a path says; nothing where there is none. */
  manifestAt(path: string): Promise<ReadManifest> {
    return this.#reader.bound(path);
  }

  /** @returns The lines of a manifest with the sources that its workspace gives to them. */
  async boundLines(
    path: string,
    { dependencies, tables }: Pick<ManifestContents, 'dependencies' | 'tables'>,
  ): Promise<readonly Dependency[]> {
    const binding = await this.#reader.bindingOf(path, tables);
    return binding === null ? dependencies : dependencies.map(binding);
  }

  /** @returns Every manifest that somebody reads. */
  async manifests(): Promise<readonly ReadManifest[]> {
    return (await this.#wholeIndex()).manifests;
  }

  /** @returns The manifests that are there, and that nobody could read. */
  async unread(): Promise<readonly ReadManifest[]> {
    const manifests = await this.manifests();
    const texts = await Promise.all(manifests.map(({ path }) => this.#files.text(path)));
    const unread = manifests.filter((_, at) => texts[at] === undefined);
    const present = await this.#files.existing(unread.map(({ path }) => path));
    return unread.filter(({ path }) => present.has(path));
  }

  /** @returns All that somebody reads, and the packages in folders that nobody reads. */
  async allManifests(): Promise<readonly ReadManifest[]> {
    const index = await this.#wholeIndex();
    return [...index.manifests, ...(await index.ignoredPackages())];
  }

  /** @returns The manifests, wherever they stand, that describe a package of this name. */
  async describing(target: Package): Promise<readonly string[]> {
    return (await this.#index()).describing(target);
  }

  /**
   * A file is a manifest by its name, by what it holds, or because others take its lines in. What its text rules out asks
   * for no other file.
   *
   * @returns The format that its lines count in; undefined where it is no manifest, or not there.
   */
  formatAt(path: string): Promise<ManifestFormat | undefined> {
    const present = this.#formatsAt.get(path);
    if (present !== undefined) return present;
    const format = this.#tellFormat(path);
    this.#formatsAt.set(path, format);
    const keep = (manifestFormat: ManifestFormat | undefined) => {
      if (manifestFormat === undefined) this.#formatsAt.set(path, noFormat);
    };
    format.then(keep, () => undefined);
    return format;
  }

  async #tellFormat(path: string): Promise<ManifestFormat | undefined> {
    const { formats, included, constrained, lists, content, mayHoldLines, mayBeNamed, naming } =
      this.#formats;
    const claiming = formatOf(path, formats);
    if (claiming === constrained) return (await this.#isInstalled(path)) ? included : constrained;
    if (claiming !== undefined) return claiming;
    if (lists.matches(path) && (await this.#isImported(path))) return lists;
    const text = mayBeNamed(path) ? await this.#files.text(path) : undefined;
    if (text === undefined) return undefined;
    const mayBeList = naming.mayBeList(path, text);
    if (!mayHoldLines(path)) return mayBeList ? this.#namedFormat(path) : undefined;
    const mayBeTold = content.some((format) => format.matches(path) && format.mayHold(text));
    const toldFormat = mayBeTold ? await (await this.#unnamedManifests()).toldFormat(path) : undefined;
    if (toldFormat !== undefined) return toldFormat;
    const mayBeFurther = formats.some((format) => format.mayBeFurther?.(text) === true);
    const furtherFormat = mayBeFurther ? (await this.#index()).furtherFormat(path) : undefined;
    if (furtherFormat !== undefined) return furtherFormat;
    if (naming.isList(text)) return this.formatOfList(path);
    const namedFormat = mayBeList ? await this.#namedFormat(path) : undefined;
    return namedFormat ?? (mayBeList || mayBeIncluded(path) ? this.#statedFormat(path) : undefined);
  }

  async #isImported(path: string): Promise<boolean> {
    if (this.#ignores(path)) return (await this.#index()).includes(path);
    return this.#reader.isImported(path, this.#formats.lists.ecosystem);
  }

  /** What is called constraints may be installed all the same. */
  async #isInstalled(path: string): Promise<boolean> {
    return (await this.#index()).includes(path) || (await (await this.#unnamedManifests()).isNamed(path));
  }

  /** The format of a file that another one names, which is no manifest. */
  async #namedFormat(path: string): Promise<ManifestFormat | undefined> {
    const format = await (await this.#unnamedManifests()).formatOfNamed(path);
    if (format !== undefined && format !== includedFormat(path, this.#formats))
      this.#reader.readAs(path, format);
    return format;
  }

  /** @returns The format of a file whose name says nothing, if others take its lines in, whatever they are. */
  async formatOfList(path: string): Promise<ManifestFormat | undefined> {
    const format = (await this.#statedFormat(path)) ?? (await this.#namedFormat(path));
    if (format === undefined && (await (await this.#unnamedManifests()).isNamed(path)))
      return this.#formats.included;
    return format ?? this.#statedFormat(path, this.#wholeIndex());
  }

  /** The format of a file that manifests take in. */
  async #statedFormat(path: string, manifests = this.#index()): Promise<ManifestFormat | undefined> {
    const index = await manifests;
    if (index.includes(path)) return this.#formats.included;
    return index.constrains(path) ? this.#formats.constrained : undefined;
  }

  /** @returns Whether the lines of a file count in a folder that nobody reads, since what is read takes it in or connects it. */
  async isConnected(path: string): Promise<boolean> {
    if ((await this.#index()).has(path)) return true;
    if (isOfPackage(path, this.#formats.formats)) return (await this.#wholeIndex()).has(path);
    if (!this.#claims(path) && !this.#formats.mayHoldLines(path)) return false;
    const unnamed = await this.#unnamedManifests();
    return (await unnamed.installedPaths()).has(path) && (await this.#namedFormat(path)) !== undefined;
  }

  /** @returns Whether the lines of a manifest count: everywhere but in folders that nobody reads, and there if it is connected. */
  async isCounted(path: string): Promise<boolean> {
    return !this.#ignores(path) || this.isConnected(path);
  }

  /** @returns The manifests of packages in folders that nobody reads, which what is read connects with the project. */
  async connectedPackages(): Promise<readonly ReadManifest[]> {
    const { formats } = this.#formats;
    return (await this.manifests()).filter(({ path }) => this.#ignores(path) && isOfPackage(path, formats));
  }

  /** @returns The lists of requirements that a file names which is no manifest, as a Dockerfile. */
  async listsNamedIn(path: string): Promise<readonly string[]> {
    return (await this.#unnamedManifests()).listsNamedIn(path);
  }

  /** @returns Whether a manifest names the same file for the same purpose. */
  async hasInclusion({ path, isConstraint }: Omit<ReadInclusion, 'line'>): Promise<boolean> {
    return (await this.#wholeIndex()).manifests.some(({ inclusions }) =>
      inclusions.some((inclusion) => inclusion.path === path && inclusion.isConstraint === isConstraint),
    );
  }

  /** @returns Whether the workspace of a file has a member of this name, which is linked and not taken from a registry. */
  async links(target: Package, file: string): Promise<boolean> {
    return (await this.#index()).links(target, file);
  }

  /** @returns Whether the workspace of a file has a member of this name, linked or not. */
  async connects(target: Package, file: string): Promise<boolean> {
    return (await this.#index()).connects(target, file);
  }

  /** @returns The packages that manifests declare, also under the names of aliases. */
  async declared(): Promise<readonly Package[]> {
    return (await this.#wholeIndex()).declared.flatMap(({ dependency }) =>
      namesOf(dependency).map((name) => packageOf(dependency.ecosystem, name)),
    );
  }

  /** @returns The packages that manifests declare, each with the first line that does. */
  async declaredPackages(): Promise<readonly DeclaredPackage[]> {
    const packages = new Map<string, DeclaredPackage>();
    for (const { dependency, at } of await this.lines()) {
      if (dependency.name === null) continue;
      const declared = { package: packageOf(dependency.ecosystem, dependency.name), at };
      const key = packageLabel(declared.package);
      if (!packages.has(key)) packages.set(key, declared);
    }
    return [...packages.values()];
  }

  /** @returns Every dependency line, with its source and place. */
  async lines(): Promise<readonly DeclaredDependency[]> {
    return (await this.#wholeIndex()).declared;
  }

  /** The same without the manifests whose names say nothing. */
  async namedLines(): Promise<readonly DeclaredDependency[]> {
    return (await this.#index()).declared;
  }

  /** @returns The manifests, also those that others include. */
  async paths(): Promise<readonly string[]> {
    return (await this.#wholeIndex()).paths;
  }

  /** @returns The package that the manifest at a path describes; null where there is none. */
  async definedBy(path: string): Promise<Package | null> {
    return this.#claims(path) ? (await this.#reader.bound(path)).defines : null;
  }

  /** @returns The packages that manifests describe. */
  async defined(): Promise<readonly Package[]> {
    return (await this.#index()).defined;
  }

  /** The first line that fits, in the usual manifests of the folders above a file, nearest first. */
  async #lineAbove(
    file: string,
    ecosystem: string,
    find: (path: string) => Promise<DeclaredDependency | undefined>,
  ): Promise<DeclaredDependency | undefined> {
    for (const folder of folderPrefixes(file)) {
      for (const path of await this.#reader.usualManifests(folder, ecosystem)) {
        const line = await find(path);
        if (line) return line;
      }
    }
    return undefined;
  }

  /** The manifests wherever they stand; most scopes ask for those above their files alone. */
  async #index(): Promise<ManifestIndex> {
    return (await this.#search()).named();
  }

  /** With the manifests whose names say nothing. */
  async #wholeIndex(): Promise<ManifestIndex> {
    return (await this.#search()).whole();
  }

  #search(): Promise<ManifestSearch> {
    return (this.#manifestSearch ??= import('./manifest-search.ts').then(
      ({ ManifestSearch: Search }) =>
        new Search({
          files: this.#files,
          formats: this.#formats,
          ignores: this.#ignores,
          reader: this.#reader,
          unnamed: () => this.#unnamedManifests(),
        }),
    ));
  }

  /** Few scopes look for them. */
  #unnamedManifests(): Promise<UnnamedManifests> {
    return (this.#unnamed ??= import('./unnamed-manifests.ts').then(
      ({ UnnamedManifests: Manifests }) => new Manifests(this.#files, this.#formats, this.#ignores),
    ));
  }

  /** Whether there may be such a manifest for the ecosystem of a package. */
  #mayBeUnnamed({ ecosystem }: Pick<Package, 'ecosystem'>): boolean {
    const { included, content } = this.#formats;
    return [included, ...content.map(({ format }) => format)].some(
      (format) => format.ecosystem === ecosystem,
    );
  }

  #claims(path: string): boolean {
    return formatOf(path, this.#formats.formats) !== undefined;
  }
}
