import { findGit, type Git } from '../git/git.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import { locate, type Located, type OpenText } from './locate.ts';

/**
 * The places of open texts. git's executable is remembered as long as the workspace has the same folders, and the
 * repository of a folder until something happens: a `.git` may appear or go.
 */
export class Places {
  readonly #env: Git['env'];
  readonly #programs = new Map<string, Git>();
  readonly #repositories = new Map<string, Repository | null>();
  #folders: readonly string[] = [];

  constructor(env: Git['env']) {
    this.#env = env;
  }

  /** @param folders Absolute. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.#programs.clear();
    this.renew();
  }

  /** @param change Absolute folders. */
  changeFolders(change: { readonly added: readonly string[]; readonly removed: readonly string[] }): void {
    const remaining = this.#folders.filter((folder) => !change.removed.includes(folder));
    this.setFolders([...remaining, ...change.added]);
  }

  /** Has repositories looked for anew. */
  renew(): void {
    this.#repositories.clear();
  }

  /** @returns null for a text that has no place in any project. */
  of(text: OpenText): Located | null {
    return locate(text, {
      folders: this.#folders,
      repository: (folder) => this.#repositoryOf(folder),
      git: (root) => this.#programFor(root),
    });
  }

  #repositoryOf(folder: string): Repository | null {
    const cached = this.#repositories.get(folder);
    if (cached !== undefined) return cached;
    const repository = findRepository(folder, this.#env);
    this.#repositories.set(folder, repository);
    return repository;
  }

  #programFor(root: string): Git {
    const git = this.#programs.get(root) ?? findGit(root, this.#env);
    this.#programs.set(root, git);
    return git;
  }
}
