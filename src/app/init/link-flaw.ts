import { lstat, realpath } from 'node:fs/promises';
import nodePath from 'node:path';
import { isFileError, isWithin } from '../../git/git.ts';

/** @returns What is wrong with a path for writing: it leads out of the repository, or nowhere; null for nothing. */
export async function linkFlaw(root: string, file: string): Promise<string | null> {
  const leadsOut = 'leads out of the repository through a symbolic link';
  try {
    return isWithin(await realpath(root), await realpath(file)) ? null : leadsOut;
  } catch (error) {
    if (!isFileError(error) || error.code !== 'ENOENT') throw error;
  }
  if (await isLink(file)) return 'is a symbolic link that leads nowhere';
  const folder = nodePath.dirname(file);
  return folder === file ? null : linkFlaw(root, folder);
}

async function isLink(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isSymbolicLink();
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}
