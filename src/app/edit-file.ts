import { fsync } from 'node:fs';
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import nodePath from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isFileError, isWithin } from '../git/git.ts';
import type { EditorText } from './editor-texts.ts';
import { UsageError } from './usage-error.ts';

/** A lock that is this old, or as far ahead of the clock, was left behind, whoever holds it. In milliseconds. */
const STALE = 30_000;

/** A lock in which nobody stands after this time is of a process that was killed before it could write. In milliseconds. */
const NAMELESS = 2_000;

/** How long a command waits for others that edit the same file. In milliseconds. */
const PATIENCE = 60_000;

/** How long it waits between two looks at the lock, at most. In milliseconds. */
const PAUSE = 50;

/** Where a file and its lock stand. The lock keeps two commands from losing each other's edits. */
export interface EditedFile {
  readonly file: string;
  readonly lock: string;
  /** The folder out of which no symbolic link may lead; if it is left out, links are followed wherever they lead. */
  readonly root?: string;
  /** The file as an editor has it open at that moment: that is edited, and the disk is left to the editor. */
  readonly open?: () => EditorText | null;
}

/**
 * Edits a file as a whole or not at all: the new text is written beside it and renamed over it, so that
 * a process that is killed leaves the old one. Symbolic links and permissions stay. A file that is not there is made,
 * and so is its folder. Of a file that is open in an editor, the open text is edited, by the editor.
 *
 * @param change Gets the file's text, or null where there is none; returns the new text, or null to leave
 * the file alone. It runs while nobody else can edit.
 * @returns Whether the file was written, or the open text changed.
 * @throws UsageError when another process holds the lock for too long, for a file that is not UTF-8, where nobody may
 * write, and for a file that lies outside of its root.
 */
export async function editFile(
  edited: EditedFile,
  change: (text: string | null) => Promise<string | null>,
): Promise<boolean> {
  try {
    return await editLocked(edited, change);
  } catch (error) {
    if (!isFileError(error) || !unwritable.has(error.code ?? '')) throw error;
    throw new UsageError(
      `${error.path ?? edited.file} can’t be written (${error.code ?? ''})`,
      'Check its permissions and the disk, and run the command again. The file was not changed.',
    );
  }
}

/** What the permissions, the kind or the disk of a file say against writing it. */
const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EISDIR']);

async function editLocked(
  { file, lock, root, open: openText }: EditedFile,
  change: (text: string | null) => Promise<string | null>,
): Promise<boolean> {
  if (root !== undefined) await refuseOutside(file, root);
  await acquire(lock);
  try {
    const editorText = openText?.() ?? null;
    const currentText = editorText === null ? await readIfThere(file) : editorText.text;
    const newText = await change(currentText);
    if (newText === null || newText === currentText) return false;
    if (editorText !== null) {
      await editorText.replaceBy(newText);
      return true;
    }
    if (currentText === null) await mkdir(nodePath.dirname(file), { recursive: true });
    await replace(currentText === null ? file : await realpath(file), newText);
    return true;
  } finally {
    await rm(lock, { force: true });
  }
}

/**
 * Removes a file that an edit has made, while nobody else can edit.
 *
 * @param text What it has to say for that.
 * @returns Whether it was removed.
 * @throws UsageError as `editFile` does.
 */
export async function removeFile({ file, lock, root }: EditedFile, text: string): Promise<boolean> {
  if (root !== undefined) await refuseOutside(file, root);
  await acquire(lock);
  try {
    if ((await readIfThere(file)) !== text) return false;
    await rm(await realpath(file));
    return true;
  } finally {
    await rm(lock, { force: true });
  }
}

async function refuseOutside(file: string, root: string): Promise<void> {
  if (isWithin(await realpath(root), await endOf(file))) return;
  throw new UsageError(
    `${file} leads out of the repository through a symbolic link`,
    'Replace the link with a file or folder. Nothing was written.',
  );
}

/** @returns Where a file is, or would be made: what is not there yet lies in the nearest folder that is. */
async function endOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (!isFileError(error) || error.code !== 'ENOENT') throw error;
    return endOf(nodePath.dirname(file));
  }
}

async function acquire(lock: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await create(lock))) {
    await removeAbandoned(lock);
    if (Date.now() > end)
      throw new UsageError(
        `another process is editing (${lock})`,
        'Wait for it; if there is none, remove that file.',
      );
    await sleep(Math.random() * PAUSE);
  }
}

/** Makes a file that says who holds it. @returns false where it is there already. */
async function create(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx');
    try {
      await handle.writeFile(`${process.pid} ${hostname()}\n`);
    } catch (error) {
      // On a full disk the file can be made and not be written.
      await rm(lock, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (isFileError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes away a lock whose holder is gone. Only one process at a time may do so, and it looks again once it
 * may: otherwise two that find the same lock abandoned could take away each other's new one. That right is a lock too,
 * and is taken away likewise from a process that was killed while it had it.
 */
async function removeAbandoned(lock: string): Promise<void> {
  if (!(await isAbandoned(lock))) return;
  const breaking = `${lock}.break`;
  if (!(await create(breaking))) {
    await removeAbandoned(breaking);
    return;
  }
  try {
    if (await isAbandoned(lock)) await rm(lock, { force: true });
  } finally {
    await rm(breaking, { force: true });
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const age = Date.now() - (await stat(lock)).mtimeMs;
    const holder = (await readFile(lock, 'utf8')).trim();
    if (Math.abs(age) > STALE || (holder === '' && age > NAMELESS)) return true;
    const [pid, host] = holder.split(' ');
    return host === hostname() && !isRunning(Number(pid));
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

/** Signal 0 only asks (https://nodejs.org/api/process.html#processkillpid-signal). */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(isFileError(error) && error.code === 'ESRCH');
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return null;
    if (error instanceof TypeError)
      throw new UsageError(
        `${file} is not UTF-8`,
        'Convert the file to UTF-8, or edit it by hand. It was not changed.',
      );
    throw error;
  }
}

async function replace(file: string, text: string): Promise<void> {
  const temporary = nodePath.join(nodePath.dirname(file), `.${nodePath.basename(file)}.${process.pid}.tmp`);
  try {
    const mode = await modeOf(file);
    const handle = await open(temporary, 'w');
    if (mode !== null) await handle.chmod(mode);
    await handle.writeFile(text);
    // Not `handle.sync()`: the files of Yarn's Plug'n'Play, which stand in for Node's, have none.
    await promisify(fsync)(handle.fd);
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** @returns The permissions of a file that is there. */
async function modeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch (error) {
    if (isFileError(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}
