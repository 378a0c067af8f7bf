import { typeOf, type FileType } from './changes.ts';
import { GitError } from './git.ts';
import { decodePath } from './paths.ts';

/** What stands under a name. */
export interface Entry {
  readonly type: FileType | 'folder';
  readonly oid: string;
}

/** The first digit of 40000, the mode of a folder. No other begins with it. */
const folderMode = 0x34;

/** One folder of a commit. */
export class Tree {
  readonly #bytes: Buffer;
  readonly #idLength: number;
  /** Where each name's entry begins. */
  readonly #starts = new Map<string, number>();

  /**
   * @param bytes A tree object: `<mode> <name>\0<id>` for each entry, in which the id is bytes, not letters
   *   (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_tree_objects).
   * @param idLength Bytes of an object id: 20, or 32 where the repository uses SHA-256.
   * @throws GitError where these are no entries.
   */
  constructor(bytes: Buffer, idLength: number) {
    this.#bytes = bytes;
    this.#idLength = idLength;
    for (let start = 0; start < bytes.length;) {
      const name = bytes.indexOf(0x20, start) + 1;
      const end = bytes.indexOf(0, name);
      if (name <= start || end < name) throw new GitError('git has damaged folders; see `git fsck`', 0);
      this.#starts.set(decodePath(bytes.subarray(name, end)), start);
      start = end + 1 + idLength;
    }
  }

  /** @param name Of a file or folder in this folder itself. */
  get(name: string): Entry | undefined {
    const start = this.#starts.get(name);
    if (start === undefined) return undefined;
    const id = this.#bytes.indexOf(0, start) + 1;
    return { type: this.#typeAt(start), oid: this.#bytes.toString('hex', id, id + this.#idLength) };
  }

  /** @returns Everything in it, in git's order, with what it is: without the object ids, which take most of the time. */
  *types(): Generator<readonly [string, Entry['type']], void> {
    for (const [name, start] of this.#starts) yield [name, this.#typeAt(start)];
  }

  #typeAt(start: number): Entry['type'] {
    return this.#bytes[start] === folderMode ? 'folder' : typeOf(this.#bytes, start);
  }

  /** The object ids of the folders in it. */
  *folders(): Generator<string, void> {
    for (const [name, start] of this.#starts) {
      const entry = this.#typeAt(start) === 'folder' ? this.get(name) : undefined;
      if (entry) yield entry.oid;
    }
  }
}
