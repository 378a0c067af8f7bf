import type { FileRead, Snapshot } from '../model/snapshot.ts';
import { Lookup, type LookupSource } from './lookup.ts';

/** The content of the index or of a commit, as git's objects have it. */
export interface ObjectSource extends LookupSource {
  readonly label: string;
  readonly list: () => Promise<readonly string[]>;
}

/** The content of the index or of a commit. Nothing is listed before somebody asks for a list. */
export function objectSnapshot(source: ObjectSource): Snapshot {
  return new ObjectSnapshot(source);
}

class ObjectSnapshot implements Snapshot {
  readonly label: string;
  readonly #source: ObjectSource;
  readonly #lookup: Lookup;
  #listed: Promise<readonly string[]> | null = null;

  constructor(source: ObjectSource) {
    this.label = source.label;
    this.#source = source;
    this.#lookup = new Lookup(source);
  }

  /** What a commit names is there, unless the repository is damaged or a partial clone. */
  async read(path: string): Promise<FileRead> {
    const oid = (await this.#lookup.find([path])).get(path);
    if (oid === undefined) return { kind: 'absent' };
    const read = await this.#source.trees.objects.read(oid);
    return read.kind === 'absent' ? { kind: 'unreadable', reason: `git has no object ${oid}` } : read;
  }

  async having(paths: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.#lookup.find(paths)).keys());
  }

  list(): Promise<readonly string[]> {
    this.#listed ??= this.#source.list();
    return this.#listed;
  }
}
