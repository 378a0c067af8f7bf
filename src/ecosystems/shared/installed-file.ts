import { readFile } from 'node:fs/promises';
import { isFileError } from '../../git/git.ts';

/** @returns The text of an installed file; '' where it can't be read, since what is installed only suggests. */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error)) return '';
    throw error;
  }
}
