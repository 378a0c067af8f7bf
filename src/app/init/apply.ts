import { chmod, rm, rmdir } from 'node:fs/promises';
import nodePath from 'node:path';
import { isFileError } from '../../git/git.ts';
import { editFile } from '../edit-file.ts';
import { UsageError } from '../usage-error.ts';
import type { FileChange } from '../../hook-managers/file-change.ts';

/**
 * Makes planned changes, each file as a whole or not at all.
 *
 * @param lock The file that keeps two commands from editing at the same time.
 * @param onDone Hears of each change when it is made: where a later one fails, people know what is there.
 * @throws UsageError where a file no longer says what it said when the change was planned and shown.
 */
export async function applyChanges(
  changes: readonly FileChange[],
  lock: string,
  onDone: (change: FileChange) => void,
): Promise<void> {
  for (const change of changes) {
    await applyChange(change, lock);
    onDone(change);
  }
}

async function applyChange(
  { file, before: oldText, after: newText, executable }: FileChange,
  lock: string,
): Promise<void> {
  await editFile({ file, lock }, (currentText) => {
    if (currentText === oldText) return Promise.resolve(newText);
    throw new UsageError(`${file} changed while it was shown`, 'Run the command again.');
  });
  if (newText === null) await remove(file);
  else if (oldText === null && executable) await chmod(file, 0o755);
}

/** Takes a file away, and the folders around it in which nothing else is: git keeps none of those. */
async function remove(file: string): Promise<void> {
  await rm(file, { force: true });
  let folder = nodePath.dirname(file);
  while (await removeEmpty(folder)) folder = nodePath.dirname(folder);
}

/** @returns Whether the folder was empty, and is gone. */
async function removeEmpty(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    if (!isFileError(error)) throw error;
    return false;
  }
}
