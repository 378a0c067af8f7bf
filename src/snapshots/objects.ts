import type { ObjectReader } from '../git/objects.ts';
import type { FileRead, Link, Snapshot } from '../model/snapshot.ts';
import { PathResolver, type Listing, type LookupSource } from './path-resolver.ts';

/** The content of the index or of a commit, as git's objects have it. */
export function objectSnapshot(source: ObjectSource): Snapshot {
  return new ObjectSnapshot(source);
}

/** What a snapshot of git's objects is made of. */
export interface ObjectSource extends LookupSource {
  readonly label: string;
  /** Lists the symbolic links; null for a commit, in which they are looked for. */
  readonly links: (() => Promise<readonly string[]>) | null;
  /** Lists a state that has mostly the same paths, so that each of them is held once. Left out: none is known. */
  readonly alike?: (() => Promise<readonly string[]>) | undefined;
  /** Searches the commit; null for a state that differs from its commit. */
  readonly search:
    ((words: readonly string[], within: readonly string[]) => ReturnType<Snapshot['search']>) | null;
}

class ObjectSnapshot implements Snapshot {
  readonly label: string;
  readonly #objects: ObjectReader;
  readonly #lookup: PathResolver;
  readonly #search: ObjectSource['search'];
  readonly #linkPaths: ObjectSource['links'];
  readonly #alike: ObjectSource['alike'];
  #listed: Promise<Listing> | null = null;
  #links: Promise<readonly Link[]> | null = null;

  constructor(source: ObjectSource) {
    this.label = source.label;
    this.#objects = source.trees.objects;
    this.#lookup = new PathResolver(source);
    this.#search = source.search;
    this.#linkPaths = source.links;
    this.#alike = source.alike;
  }

  /** What a commit names is there, unless the repository is damaged or a partial clone. */
  async read(path: string): Promise<FileRead> {
    const oid = (await this.#lookup.find([path])).get(path);
    if (oid === undefined) return { kind: 'absent' };
    const read = await this.#objects.read(oid);
    return read.kind === 'absent' ? { kind: 'unreadable', reason: `git has no object ${oid}` } : read;
  }

  async having(paths: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.#lookup.find(paths)).keys());
  }

  contentIds(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#lookup.find(paths);
  }

  async search(words: readonly string[], within: readonly string[] = []): ReturnType<Snapshot['search']> {
    return (await this.#search?.(words, within)) ?? null;
  }

  links(): Promise<readonly Link[]> {
    const paths = () => this.#linkPaths?.() ?? this.#listing().then(({ links }) => links);
    this.#links ??= paths().then((links) => this.#lookup.ends(links));
    return this.#links;
  }

  async list(): Promise<readonly string[]> {
    return (await this.#listing()).files;
  }

  #listing(): Promise<Listing> {
    return (this.#listed ??= this.#list());
  }

  async #list(): Promise<Listing> {
    const listing = await this.#lookup.list();
    if (this.#alike === undefined) return listing;
    const knownPaths = new Map((await this.#alike()).map((path) => [path, path]));
    return { ...listing, files: listing.files.map((path) => knownPaths.get(path) ?? path) };
  }
}
