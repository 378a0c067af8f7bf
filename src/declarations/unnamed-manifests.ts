import type { Files } from '../model/language.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import { fileName, isInstalled } from '../text/file-names.ts';
import { mapWithin } from '../text/map-within.ts';
import type { ManifestFormats } from './read.ts';

/** So many files are read sooner than git has searched for words. */
const FEW = 100;

/** Files that are read at once. */
const AT_ONCE = 16;

/**
 * Manifests whose names say nothing: files that are told by what they hold, and lists of requirements that a file names
 * which is no manifest, as a Dockerfile. To find them takes a search and files that are read for nothing, so nobody looks
 * before everything else has been.
 */
export class UnnamedManifests {
  readonly #files: Files;
  readonly #formats: ManifestFormats;
  readonly #mentions = new Map<string, Promise<readonly string[]>>();
  readonly #searches = new Map<string, Promise<readonly string[]>>();

  constructor(files: Files, formats: ManifestFormats) {
    this.#files = files;
    this.#formats = formats;
  }

  /** @returns The format that tells a file by what it holds; undefined where none does. */
  async toldFormat(path: string): Promise<ManifestFormat | undefined> {
    return this.#formats.mayHoldLines(path)
      ? toldFormat(path, await this.#files.text(path), this.#formats)
      : undefined;
  }

  /** @returns Whether a file, which is no manifest, names this list. */
  async isNamed(list: string): Promise<boolean> {
    const name = fileName(list);
    const search = this.#searches.get(name) ?? this.#candidates([name], (path) => this.#mayName(path));
    this.#searches.set(name, search);
    const namingPaths = await search;
    const named = await mapWithin(AT_ONCE, namingPaths, (path) => this.#mentioned(path));
    return named.some((lists) => lists.includes(list));
  }

  /** @returns The paths of all of them. */
  async paths(): Promise<readonly string[]> {
    const { content, naming } = this.#formats;
    const mayBeTold = (path: string) =>
      content.some((format) => format.matches(path)) && this.#formats.mayHoldLines(path);
    const words = [...content.flatMap((format) => format.words), ...naming.words];
    const candidates = await this.#candidates(words, (path) => mayBeTold(path) || this.#mayName(path));
    const paths = await mapWithin(AT_ONCE, candidates, async (path) =>
      (await this.toldFormat(path)) === undefined ? this.listsNamedIn(path) : [path],
    );
    return [...new Set(paths.flat())];
  }

  /** @returns The lists of requirements that a file names. */
  async listsNamedIn(path: string): Promise<readonly string[]> {
    const mentioned = await this.#mentioned(path);
    const present = mentioned.length === 0 ? new Set() : await this.#files.existing(mentioned);
    const lists: string[] = [];
    for (const list of mentioned) {
      if (!present.has(list) || !this.#formats.mayHoldLines(list)) continue;
      if (this.#formats.naming.isList((await this.#files.text(list)) ?? '')) lists.push(list);
    }
    return lists;
  }

  #mentioned(path: string): Promise<readonly string[]> {
    const mentioned = this.#mentions.get(path) ?? this.#readMentioned(path);
    this.#mentions.set(path, mentioned);
    return mentioned;
  }

  async #readMentioned(path: string): Promise<readonly string[]> {
    const { naming } = this.#formats;
    if (!this.#mayName(path)) return [];
    const text = await this.#files.text(path);
    return text !== undefined && naming.words.some((word) => text.includes(word))
      ? naming.listsNamedIn(path, text)
      : [];
  }

  async #candidates(
    words: readonly string[],
    isCandidate: (path: string) => boolean,
  ): Promise<readonly string[]> {
    const ends = (await this.#files.links?.()) ?? new Map<string, string>();
    const paths = [...(await this.#files.list()), ...ends.keys()].filter(isCandidate);
    const holding = paths.length > FEW ? ((await this.#files.holding?.(words)) ?? null) : null;
    if (holding === null) return paths;
    const matches = new Set(holding);
    return paths.filter((path) => matches.has(ends.get(path) ?? path));
  }

  #mayName(path: string): boolean {
    return this.#formats.naming.mayName(path) && !isInstalled(path);
  }
}

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
