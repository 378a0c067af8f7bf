import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Something that reads text which anybody may have written. */
export interface Reader {
  readonly id: string;
  /** Texts that it understands: what fuzzers change. */
  readonly seeds: readonly string[];
  /** Throws, or rejects, where the answer to a text breaks a promise. */
  readonly read: (text: string) => unknown;
  /** Makes a text by the grammar of what is read, the same one for the same number. */
  readonly program?: (number: number) => string;
  /**
   * What takes time that has to be in proportion to the text, where that is not all of `read`; null where it is measured
   * elsewhere.
   */
  readonly measured?: ((text: string) => unknown) | null;
}

/** @returns The texts of all files below a folder whose names fit. */
export function textsBelow(folder: string, fits: (name: string) => boolean): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && fits(entry.name))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}

/** What is thrown where a reader does not keep what it promises. */
export class BrokenPromise extends Error {}

/** Throws unless something holds. */
export function promise(holds: boolean, broken: string): void {
  if (!holds) throw new BrokenPromise(`broken promise: ${broken}`);
}

/** Throws unless a span lies within a text. */
export function promiseSpan(text: string, span: { readonly start: number; readonly end: number }): void {
  const { start, end } = span;
  promise(start >= 0 && start <= end && end <= text.length, `the span ${start} to ${end} lies in the text`);
}
