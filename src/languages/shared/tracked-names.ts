import type { Files } from '../../model/language.ts';
import { folderOf } from '../../text/paths.ts';

/** The names of a project's files and folders, for questions that only a module which is not there raises. */
export class TrackedNames {
  readonly #files: Files;
  #names: Promise<ProjectNames> | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  /** @returns The names of the files and folders that stand in a folder, relative to the root; none where it is not there. */
  async inFolder(folder: string): Promise<ReadonlySet<string>> {
    return (await this.#all()).byFolder.get(folder) ?? new Set();
  }

  /** @returns Whether a folder of the project holds files that git tracks. */
  async hasFolder(folder: string): Promise<boolean> {
    return (await this.#all()).byFolder.has(folder);
  }

  /** @returns The file that has one of these paths but for the case of its letters; null where none does. */
  async otherCase(paths: readonly string[]): Promise<string | null> {
    const { byLowerCase } = await this.#all();
    for (const path of paths) {
      const file = byLowerCase.get(path.toLowerCase());
      // What is tracked, and gone from the work tree, has its own name.
      if (file !== undefined && file !== path) return file;
    }
    return null;
  }

  #all(): Promise<ProjectNames> {
    return (this.#names ??= this.#files.list().then(namesOf));
  }
}

interface ProjectNames {
  readonly byFolder: ReadonlyMap<string, ReadonlySet<string>>;
  readonly byLowerCase: ReadonlyMap<string, string>;
}

function namesOf(paths: readonly string[]): ProjectNames {
  const byFolder = new Map<string, Set<string>>();
  const byLowerCase = new Map<string, string>();
  for (const file of paths) {
    byLowerCase.set(file.toLowerCase(), file);
    for (let path = file; path !== ''; path = folderOf(path)) {
      const folder = folderOf(path);
      const names = byFolder.get(folder);
      const name = path.slice(folder === '' ? 0 : folder.length + 1);
      if (names?.has(name) === true) break;
      if (names) names.add(name);
      else byFolder.set(folder, new Set([name]));
    }
  }
  return { byFolder, byLowerCase };
}
