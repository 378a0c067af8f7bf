import type { Files } from '../model/language.ts';
import { ManifestIndex } from './index-by-package.ts';
import type { ManifestReader } from './manifest-reader.ts';
import { formatOf, includedFormat, isOfPackage, type ManifestFormats, type ReadManifest } from './read.ts';
import type { UnnamedManifests } from './unnamed-manifests.ts';

/** What a search for manifests goes through. */
export interface SearchedState {
  readonly files: Files;
  readonly formats: ManifestFormats;
  /** Paths that nobody reads. */
  readonly ignores: (path: string) => boolean;
  readonly reader: ManifestReader;
  /** Those whose names say nothing. */
  readonly unnamed: () => Promise<UnnamedManifests>;
}

/** Finds the manifests of a state wherever they stand: it lists the files of the state, and reads each manifest. */
export class ManifestSearch {
  readonly #files: Files;
  readonly #formats: ManifestFormats;
  readonly #ignores: (path: string) => boolean;
  readonly #reader: ManifestReader;
  readonly #unnamed: () => Promise<UnnamedManifests>;
  #named: Promise<ManifestIndex> | undefined;
  #whole: Promise<ManifestIndex> | undefined;

  constructor({ files, formats, ignores, reader, unnamed }: SearchedState) {
    this.#files = files;
    this.#formats = formats;
    this.#ignores = ignores;
    this.#reader = reader;
    this.#unnamed = unnamed;
  }

  /** @returns The manifests whose names say that they are some, and those that they take in or connect. */
  named(): Promise<ManifestIndex> {
    return (this.#named ??= this.#readNamed());
  }

  async #readNamed(): Promise<ManifestIndex> {
    const paths = [...(await this.#files.list()), ...(await this.#links())];
    const { formats } = this.#formats;
    const all = paths.filter((path) => formatOf(path, formats) !== undefined);
    const ignored = all.filter((path) => this.#ignores(path) && isOfPackage(path, formats));
    const read = await this.#readWithIncluded(all.filter((path) => !this.#ignores(path)));
    return this.#indexOf(read, ignored);
  }

  /** @param ignoredPackages Manifests of packages in folders that nobody reads; what connects some has them read. */
  async #indexOf(read: readonly ReadManifest[], ignoredPackages: readonly string[]): Promise<ManifestIndex> {
    const manifests = [...read, ...(await this.#connectedTo(read, ignoredPackages))];
    const knownPaths = new Set(manifests.map(({ path }) => path));
    const left = ignoredPackages.filter((path) => !knownPaths.has(path));
    return new ManifestIndex(manifests, left, (path) => this.#reader.text(path));
  }

  async #connectedTo(
    read: readonly ReadManifest[],
    ignoredPackages: readonly string[],
  ): Promise<readonly ReadManifest[]> {
    if (ignoredPackages.length === 0) return [];
    const { connectedPackages } = await import('./connected-packages.ts');
    const candidates = ignoredPackages.flatMap((path) => {
      const format = formatOf(path, this.#formats.formats);
      return format === undefined ? [] : [{ path, format }];
    });
    return connectedPackages(read, candidates, (paths) => this.#readWithIncluded(paths));
  }

  /** @returns Those, and the manifests whose names say nothing. */
  whole(): Promise<ManifestIndex> {
    return (this.#whole ??= this.#readWhole());
  }

  async #readWhole(): Promise<ManifestIndex> {
    const index = await this.named();
    const namedPaths = new Set(index.paths);
    const { formats, constrained } = this.#formats;
    const isConstraint = (path: string) => formatOf(path, formats) === constrained && !index.includes(path);
    const candidates = [...(await (await this.#unnamed()).all())].filter(
      ([path]) => !namedPaths.has(path) || isConstraint(path),
    );
    if (candidates.length === 0) return index;
    for (const [path, format] of candidates)
      if (format !== undefined && (format !== includedFormat(path, this.#formats) || isConstraint(path)))
        this.#reader.readAs(path, format);
    const unnamed = await this.#readWithIncluded(candidates.map(([path]) => path));
    const foundPaths = new Set(candidates.map(([path]) => path));
    const read = [
      ...index.manifests.filter(({ path }) => !foundPaths.has(path)),
      ...unnamed.filter(({ path }) => foundPaths.has(path) || !namedPaths.has(path)),
    ];
    return this.#indexOf(read, index.ignoredPaths);
  }

  /**
   * The manifests at some paths, and those whose lines they take in. A list of constraints declares where another file has
   * it installed, and one that is only named as such declares nothing.
   */
  async #readWithIncluded(paths: readonly string[]): Promise<readonly ReadManifest[]> {
    const { formats, included, constrained } = this.#formats;
    const waiting = new Set(paths);
    const constraints = new Set<string>();
    // A set hands out what is added to it while it is walked.
    for (const path of waiting) {
      const manifest = await this.#reader.bound(path);
      for (const list of manifest.constraints) constraints.add(list);
      for (const settings of manifest.further) {
        if (!this.#claims(settings)) this.#reader.readAs(settings, manifest.format);
        waiting.add(settings);
      }
      for (const include of manifest.includes) {
        if (formatOf(include, formats) === constrained) this.#reader.readAs(include, included);
        waiting.add(include);
      }
    }
    for (const path of constraints) {
      if (waiting.has(path) || this.#claims(path)) continue;
      this.#reader.readAs(path, constrained);
      waiting.add(path);
      const manifest = await this.#reader.bound(path);
      for (const list of [...manifest.includes, ...manifest.constraints]) constraints.add(list);
    }
    return Promise.all([...waiting].map((path) => this.#reader.bound(path)));
  }

  /** A link is a manifest of its own where its end is none of the same format that somebody reads. */
  async #links(): Promise<readonly string[]> {
    const links = await this.#files.links?.();
    const isOther = ([path, end]: readonly [string, string]) =>
      formatOf(path, this.#formats.formats) !== formatOf(end, this.#formats.formats) || this.#ignores(end);
    return [...(links ?? [])].filter(isOther).map(([path]) => path);
  }

  #claims(path: string): boolean {
    return formatOf(path, this.#formats.formats) !== undefined;
  }
}
