import type { NameTexts } from '../model/popular-names.ts';
import { GramIndex, Grams } from './ngrams.ts';

/** One name of a list, as far as it was compared: its line, its key, and how much it shares with another key. */
export interface Sharing {
  readonly line: number;
  readonly key: string;
  /** From 0 to about 1. */
  readonly shared: number;
}

/** So many searches of a text take as long as an index of it: whoever asks more often gets one. */
const MOST_SEARCHES = 32;

/** Looks through the names of a list. Lines count from 0. */
export class NameList {
  readonly #texts: NameTexts;
  #searches = 0;
  #keyLines: readonly string[] | undefined;
  #grams: GramIndex | undefined;
  #lines: ReadonlyMap<string, readonly number[]> | undefined;
  #names: readonly string[] | undefined;
  #set: ReadonlySet<string> | undefined;

  constructor(texts: NameTexts) {
    this.#texts = texts;
  }

  all(): readonly string[] {
    this.#names ??= this.#texts.names.split('\n').slice(1, -1);
    return this.#names;
  }

  /** To look for many names at once: a search of the text takes as long as a thousand of the set. */
  set(): ReadonlySet<string> {
    this.#set ??= new Set(this.all());
    return this.#set;
  }

  has(name: string): boolean {
    if (this.#countSearch()) return this.set().has(name);
    return !name.includes('\n') && this.#texts.names.includes(`\n${name}\n`);
  }

  name(line: number): string {
    return this.all()[line] ?? '';
  }

  /** @returns The lines whose key is this one. */
  withKey(key: string): readonly number[] {
    const { keys } = this.#texts;
    if (this.#countSearch()) {
      this.#lines ??= placesOf(this.#keys());
      return this.#lines.get(key) ?? [];
    }
    const lines: number[] = [];
    const line = `\n${key}\n`;
    for (let at = keys.indexOf(line); at >= 0; at = keys.indexOf(line, at + 1)) lines.push(lineAt(keys, at));
    return lines;
  }

  /** @returns The names that share at least so much with a word, in their order. @param least More than 0. */
  sharing(word: string, least: number): readonly Sharing[] {
    const { keys } = this.#texts;
    if (this.#countSearch()) return this.#sharingByIndex(word, least);
    const grams = new Grams(word);
    const sharing: Sharing[] = [];
    let line = 0;
    for (let start = 1; start < keys.length; line += 1) {
      const end = keys.indexOf('\n', start);
      const shared = grams.overlap(keys, start, end);
      if (shared >= least) sharing.push({ line, key: keys.slice(start, end), shared });
      start = end + 1;
    }
    return sharing;
  }

  #sharingByIndex(word: string, least: number): readonly Sharing[] {
    const keys = this.#keys();
    this.#grams ??= new GramIndex(keys);
    return this.#grams
      .sharing(word, least)
      .map(({ at, shared }) => ({ line: at, key: keys[at] ?? '', shared }));
  }

  #keys(): readonly string[] {
    this.#keyLines ??= this.#texts.keys.split('\n').slice(1, -1);
    return this.#keyLines;
  }

  /** @returns Whether so many searches came before that an index is worth its making. */
  #countSearch(): boolean {
    this.#searches += 1;
    return this.#searches > MOST_SEARCHES;
  }
}

/** @returns The places of equal words of a list, in their order. */
export function placesOf(words: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [at, word] of words.entries()) {
    const equal = places.get(word);
    if (equal === undefined) places.set(word, [at]);
    else equal.push(at);
  }
  return places;
}

/** @returns How many line ends stand before an offset. */
function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
