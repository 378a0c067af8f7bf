import type { Tree } from '../git/tree.ts';
import { foldersBelowRoot, isWithin } from '../text/paths.ts';
import type { Link } from '../model/snapshot.ts';
import type { DiffView } from './diff-view.ts';
import type { TreeCache, Unread } from './tree-cache.ts';

/** More links on the way to one file are a circle, or meant to tire somebody. git follows as many. */
const MOST_LINKS = 40;

/** Where files are looked for: in a commit, or in what a change makes of it. */
export interface LookupSource {
  /** A name of the commit, or of a tree. */
  readonly revision: string;
  /** What differs from it. */
  readonly told: DiffView;
  readonly trees: TreeCache;
}

/** A folder by its own path, without links. It has no tree where the commit has no such folder: a change may. */
interface Place {
  readonly kind: 'place';
  readonly path: string;
  readonly tree: Tree | undefined;
  readonly above: Place | null;
}

/** What stands at a name when links are followed; or what must be read to know it. */
type Found =
  | Place
  | Unread
  | { readonly kind: 'file'; readonly oid: string; readonly path: string }
  | { readonly kind: 'nothing' };

const nothing: Found = { kind: 'nothing' };

/** The paths of a state, by what stands there. */
export interface Listing {
  readonly files: readonly string[];
  readonly links: readonly string[];
}

/**
 * Finds files by way of the folders above them, as a file system does, along symbolic links too. Only these folders
 * are read: thousands of files elsewhere cost nothing.
 */
export class PathResolver {
  readonly #source: LookupSource;
  readonly #root: string;
  /** What folders are found to be, by the paths that they were asked for. */
  readonly #folders = new Map<string, Found>();

  constructor(source: LookupSource) {
    this.#source = source;
    this.#root = `${source.revision}^{tree}`;
  }

  /**
   * @param paths Without `.`, `..` and empty names.
   * @returns The object ids of those that are regular files, or lead to one.
   * @throws GitError where git has lost a folder or a link on the way.
   */
  async find(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const oids = new Map<string, string>();
    for (const [path, node] of await this.#nodes(paths)) if (node.kind === 'file') oids.set(path, node.oid);
    return oids;
  }

  /**
   * @param paths Those of symbolic links.
   * @returns Each with what it leads to.
   * @throws GitError where git has lost a folder or a link on the way.
   */
  async ends(paths: readonly string[]): Promise<readonly Link[]> {
    const nodes = await this.#nodes(paths);
    return paths.map((path) => ({ path, end: this.#endOf(nodes.get(path)) }));
  }

  /** A folder that the commit does not have is there where a change puts a file into it. */
  #endOf(node: Found | undefined): Link['end'] {
    if (node?.kind === 'file') return { kind: 'file', path: node.path };
    if (node?.kind !== 'place') return null;
    const isThere =
      node.tree !== undefined || [...this.#source.told.files()].some((path) => isWithin(node.path, path));
    return isThere ? { kind: 'folder', path: node.path } : null;
  }

  /** What stands at each path, with links followed. */
  async #nodes(paths: readonly string[]): Promise<ReadonlyMap<string, Found>> {
    const nodes = new Map<string, Found>();
    let open = paths;
    while (open.length > 0) {
      const unread = new Map<string, Unread>();
      const waiting: string[] = [];
      // Many files are asked for of one folder: it is looked for once, and again when what was unread is read.
      const folders = new Map<string, Found>();
      for (const path of open) {
        const node = this.#fileAt(path, folders);
        if (node.kind !== 'unread') {
          nodes.set(path, node);
          continue;
        }
        unread.set(node.name, node);
        waiting.push(path);
      }
      await this.#source.trees.read(unread.values());
      open = waiting;
    }
    return nodes;
  }

  /**
   * @returns The paths of all regular files and of all symbolic links, in git's order; those that a change tells of come
   *   last.
   * @throws GitError where git has lost a folder.
   */
  async list(): Promise<Listing> {
    const { told: diff, trees } = this.#source;
    for (let open = [this.#root]; open.length > 0;) {
      await trees.read(open.map((name) => unreadFolder(name)));
      open = open.flatMap((name) => [...(trees.folder(name)?.folders() ?? [])]);
    }
    const listing: { files: string[]; links: string[] } = { files: [], links: [] };
    this.#collect(this.#root, '', listing);
    for (const path of diff.files()) listing.files.push(path);
    for (const path of diff.links()) listing.links.push(path);
    return listing;
  }

  #collect(folder: string, prefix: string, listing: { files: string[]; links: string[] }): void {
    const { told: diff, trees } = this.#source;
    const tree = trees.folder(folder);
    for (const [name, type] of tree?.types() ?? []) {
      const path = prefix + name;
      if (diff.at(path) !== undefined) continue;
      if (type === 'file') listing.files.push(path);
      if (type === 'link') listing.links.push(path);
      if (type === 'folder') this.#collect(tree?.get(name)?.oid ?? '', `${path}/`, listing);
    }
  }

  /**
   * What a change has put at a path is there; everything else is looked for in its folder.
   *
   * @param folders Those that were looked for already.
   */
  #fileAt(path: string, folders: Map<string, Found>): Found {
    const entry = this.#source.told.at(path);
    if (entry?.type === 'file') return { kind: 'file', oid: entry.oid, path };
    const name = lastName(path);
    const folderPath = path.slice(0, Math.max(0, path.length - name.length - 1));
    const folder = folders.get(folderPath) ?? this.#folderOf(path);
    folders.set(folderPath, folder);
    return folder.kind === 'place' ? this.#follow(folder, name, { links: 0 }) : folder;
  }

  /** Goes down to a file's folder from the nearest one that is known. */
  #folderOf(path: string): Found {
    const uncachedFolders: string[] = [];
    let node: Found | undefined;
    for (const folder of foldersBelowRoot(path)) {
      node = this.#folders.get(folder);
      if (node) break;
      uncachedFolders.push(folder);
    }
    node ??= this.#rootFolder();
    for (const folder of uncachedFolders.reverse()) {
      if (node.kind !== 'place') break;
      node = this.#follow(node, lastName(folder), { links: 0 });
      if (node.kind !== 'unread') this.#folders.set(folder, node);
    }
    return node.kind === 'file' ? nothing : node;
  }

  #rootFolder(): Found {
    const tree = this.#source.trees.folder(this.#root);
    if (!tree) return unreadFolder(this.#root);
    return { kind: 'place', path: '', tree, above: null };
  }

  /** @param followed How many links were on the way: of all of them together, since a link may lead along others. */
  #follow(place: Place, name: string, followed: { links: number }): Found {
    const { told: diff, trees } = this.#source;
    const path = place.path === '' ? name : `${place.path}/${name}`;
    const entry = diff.at(path) ?? place.tree?.get(name);
    if (entry?.type === 'file') return { kind: 'file', oid: entry.oid, path };
    if (entry?.type === 'link') {
      const target = trees.link(entry.oid);
      if (target === undefined) return { kind: 'unread', type: 'link', name: entry.oid };
      followed.links++;
      return followed.links > MOST_LINKS ? nothing : this.#followTarget(place, target, followed);
    }
    const tree = entry?.type === 'folder' ? trees.folder(entry.oid) : undefined;
    if (entry?.type === 'folder' && !tree) return unreadFolder(entry.oid);
    return { kind: 'place', path, tree, above: place };
  }

  /**
   * @param target What a link in a folder says; where it leads out of the repository, nothing is there. `..` leads to
   *   the folder above, also from one that a change has emptied.
   */
  #followTarget(folder: Place, target: string, followed: { links: number }): Found {
    if (target.startsWith('/')) return nothing;
    let node: Found = folder;
    for (const name of target.split('/')) {
      if (node.kind !== 'place') return node.kind === 'unread' ? node : nothing;
      if (name === '..') node = node.above ?? nothing;
      else if (name !== '' && name !== '.') node = this.#follow(node, name, followed);
    }
    return node;
  }
}

function unreadFolder(name: string): Unread {
  return { kind: 'unread', type: 'folder', name };
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
