import { lstatSync, promises as fs, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { isFileError } from '../git/git.ts';
import { encodePath } from '../git/paths.ts';
import type { FileRead, Snapshot } from '../model/snapshot.ts';

/** A folder on disk as a snapshot. */
export interface WorkTreeSource {
  readonly root: string;
  /** Bytes; larger files are not read. */
  readonly limit: number;
  /** Paths that count, where git or the caller tells which; null where every file of the folder does. */
  readonly list: (() => Promise<readonly string[]>) | null;
  /** Text of open editors, by path: it stands in for what is on disk. */
  readonly buffers: ReadonlyMap<string, string>;
}

/** The files on disk that git does not ignore, with the text of open editors. */
export function workTreeSnapshot(source: WorkTreeSource): Snapshot {
  return new WorkTreeSnapshot(source);
}

class WorkTreeSnapshot implements Snapshot {
  readonly label = 'the work tree';
  readonly #source: WorkTreeSource;
  #listed: Promise<ReadonlySet<string>> | null = null;

  constructor(source: WorkTreeSource) {
    this.#source = source;
  }

  read(path: string): Promise<FileRead> {
    const buffer = this.#source.buffers.get(path);
    if (buffer !== undefined) return Promise.resolve({ kind: 'bytes', bytes: Buffer.from(buffer, 'utf8') });
    return Promise.resolve(readRegularFile(this.#onDisk(path), this.#source.limit));
  }

  async having(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const listed = await this.#listing();
    return new Set(paths.filter((path) => listed.has(path) && this.#isThere(path)));
  }

  async list(): Promise<readonly string[]> {
    return [...(await this.#listing())];
  }

  #listing(): Promise<ReadonlySet<string>> {
    const { list, root, buffers } = this.#source;
    this.#listed ??= (list ? list() : walk(root)).then((paths) => new Set([...paths, ...buffers.keys()]));
    return this.#listed;
  }

  /** git still lists a tracked file that has been removed. */
  #isThere(path: string): boolean {
    if (this.#source.buffers.has(path)) return true;
    try {
      lstatSync(this.#onDisk(path));
      return true;
    } catch (error) {
      if (isFileError(error)) return false;
      throw error;
    }
  }

  #onDisk(path: string): Buffer {
    return Buffer.concat([Buffer.from(this.#source.root + sep), encodePath(path)]);
  }
}

/**
 * Only regular files: a symbolic link may leave the repository, and a pipe, which git knows nothing of, never ends.
 * Node reads a small file several times faster at once than by way of its threads, which a whole tree takes seconds for.
 */
function readRegularFile(file: Buffer, limit: number): FileRead {
  try {
    const found = lstatSync(file);
    if (found.isSymbolicLink() || found.isDirectory()) return { kind: 'absent' };
    if (!found.isFile()) return { kind: 'unreadable', reason: 'it is a pipe, a socket or a device' };
    if (found.size > limit) return { kind: 'tooLarge', size: found.size };
    return { kind: 'bytes', bytes: readFileSync(file) };
  } catch (error) {
    if (!isFileError(error)) throw error;
    const absent = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    return absent ? { kind: 'absent' } : { kind: 'unreadable', reason: error.message };
  }
}

/** @returns The names of the files that stand in a folder itself; none where it can't be listed. */
export async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

/** Lists a folder that no git describes, without what is never part of a project's own source. */
async function walk(root: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await fs.readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && !['.git', 'node_modules'].includes(entry.name)) folders.push(path);
    }
  }
  return found.sort();
}
