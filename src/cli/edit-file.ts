import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import nodePath from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFileError } from '../git/git.ts';
import { UsageError } from './usage.ts';

/** A lock that is this old was left behind by a process that died. In milliseconds. */
const STALE = 30_000;

/** How long a command waits for another one that edits the same file. In milliseconds. */
const PATIENCE = 5_000;

/** Where a file and its lock stand. The lock keeps two commands from losing each other's edits. */
export interface EditedFile {
  readonly file: string;
  readonly lock: string;
}

/**
 * Edits a file as a whole or not at all: the new text is written beside it and renamed over it, so that
 * a process that is killed leaves the old one. Symbolic links and permissions stay.
 *
 * @param change Gets the file's text, or null where there is none; returns the new text, or null to leave
 * the file alone. It runs while nobody else can edit.
 * @returns Whether the file was written.
 * @throws UsageError when another process holds the lock for too long.
 */
export async function editFile(
  { file, lock }: EditedFile,
  change: (text: string | null) => Promise<string | null>,
): Promise<boolean> {
  await acquire(lock);
  try {
    const before = await readIfThere(file);
    const after = await change(before);
    if (after === null || after === before) return false;
    await replace(before === null ? file : await realpath(file), after);
    return true;
  } finally {
    await rm(lock, { force: true });
  }
}

async function acquire(lock: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      await (await open(lock, 'wx')).close();
      return;
    } catch (error) {
      if (!isFileError(error) || error.code !== 'EEXIST') throw error;
    }
    await removeStale(lock);
    if (Date.now() > end)
      throw new UsageError(
        `another process is editing (${lock})`,
        'Wait for it; if there is none, remove that file.',
      );
    await sleep(25);
  }
}

async function removeStale(lock: string): Promise<void> {
  try {
    if (Date.now() - (await stat(lock)).mtimeMs > STALE) await rm(lock, { force: true });
  } catch (error) {
    if (!isFileError(error)) throw error;
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function replace(file: string, text: string): Promise<void> {
  const temporary = nodePath.join(
    nodePath.dirname(file),
    `.${nodePath.basename(file)}.${String(process.pid)}.tmp`,
  );
  try {
    await writeFile(temporary, text, { mode: await modeOf(file) });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function modeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return 0o666;
    throw error;
  }
}
