import { lstatSync, readFileSync, statSync, type PathLike, type Stats } from 'node:fs';
import { isFileError } from './git.ts';

/** @returns The bytes of a file of git's; undefined where there is none that can be read. */
export function bytesIfThere(file: string): Buffer | undefined {
  // Most of these files are not there: an error costs ten times what asking first does.
  return ifThere(() => (statSync(file, { throwIfNoEntry: false }) ? readFileSync(file) : undefined));
}

/** @returns The text of a file of git's; undefined where there is none that can be read. */
export function textIfThere(file: string): string | undefined {
  return bytesIfThere(file)?.toString('utf8');
}

/** @returns What stands at a path, a link for itself; undefined where nothing does. */
export function statIfThere(file: PathLike): Stats | undefined {
  return ifThere(() => lstatSync(file, { throwIfNoEntry: false }));
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFileError(error)) return undefined;
    throw error;
  }
}
