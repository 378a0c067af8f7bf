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

/** What stands in a folder is found in the sorted paths of all files: a set for each of ten thousand folders takes 20 MB. */
class SortedPaths {
  readonly #paths: readonly string[];
  /** By the path in lower case, the last of the files that are not written so. */
  readonly #byLowerCase = new Map<string, string>();

  constructor(paths: readonly string[]) {
    this.#paths = paths.toSorted();
    for (const path of paths) {
      const lowerCase = path.toLowerCase();
      if (lowerCase !== path || this.#byLowerCase.has(lowerCase)) this.#byLowerCase.set(lowerCase, path);
    }
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

  otherCase(path: string): string | undefined {
    const lowerCase = path.toLowerCase();
    const isThere = () => this.#paths[this.#from(lowerCase)] === lowerCase;
    return this.#byLowerCase.get(lowerCase) ?? (lowerCase !== path && isThere() ? lowerCase : undefined);
  }

  /** @returns Where the first path stands that does not come before another one. */
  #from(least: string): number {
    let [low, high] = [0, this.#paths.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#paths[middle] ?? '') < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The character that comes next to `/`: behind all that stands in a folder. */
const BEHIND_SLASH = '0';

function prefixOf(folder: string): string {
  return folder === '' ? '' : `${folder}/`;
}
