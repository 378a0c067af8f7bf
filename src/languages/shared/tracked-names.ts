import type { Files } from '../../model/language.ts';

/** The names of a project's files and folders, for questions that only a module which is not there raises. */
export class TrackedNames {
  readonly #files: Files;
  #paths: Promise<SortedPaths> | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  /** @returns The names of the files and folders that stand in a folder, relative to the root; none where it is not there. */
  async inFolder(folder: string): Promise<ReadonlySet<string>> {
    return (await this.#sorted()).inFolder(folder);
  }

  /** @returns Whether a folder of the project holds files that git tracks. */
  async hasFolder(folder: string): Promise<boolean> {
    return (await this.#sorted()).hasFolder(folder);
  }

  /** @returns The file that has one of these paths but for the case of its letters; null where none does. */
  async otherCase(paths: readonly string[]): Promise<string | null> {
    const sorted = await this.#sorted();
    for (const path of paths) {
      const file = sorted.otherCase(path);
      // What is tracked, and gone from the work tree, has its own name.
      if (file !== undefined && file !== path) return file;
    }
    return null;
  }

  #sorted(): Promise<SortedPaths> {
    return (this.#paths ??= this.#files.list().then((paths) => new SortedPaths(paths)));
  }
}

/** Answers are looked for in sorted lists of all files: what a set for each of ten thousand folders tells takes 20 MB. */
class SortedPaths {
  readonly #paths: readonly string[];
  /** By their lower case; those that have it in common in the order of the project's list. */
  readonly #byLowerCase: readonly string[];

  constructor(paths: readonly string[]) {
    this.#paths = paths.toSorted();
    this.#byLowerCase = paths
      .map((path) => ({ path, lowerCase: path.toLowerCase() }))
      .sort(({ lowerCase: left }, { lowerCase: right }) => (left < right ? -1 : Number(left > right)))
      .map(({ path }) => path);
  }

  hasFolder(folder: string): boolean {
    const prefix = prefixOf(folder);
    return this.#paths[this.#from(prefix)]?.startsWith(prefix) === true;
  }

  inFolder(folder: string): ReadonlySet<string> {
    const prefix = prefixOf(folder);
    const names = new Set<string>();
    for (let at = this.#from(prefix); ;) {
      const path = this.#paths[at];
      if (path?.startsWith(prefix) !== true) return names;
      const end = path.indexOf('/', prefix.length);
      names.add(path.slice(prefix.length, end < 0 ? undefined : end));
      at = end < 0 ? at + 1 : this.#from(`${path.slice(0, end)}${BEHIND_SLASH}`);
    }
  }

  /** @returns The last file that has a path but for the case of its letters. */
  otherCase(path: string): string | undefined {
    const lowerCase = path.toLowerCase();
    const end = partition(this.#byLowerCase, (file) => file.toLowerCase() <= lowerCase);
    const file = this.#byLowerCase[end - 1];
    return file?.toLowerCase() === lowerCase ? file : undefined;
  }

  /** @returns Where the first path stands that does not come before another one. */
  #from(least: string): number {
    return partition(this.#paths, (path) => path < least);
  }
}

/** @returns How many items of a sorted list come before a place, as `isBefore` tells of each. */
function partition(items: readonly string[], isBefore: (item: string) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(items[middle] ?? '')) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The character that comes next to `/`: behind all that stands in a folder. */
const BEHIND_SLASH = '0';

function prefixOf(folder: string): string {
  return folder === '' ? '' : `${folder}/`;
}
