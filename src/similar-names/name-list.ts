import type { NameTexts } from '../model/popular-names.ts';
import type { Grams } from './ngrams.ts';

/** One name of a list, as far as it was compared: its line, its key, and how much it shares with another key. */
export interface Sharing {
  readonly line: number;
  readonly key: string;
  /** From 0 to about 1. */
  readonly shared: number;
}

/** Looks through the names of a list. Lines count from 0. */
export class NameList {
  readonly #texts: NameTexts;
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
    return !name.includes('\n') && this.#texts.names.includes(`\n${name}\n`);
  }

  name(line: number): string {
    return this.all()[line] ?? '';
  }

  /** @returns The lines whose key is this one. */
  withKey(key: string): readonly number[] {
    const { keys } = this.#texts;
    const lines: number[] = [];
    const line = `\n${key}\n`;
    for (let at = keys.indexOf(line); at >= 0; at = keys.indexOf(line, at + 1)) lines.push(lineAt(keys, at));
    return lines;
  }

  /** @returns The names that share at least so much with a key, in their order. */
  sharing(grams: Grams, least: number): readonly Sharing[] {
    const { keys } = this.#texts;
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
}

/** @returns How many line ends stand before an offset. */
function lineAt(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf('\n'); at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
