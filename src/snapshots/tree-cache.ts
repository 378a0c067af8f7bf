import { lostObject, type ObjectReader } from '../git/objects.ts';
import { decodePath } from '../git/paths.ts';
import type { Tree } from '../git/tree.ts';

/** A folder or a link that is to be read before a search goes on, by its object id or another name of git's. */
export interface Unread {
  readonly kind: 'unread';
  readonly type: 'folder' | 'link';
  readonly name: string;
}

/** The folders and links that the snapshots of a scope have read, each of them once. */
export class TreeCache {
  readonly objects: ObjectReader;
  readonly #folders = new Map<string, Tree>();
  readonly #links = new Map<string, string>();
  readonly #reading = new Map<string, Promise<void>>();

  constructor(objects: ObjectReader) {
    this.objects = objects;
  }

  /** @returns A folder, if it was read. */
  folder(name: string): Tree | undefined {
    return this.#folders.get(name);
  }

  /** @returns The path that a link says, if it was read. */
  link(name: string): string | undefined {
    return this.#links.get(name);
  }

  /** @throws GitError where git has lost one of these. */
  async read(unread: Iterable<Unread>): Promise<void> {
    const reading: Promise<void>[] = [];
    for (const entry of unread) {
      const started = this.#reading.get(entry.name) ?? this.#readOne(entry);
      this.#reading.set(entry.name, started);
      reading.push(started);
    }
    await Promise.all(reading);
  }

  async #readOne({ type, name }: Unread): Promise<void> {
    if (type === 'folder') {
      this.#folders.set(name, await this.objects.tree(name));
      return;
    }
    const read = await this.objects.read(name);
    if (read.kind !== 'bytes') throw lostObject(`the symbolic link ${name}`, read);
    this.#links.set(name, decodePath(read.bytes));
  }
}
