import type { Files } from '../model/language.ts';
import type { ManifestFormat, NamedList } from '../model/manifest.ts';
import { fileName, isInstalled } from '../text/file-names.ts';
import { mapWithin } from '../text/map-within.ts';
import type { ManifestFormats } from './read.ts';

/** So many files are read sooner than git has searched for words. */
const FEW = 100;

/** Files that are read at once. */
const AT_ONCE = 16;

/** Files that may say something, and where those lead that are symbolic links. */
interface Candidates {
  readonly paths: readonly string[];
  readonly ends: ReadonlyMap<string, string>;
}

/**
 * Manifests whose names say nothing: files that are told by what they hold, and lists of requirements that a file names
 * which is no manifest, as a Dockerfile. To find them takes a search and files that are read for nothing, so nobody looks
 * before everything else has been.
 */
export class UnnamedManifests {
  readonly #files: Files;
  readonly #formats: ManifestFormats;
  readonly #ignores: (path: string) => boolean;
  #naming: Promise<Candidates> | undefined;
  /** What files name, by the list that they name: of as many files as there are, many ask again. */
  readonly #namings = new WeakMap<readonly string[], Promise<ReadonlyMap<string, readonly NamedList[]>>>();
  readonly #mentions = new Map<string, Promise<readonly NamedList[]>>();
  #installed: Promise<ReadonlySet<string>> | undefined;
  readonly #searches = new Map<string, Promise<readonly string[]>>();

  /** @param ignores Paths that nobody reads: what they name does not count. */
  constructor(files: Files, formats: ManifestFormats, ignores: (path: string) => boolean) {
    this.#files = files;
    this.#formats = formats;
    this.#ignores = ignores;
  }

  /** @returns The format that tells a file by what it holds; undefined where none does. */
  async toldFormat(path: string): Promise<ManifestFormat | undefined> {
    return this.#formats.mayHoldLines(path)
      ? toldFormat(path, await this.#files.text(path), this.#formats)
      : undefined;
  }

  /** @returns Whether a file, which is no manifest, has pip install this list. */
  async isNamed(list: string): Promise<boolean> {
    return (await this.#namingsOf(list)).some(({ kind }) => kind === 'requirements' || kind === 'possible');
  }

  /** @returns The format of a list that a file names, which is no manifest; undefined where none does. */
  async formatOfNamed(list: string): Promise<ManifestFormat | undefined> {
    for (const naming of surestFirst(await this.#namingsOf(list))) {
      const format = await this.#formatOf(naming);
      if (format !== undefined) return format;
    }
    return undefined;
  }

  async #formatOf(list: NamedList): Promise<ManifestFormat | undefined> {
    const isPossible = list.kind === 'possible';
    if (isPossible && this.#ignores(list.path)) return undefined;
    const mayCount = isPossible ? this.#formats.mayHoldLines : this.#formats.mayBeNamed;
    const text = mayCount(list.path) ? await this.#files.text(list.path) : undefined;
    return text === undefined ? undefined : this.#formats.naming.formatOf(list, text);
  }

  async #namingsOf(list: string): Promise<readonly NamedList[]> {
    const name = fileName(list);
    const search = this.#searches.get(name) ?? this.#namingPaths([name]);
    this.#searches.set(name, search);
    const namingPaths = await search;
    const namings = this.#namings.get(namingPaths) ?? this.#listsNamed(namingPaths);
    this.#namings.set(namingPaths, namings);
    return (await namings).get(list) ?? [];
  }

  async #listsNamed(paths: readonly string[]): Promise<ReadonlyMap<string, readonly NamedList[]>> {
    const named = await mapWithin(AT_ONCE, paths, (path) => this.#mentioned(path));
    const byList = new Map<string, NamedList[]>();
    for (const list of named.flat()) {
      const namings = byList.get(list.path);
      if (namings) namings.push(list);
      else byList.set(list.path, [list]);
    }
    return byList;
  }

  /** @returns All of them, by their paths, with the formats of those that others name. */
  async all(): Promise<ReadonlyMap<string, ManifestFormat | undefined>> {
    const { content, naming } = this.#formats;
    const mayBeTold = (path: string) =>
      content.some((format) => format.matches(path)) &&
      this.#formats.mayHoldLines(path) &&
      !this.#ignores(path);
    const words = [...content.flatMap((format) => format.words), ...naming.words];
    const candidates = await this.#holding(
      words,
      await this.#paths((path) => mayBeTold(path) || this.#mayName(path)),
    );
    const entries = await mapWithin(AT_ONCE, candidates, async (path) =>
      (await this.toldFormat(path)) === undefined ? this.#presentIn(path) : path,
    );
    const all = new Map<string, ManifestFormat | undefined>();
    for (const entry of entries) if (typeof entry === 'string') all.set(entry, undefined);
    const named = entries.flatMap((entry) => (typeof entry === 'string' ? [] : entry));
    for (const list of surestFirst(named)) {
      const format = all.has(list.path) ? undefined : await this.#formatOf(list);
      if (format !== undefined) all.set(list.path, format);
    }
    return all;
  }

  /** @returns What commands have installed, wherever it stands; some of it may not be there. */
  installedPaths(): Promise<ReadonlySet<string>> {
    return (this.#installed ??= this.#findInstalled());
  }

  async #findInstalled(): Promise<ReadonlySet<string>> {
    const paths = await this.#namingPaths(this.#formats.naming.words);
    const named = await mapWithin(AT_ONCE, paths, (path) => this.#mentioned(path));
    return new Set(named.flat().flatMap(({ path, kind }) => (kind === 'possible' ? [] : [path])));
  }

  /** @returns The lists of requirements that a file names. */
  async listsNamedIn(path: string): Promise<readonly string[]> {
    const lists = new Set<string>();
    for (const list of await this.#presentIn(path))
      if ((await this.#formatOf(list)) !== undefined) lists.add(list.path);
    return [...lists];
  }

  /** What a file names that is there. */
  async #presentIn(path: string): Promise<readonly NamedList[]> {
    const mentioned = await this.#mentioned(path);
    const paths = mentioned.map((list) => list.path);
    const present = paths.length === 0 ? new Set() : await this.#files.existing(paths);
    return mentioned.filter((list) => present.has(list.path));
  }

  #mentioned(path: string): Promise<readonly NamedList[]> {
    const mentioned = this.#mentions.get(path) ?? this.#readMentioned(path);
    this.#mentions.set(path, mentioned);
    return mentioned;
  }

  async #readMentioned(path: string): Promise<readonly NamedList[]> {
    const { naming } = this.#formats;
    if (!this.#mayName(path)) return [];
    const text = await this.#files.text(path);
    return text !== undefined && naming.words.some((word) => text.includes(word))
      ? naming.listsNamedIn(path, text)
      : [];
  }

  /** The files that may name a list, without those that hold none of the words. */
  async #namingPaths(words: readonly string[]): Promise<readonly string[]> {
    this.#naming ??= this.#paths((path) => this.#mayName(path));
    return this.#holding(words, await this.#naming);
  }

  async #paths(isCandidate: (path: string) => boolean): Promise<Candidates> {
    const ends = (await this.#files.links?.()) ?? new Map<string, string>();
    return { paths: [...(await this.#files.list()), ...ends.keys()].filter(isCandidate), ends };
  }

  async #holding(words: readonly string[], { paths, ends }: Candidates): Promise<readonly string[]> {
    const holding = paths.length > FEW ? ((await this.#files.holding?.(words)) ?? null) : null;
    if (holding === null) return paths;
    const matches = new Set(holding);
    return paths.filter((path) => matches.has(ends.get(path) ?? path));
  }

  #mayName(path: string): boolean {
    return this.#formats.naming.mayName(path) && !isInstalled(path) && !this.#ignores(path);
  }
}

/** Of those who name one file, who is sure counts before others, pip before conda, and constraints last. */
function surestFirst(lists: readonly NamedList[]): readonly NamedList[] {
  return lists.toSorted((left, right) => RANKS.indexOf(left.kind) - RANKS.indexOf(right.kind));
}

const RANKS: readonly NamedList['kind'][] = ['requirements', 'conda', 'possible', 'constraints'];

/** @returns The format that tells a text by what it holds; undefined where none does, or no file is there. */
export async function toldFormat(
  path: string,
  text: string | undefined,
  { content }: Pick<ManifestFormats, 'content'>,
): Promise<ManifestFormat | undefined> {
  if (text === undefined) return undefined;
  for (const { format, matches, mayHold, holds } of content)
    if (matches(path) && mayHold(text) && (await holds(path, text))) return format;
  return undefined;
}
