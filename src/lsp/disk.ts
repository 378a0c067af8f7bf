import { readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { isFileError } from '../git/git.ts';
import { encodePath } from '../git/paths.ts';
import { decodeText } from '../text/decode.ts';

/** When a file was written last, and its size; `''` where there is none. */
export type Stamp = string;

/** @param path Of a file of a project, as snapshots name it. */
export function stampOf(root: string, path: string): Stamp {
  const stats = ifThere(() => statSync(Buffer.concat([Buffer.from(root + sep), encodePath(path)])));
  return stats === undefined ? '' : `${String(stats.mtimeMs)} ${String(stats.size)}`;
}

/** @returns The text of a file; undefined where there is none. */
export function textOnDisk(file: string): string | undefined {
  return ifThere(() => decodeText(readFileSync(encodePath(file))));
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}
