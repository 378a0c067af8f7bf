import { readModFile, type ModFile, type ModKind } from '../../../ecosystems/golang/mod-file.ts';
import type { UnreadableConfig } from '../../../model/language.ts';
import { LineIndex } from '../../../text/lines.ts';
import { folderOf } from '../../../text/paths.ts';

/** A go.mod or go.work of the project. */
export interface LocatedModFile extends ModFile {
  /** From the root. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
}

/** Reads a file of the project. */
export function locatedModFile(path: string, text: string, kind: ModKind): LocatedModFile {
  return { ...readModFile(text, kind), path, folder: folderOf(path), text };
}

/** @returns The line of an offset, counted from 1. */
export function lineOf({ text }: LocatedModFile, offset: number): number {
  return new LineIndex(text).locate(offset).line;
}

/** @returns The first thing in a file that Go rejects; null where it accepts all. */
export function flawOf({ path, text, flaws: [flaw] }: LocatedModFile): UnreadableConfig | null {
  if (flaw === undefined) return null;
  return { file: path, ...new LineIndex(text).locate(flaw.offset), message: flaw.message };
}
