import { readFile } from 'node:fs/promises';
import { isFileError } from '../git/git.ts';

/** @returns The text of a file; null where there is none. */
export async function readIfThere(file: string | URL): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}
