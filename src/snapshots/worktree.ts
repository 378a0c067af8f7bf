import {
  closeSync,
  lstatSync,
  openSync,
  promises as fs,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
  type PathLike,
  type Stats,
} from 'node:fs';
import { join, sep } from 'node:path';
import { isFileError } from '../git/git.ts';
import { statIfThere } from '../git/if-there.ts';
import type { IndexPaths } from '../git/index-file.ts';
import type { WorkTreeList } from '../git/listing.ts';
import { decodePath, encodePath, isUnicode } from '../git/paths.ts';
import type { FileRead, Link, PathSets, Snapshot } from '../model/snapshot.ts';
import { folderOf, foldersBelowRoot } from '../text/paths.ts';
import { mayBeTracked } from '../text/repository-path.ts';

/** A folder on disk as a snapshot. */
export interface WorkTreeSource {
  readonly root: string;
  /** Bytes; larger files are not read. */
  readonly limit: number;
  /** Paths that count, where git or the caller tells which; null where every file of the folder does. */
  readonly list: (() => Promise<WorkTreeList>) | null;
  /** Text of open editors, by path: it stands in for what is on disk. */
  readonly buffers: ReadonlyMap<string, string>;
  /** The index, where so little is asked for that not all need be listed. Left out: only the list tells. */
  readonly index?: IndexPaths;
}

/** The files on disk that git does not ignore, with the text of open editors. */
export function workTreeSnapshot(source: WorkTreeSource): Snapshot {
  return new WorkTreeSnapshot(source);
}

/** Milliseconds after which others get their turn: a deadline, the end of a client. */
const LONGEST_TURN = 50;

/** Files are read at once, so that a run over many would let no timer of the process pass. */
class EventLoopTurn {
  // Node loads a module of its own for `performance`, which takes a hook a millisecond. Where this clock is set, a turn comes at
  // another time.
  #began = Date.now();

  async mayPass(): Promise<void> {
    if (Math.abs(Date.now() - this.#began) < LONGEST_TURN) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#began = Date.now();
  }
}

/** So many paths are worth the listing of their folder. */
const MANY = 64;

/** Bytes of a folder itself: about a thousand names. */
const LARGEST_FOLDER = 64 * 1024;

interface Listed extends PathSets {
  /** Many ask for all of them, and a hundred thousand are not copied for each. */
  readonly paths: readonly string[];
}

class WorkTreeSnapshot implements Snapshot {
  readonly label = 'the work tree';
  readonly #source: WorkTreeSource;
  readonly #linkFolders = new Map<string, boolean>();
  readonly #turn = new EventLoopTurn();
  #listing: Promise<Listed> | null = null;
  #listed: Listed | null = null;

  constructor(source: WorkTreeSource) {
    this.#source = source;
  }

  async read(path: string): Promise<FileRead> {
    await this.#turn.mayPass();
    const buffer = this.#source.buffers.get(path);
    if (buffer !== undefined) return { kind: 'bytes', bytes: Buffer.from(buffer, 'utf8') };
    // A system would open `./a`, and what lies in `.git`: in git's trees there is nothing of that name.
    if (!mayBeTracked(path)) return { kind: 'absent' };
    const read = this.#isBelowLink(path) ? 'link' : readRegularFile(this.#onDisk(path), this.#source.limit);
    if (read !== 'link') return read;
    const end = this.#end(path, await this.#listAll());
    const targetRead = end === null ? 'link' : readRegularFile(this.#onDisk(end), this.#source.limit);
    return targetRead === 'link' ? { kind: 'absent' } : targetRead;
  }

  async having(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const present = this.#listing === null ? this.#presentUnlisted(paths) : null;
    if (present !== null) return present;
    const listed = await this.#listAll();
    return new Set(paths.filter((path) => this.#isThere(path, listed)));
  }

  async list(): Promise<readonly string[]> {
    return (await this.#listAll()).paths;
  }

  listed(): PathSets | null {
    return this.#listed;
  }

  async links(): Promise<readonly Link[]> {
    // Most projects have no links.
    if (this.#listing === null && this.#source.index?.links()?.length === 0) return [];
    const listed = await this.#listAll();
    return [...listed.links].map((path) => ({ path, end: this.#endOf(path, listed) }));
  }

  contentIds(): Promise<null> {
    return Promise.resolve(null);
  }

  search(): Promise<null> {
    return Promise.resolve(null);
  }

  #listAll(): Promise<Listed> {
    const { list, root, buffers } = this.#source;
    this.#listing ??= (list ? list() : walk(root)).then((listed) => {
      const files = new Set([...listed.files, ...buffers.keys()]);
      this.#listed = { paths: [...files], files, links: new Set(listed.links) };
      return this.#listed;
    });
    return this.#listing;
  }

  /**
   * What is not on disk is not there, whatever git lists, and what git tracks is. Only of other files and of links the list
   * tells whether they count.
   *
   * @returns null where the list has to be asked.
   */
  #presentUnlisted(paths: readonly string[]): ReadonlySet<string> | null {
    const { buffers, index } = this.#source;
    if (index === undefined) return null;
    const present = new Set(paths.filter((path) => buffers.has(path)));
    const onDisk = new Map<string, Stats>();
    for (const path of paths.length < MANY ? paths : this.#namedOnDisk(paths)) {
      const stats = present.has(path) ? undefined : statIfThere(this.#onDisk(path));
      if (stats === undefined) continue;
      if (stats.isSymbolicLink() || this.#isBelowLink(path)) return null;
      onDisk.set(path, stats);
    }
    if (onDisk.size === 0) return present;
    const trackedPaths = index.files([...onDisk.keys()]);
    for (const [path, stats] of onDisk) {
      if (trackedPaths?.has(path) === true) present.add(path);
      else if (trackedPaths === null || !stats.isDirectory()) return null;
    }
    return present;
  }

  /**
   * Hundreds of settings may stand in a folder that has three: to list it takes less time than to look for each of them.
   *
   * @returns The paths without those that their folder does not name.
   */
  #namedOnDisk(paths: readonly string[]): readonly string[] {
    const counts = new Map<string, number>();
    for (const path of paths) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
    const names = new Map<string, ReadonlySet<string> | null>();
    for (const [folder, count] of counts) if (count >= MANY) names.set(folder, namesIn(this.#onDisk(folder)));
    return paths.filter((path) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      // A file system may spell other letters in another way than git does.
      return names.get(folderOf(path))?.has(name) !== false || !/^[\w.-]+$/.test(name);
    });
  }

  /** git still lists a tracked file that has been removed, and a link whose file has been. */
  #isThere(path: string, listed: Listed): boolean {
    if (this.#source.buffers.has(path)) return true;
    if (!listed.files.has(path)) return isOnLink(path, listed.links) && this.#end(path, listed) !== null;
    try {
      return !lstatSync(this.#onDisk(path)).isSymbolicLink() || this.#end(path, listed) !== null;
    } catch (error) {
      if (isFileError(error)) return false;
      throw error;
    }
  }

  /** A system follows a link on the way to a file, wherever it leads. */
  #isBelowLink(path: string): boolean {
    for (const folder of foldersBelowRoot(path)) {
      const isLink = this.#linkFolders.get(folder) ?? isSymbolicLink(this.#onDisk(folder));
      this.#linkFolders.set(folder, isLink);
      if (isLink) return true;
    }
    return false;
  }

  /** @returns The file that a link leads to, if it is one that counts; null for everything else. */
  #end(link: string, { files }: Listed): string | null {
    const path = this.#realPath(link);
    return path !== null && files.has(path) ? path : null;
  }

  #endOf(link: string, listed: Listed): Link['end'] {
    const file = this.#end(link, listed);
    if (file !== null) return { kind: 'file', path: file };
    const path = this.#realPath(link);
    const isFolder = path !== null && lstatSync(this.#onDisk(path)).isDirectory();
    return isFolder ? { kind: 'folder', path } : null;
  }

  /** @returns The path that a link leads to in the folder of the snapshot; null where it leads out of it or nowhere. */
  #realPath(link: string): string | null {
    try {
      // Node's own realpathSync takes the text of a link like `a/../b` for `b`, whatever `a` leads to.
      const end = realpathSync.native(this.#onDisk(link), 'buffer');
      const root = Buffer.from(realpathSync.native(this.#source.root) + sep);
      const path = decodePath(end.subarray(root.length));
      return end.subarray(0, root.length).equals(root) ? path : null;
    } catch (error) {
      if (isFileError(error)) return null;
      throw error;
    }
  }

  #onDisk(path: string): PathLike {
    const start = this.#source.root + sep;
    return isUnicode(path) ? start + path : Buffer.concat([Buffer.from(start), encodePath(path)]);
  }
}

/** Is a path a link, or below one that stands for a folder? */
function isOnLink(path: string, links: ReadonlySet<string>): boolean {
  if (links.size === 0) return false;
  if (links.has(path)) return true;
  for (const folder of foldersBelowRoot(path)) if (links.has(folder)) return true;
  return false;
}

/** @returns The names in a folder; null where it can’t be listed, or only in more time than is saved. */
function namesIn(folder: PathLike): ReadonlySet<string> | null {
  try {
    return statSync(folder).size > LARGEST_FOLDER ? null : new Set(readdirSync(folder));
  } catch (error) {
    if (isFileError(error)) return null;
    throw error;
  }
}

function isSymbolicLink(file: PathLike): boolean {
  return statIfThere(file)?.isSymbolicLink() === true;
}

/**
 * Only regular files: a symbolic link may leave the repository, and a pipe, which git knows nothing of, never ends.
 * Node reads a small file several times faster at once than by way of its threads, which a whole tree takes seconds for.
 */
function readRegularFile(file: PathLike, limit: number): FileRead | 'link' {
  try {
    // Most of what is asked for is not there: an error costs ten times what this answer does.
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'absent' };
    if (stats.isSymbolicLink()) return 'link';
    if (stats.isDirectory()) return { kind: 'absent' };
    if (!stats.isFile()) return { kind: 'unreadable', reason: 'it is a pipe, a socket or a device' };
    if (stats.size > limit) return { kind: 'tooLarge', size: stats.size, start: startOf(file) };
    return { kind: 'bytes', bytes: readFileSync(file) };
  } catch (error) {
    if (!isFileError(error)) throw error;
    const absent = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    return absent ? { kind: 'absent' } : { kind: 'unreadable', reason: error.message };
  }
}

/** @returns The first bytes of a file. */
function startOf(file: PathLike): Buffer {
  const handle = openSync(file, 'r');
  try {
    const start = Buffer.alloc(1024);
    return start.subarray(0, readSync(handle, start));
  } finally {
    closeSync(handle);
  }
}

/** @returns The names of the files that stand in a folder itself; none where it can't be listed. */
export async function filesIn(folder: string): Promise<WorkTreeList> {
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    return { files: entries.filter((entry) => entry.isFile()).map(({ name }) => name), links: [] };
  } catch (error) {
    if (isFileError(error)) return { files: [], links: [] };
    throw error;
  }
}

/** Lists a folder that no git describes, without what is never part of a project's own source. */
async function walk(root: string): Promise<WorkTreeList> {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await fs.readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory() && !['.git', 'node_modules'].includes(entry.name)) folders.push(path);
    }
  }
  return { files: files.sort(), links: [] };
}
