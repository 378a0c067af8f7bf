import { posix } from 'node:path';
import type { ListedFile } from '../git/listing.ts';
import type { ObjectReader } from '../git/objects.ts';
import { decodePath, encodePath } from '../git/paths.ts';
import type { FileRead, Snapshot } from '../model/snapshot.ts';
import type { Telling } from './compared.ts';
import { foldersAbove } from './folders.ts';

/** More links in a row are a circle, or meant to tire somebody. */
const MOST_LINKS = 5;

/** Where the files of a snapshot stand in git. */
export interface ObjectSource {
  readonly label: string;
  readonly objects: ObjectReader;
  /** Has every file of which nothing is told; links are followed there. */
  readonly revision: string;
  /** What is asked first for the same files: the index finds a name faster than a tree does, and knows no links. */
  readonly isIndex: boolean;
  readonly told: Telling;
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
  #listed: Promise<Listing> | null = null;
  /** Folders above files that were asked for. */
  readonly #folders = new Set<string>();
  /** Those in whose place the index has a link, with a final slash. */
  readonly #links: string[] = [];

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
    const { told, isPartial } = this.#source;
    if (paths.some((path) => told(path)?.kind === 'link')) return this.#havingEnds(paths);
    const unsure = paths.filter((path) => told(path) === undefined);
    const { files: listed, isWhole } =
      this.#listed || unsure.some(isUnnamed) ? await this.#listing() : nothingListed;
    const named = isWhole ? [] : unsure.filter((path) => !listed.has(path) && !isUnnamed(path));
    const there = new Set(await this.#existing(named));
    const whole = there.size < named.length && isPartial() ? (await this.#listing()).files : listed;
    return new Set(paths.filter((path) => told(path)?.kind === 'file' || there.has(path) || whole.has(path)));
  }

  async #existing(paths: readonly string[]): Promise<readonly string[]> {
    const { objects, isIndex } = this.#source;
    const asked = isIndex ? await this.#inIndex(paths) : paths;
    const found = await objects.existing(asked.map((path) => this.#name(path)));
    return asked.filter((_, at) => found[at] === true);
  }

  /** Of names that are asked for, nearly all are missing. What is a folder to others and a file here is a link. */
  async #inIndex(paths: readonly string[]): Promise<readonly string[]> {
    const folders = this.#newFolders(paths);
    const names = [...paths, ...folders].map((path) => encodePath(`:0:${path}`));
    const found = await this.#source.objects.existing(names);
    for (const [at, folder] of folders.entries())
      if (found[paths.length + at] === true) this.#links.push(`${folder}/`);
    return paths.filter(
      (path, at) => found[at] === true || this.#links.some((folder) => path.startsWith(folder)),
    );
  }

  /** The folders above these files that were not asked about yet. */
  #newFolders(paths: readonly string[]): readonly string[] {
    const folders: string[] = [];
    for (const path of paths) {
      for (const folder of foldersAbove(path)) {
        if (this.#folders.has(folder)) break;
        this.#folders.add(folder);
        folders.push(folder);
      }
    }
    return folders;
  }

  /** A link is there if what it leads to is. */
  async #havingEnds(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const ends = await Promise.all(paths.map((path) => this.#followed(path)));
    const there = await this.having(ends.filter((end) => end !== null));
    return new Set(paths.filter((_, at) => there.has(ends[at] ?? '')));
  }

  async list(): Promise<readonly string[]> {
    return [...(await this.#listing()).files.keys()];
  }

  /** An object id is certain to exist, unless the repository is damaged or a partial clone. */
  async #objectName(path: string): Promise<{ bytes: Buffer; certain: boolean } | null> {
    const told = this.#source.told(path);
    if (told?.kind === 'none') return null;
    if (told?.kind === 'link') {
      const end = await this.#followed(path);
      return end === null ? null : this.#objectName(end);
    }
    if (told) return { bytes: Buffer.from(told.oid, 'latin1'), certain: true };
    const { files, isWhole } = this.#listed || isUnnamed(path) ? await this.#listing() : nothingListed;
    const oid = files.get(path);
    if (oid !== undefined) return { bytes: Buffer.from(oid, 'latin1'), certain: true };
    return isWhole || isUnnamed(path) ? null : { bytes: this.#name(path), certain: false };
  }

  #name(path: string): Buffer {
    return encodePath(`${this.#source.revision}:${path}`);
  }

  /** @returns Where a path leads by way of links that a diff tells of; null where it leads out of the repository. */
  async #followed(path: string): Promise<string | null> {
    const { told, objects } = this.#source;
    let end = path;
    for (let links = 0; links < MOST_LINKS; links++) {
      const at = told(end);
      if (at?.kind !== 'link') return end;
      const read = await objects.read(Buffer.from(at.oid, 'latin1'));
      if (read.kind !== 'bytes') return null;
      const target = decodePath(read.bytes);
      end = posix.join(posix.dirname(at.path), target, end.slice(at.path.length));
      if (posix.isAbsolute(target) || end === '..' || end.startsWith('../')) return null;
    }
    return null;
  }

  #listing(): Promise<Listing> {
    this.#listed ??= this.#source.list().then((all) => ({
      files: new Map(all.flatMap(({ path, oid, isLink }) => (isLink ? [] : [[path, oid] as const]))),
      isWhole: !all.some(({ isLink }) => isLink),
    }));
    return this.#listed;
  }
}

interface Listing {
  /** Object ids of the regular files, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** There are no links, so nothing has another name. */
  readonly isWhole: boolean;
}

const nothingListed: Listing = { files: new Map(), isWhole: false };

/** git reads names by line: a path with a newline is found by its listed object id only. */
function isUnnamed(path: string): boolean {
  return path.includes('\n');
}
