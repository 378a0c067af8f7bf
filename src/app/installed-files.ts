import { readdir, readFile } from 'node:fs/promises';
import { isFileError } from '../git/git.ts';
import type { InstalledFiles } from '../model/installed.ts';

/** The files of this machine, of which nothing is ever run. */
export const installedFiles: InstalledFiles = {
  async entries(folder) {
    try {
      return (await readdir(folder)).toSorted();
    } catch (error) {
      if (isFileError(error)) return [];
      throw error;
    }
  },
  async text(file) {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if (isFileError(error)) return '';
      throw error;
    }
  },
};
