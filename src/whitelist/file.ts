import type { Fault } from '../model/fault.ts';
import type { Entry } from '../model/status.ts';
import { readPath, type PathReading } from '../text/repository-path.ts';

/** Where one more file is named, with the position of its path. */
export interface Extension {
  /** As it is written: `whitelistPath` reads it. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A word of `covers`, with its position: an ecosystem for which the file is the authority. */
export interface CoveredWord {
  readonly word: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One whitelist file. With faults, `entries` holds what could be read nevertheless; nobody may take it
 * for the whole. Warnings are sentences about what is written otherwise than the next edit will write it.
 */
export interface WhitelistFile {
  readonly file: string;
  readonly entries: readonly Entry[];
  /** null where the file has no `covers`. */
  readonly covers: readonly CoveredWord[] | null;
  readonly extends: readonly Extension[];
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/** @returns Whether a file may be a whitelist: its name tells, so that most files need no look at the config. */
export function isWhitelistName(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

/**
 * @param path Of a whitelist, as written in the config or in another whitelist.
 * @returns What is wrong with it, to be read after the path; undefined where nothing is.
 */
export function wrongWithPath(path: string): string | undefined {
  const reading = whitelistPath(path);
  return reading.kind === 'wrong' ? reading.reason : undefined;
}

/** @returns The path of a whitelist that a config or another whitelist names, or what is wrong with it. */
export function whitelistPath(text: string): PathReading {
  const reading = readPath(text);
  if (reading.kind === 'wrong' || isWhitelistName(reading.path)) return reading;
  return { kind: 'wrong', reason: 'does not end in .yaml or .yml' };
}
