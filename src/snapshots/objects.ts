import type { ListedFile } from '../git/listing.ts';
import type { ObjectReader } from '../git/objects.ts';
import { encodePath } from '../git/paths.ts';
import type { FileRead, Snapshot } from '../model/snapshot.ts';
import type { KnownOids } from './compared.ts';

/** Where the files of a snapshot stand in git. */
export interface ObjectSource {
  readonly label: string;
  readonly objects: ObjectReader;
  /** What git puts before a path to name its blob: `:0:` for the index, `HEAD:` for a commit. */
  readonly prefix: string;
  /** Object ids that a diff has told already. */
  readonly known: KnownOids;
  readonly list: () => Promise<readonly ListedFile[]>;
  /** Whether git may know files whose content it has not: then only a list tells which files there are. */
  readonly isPartial: () => boolean;
}

/** The content of the index or of a tree. Nothing is listed before somebody asks for a list. */
export function objectSnapshot(source: ObjectSource): Snapshot {
  return new ObjectSnapshot(source);
}

class ObjectSnapshot implements Snapshot {
  readonly label: string;
  readonly #source: ObjectSource;
  #listed: Promise<ReadonlyMap<string, string>> | null = null;

  constructor(source: ObjectSource) {
    this.label = source.label;
    this.#source = source;
  }

  async read(path: string): Promise<FileRead> {
    const name = await this.#objectName(path);
    if (!name) return { kind: 'absent' };
    const read = await this.#source.objects.read(name.bytes);
    if (read.kind === 'exists') return { kind: 'absent' };
    if (read.kind !== 'absent' || !name.certain) return read;
    return { kind: 'unreadable', reason: `git has no object ${name.bytes.toString('latin1')}` };
  }

  async having(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const { known, objects, prefix, isPartial } = this.#source;
    const asked = paths.filter((path) => known(path) === undefined);
    if (this.#listed || asked.some((path) => path.includes('\n'))) return this.#havingListed(paths);
    const found = await objects.existing(asked.map((path) => encodePath(prefix + path)));
    const missing = new Set(asked.filter((_, at) => found[at] !== true));
    if (missing.size > 0 && isPartial()) return this.#havingListed(paths);
    return new Set(paths.filter((path) => !missing.has(path)));
  }

  async #havingListed(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const listed = await this.#listing();
    return new Set(paths.filter((path) => this.#source.known(path) !== undefined || listed.has(path)));
  }

  async list(): Promise<readonly string[]> {
    return [...(await this.#listing()).keys()];
  }

  /**
   * An object id is certain to exist, unless the repository is damaged or a partial clone. git reads names
   * by line, so a path with a newline is found by its listed object id only.
   */
  async #objectName(path: string): Promise<{ bytes: Buffer; certain: boolean } | null> {
    const known = this.#source.known(path);
    if (known) return { bytes: Buffer.from(known, 'latin1'), certain: true };
    if (!this.#listed && !path.includes('\n'))
      return { bytes: encodePath(this.#source.prefix + path), certain: false };
    const listed = (await this.#listing()).get(path);
    return listed ? { bytes: Buffer.from(listed, 'latin1'), certain: true } : null;
  }

  #listing(): Promise<ReadonlyMap<string, string>> {
    this.#listed ??= this.#source.list().then((files) => new Map(files.map(({ path, oid }) => [path, oid])));
    return this.#listed;
  }
}
