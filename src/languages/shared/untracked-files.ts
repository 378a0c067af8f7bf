import type { Ignore } from 'ignore';
import type { Files } from '../../model/language.ts';
import { folderOf, foldersAbove, inFolder, isWithin } from '../../text/paths.ts';

/**
 * Files that git does not track and that are there all the same: what `.gitignore` files of the repository leave out, because
 * a build or an installer writes it, and the content of submodules. What only the change says, and what the excludes of a
 * machine say, counts for nothing.
 */
export class UntrackedFiles {
  readonly #states: readonly IgnoringState[];

  /** @param trusted The states whose word counts: all of them have to say so. */
  constructor(trusted: readonly Files[]) {
    this.#states = trusted.map((files) => new IgnoringState(files));
  }

  /**
   * @param paths Relative to the root: the names that a module may have.
   * @returns Why one of them may be there, in words; undefined where nothing says so.
   */
  async reason(paths: readonly string[]): Promise<string | undefined> {
    let reason: string | undefined;
    for (const state of this.#states) {
      reason = await state.reason(paths);
      if (reason === undefined) return undefined;
    }
    return reason;
  }
}

class IgnoringState {
  readonly #files: Files;
  readonly #rules = new Map<string, Promise<Ignore | undefined>>();
  #submodules: Promise<readonly string[]> | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  async reason(paths: readonly string[]): Promise<string | undefined> {
    for (const submodule of await (this.#submodules ??= this.#readSubmodules()))
      if (paths.some((path) => isWithin(submodule, path))) return `${submodule} is a submodule`;
    for (const path of paths) if (await this.#isIgnored(path)) return `.gitignore leaves out ${path}`;
    return undefined;
  }

  /**
   * The last pattern that fits decides, those of the nearest folder last, and nothing below an ignored folder comes back
   * (https://git-scm.com/docs/gitignore#_pattern_format).
   */
  async #isIgnored(path: string): Promise<boolean> {
    const parts = path.split('/');
    for (let end = 1; end <= parts.length; end++) {
      const part = parts.slice(0, end).join('/');
      if (await this.#isNamed(end < parts.length ? `${part}/` : part)) return true;
    }
    return false;
  }

  async #isNamed(path: string): Promise<boolean> {
    const parent = `${folderOf(path.replace(/\/$/, ''))}/`;
    for (const folder of foldersAbove(path.replace(/\/$/, ''))) {
      const rules = await this.#rulesOf(folder);
      const within = (of: string) => (folder === '' ? of : of.slice(folder.length + 1));
      // The library takes what is below an ignored folder for ignored; a nearer file has taken that folder back.
      if (!rules || (within(parent).length > 1 && rules.ignores(within(parent)))) continue;
      const { ignored, unignored } = rules.test(within(path));
      if (ignored) return true;
      if (unignored) return false;
    }
    return false;
  }

  #rulesOf(folder: string): Promise<Ignore | undefined> {
    const rules = this.#rules.get(folder) ?? this.#readRules(folder);
    this.#rules.set(folder, rules);
    return rules;
  }

  async #readRules(folder: string): Promise<Ignore | undefined> {
    const text = await this.#files.text(inFolder(folder, '.gitignore'));
    if (text === undefined) return undefined;
    const { default: ignore } = await import('ignore');
    return ignore({ ignorecase: false, allowRelativePaths: true }).add(text);
  }

  /** https://git-scm.com/docs/gitmodules */
  async #readSubmodules(): Promise<readonly string[]> {
    const text = (await this.#files.text('.gitmodules')) ?? '';
    return text.split(/\r?\n/).flatMap((line) => {
      const path = /^\s*path\s*=(.*)$/.exec(line)?.[1]?.trim().replaceAll('"', '');
      return path === undefined || path === '' ? [] : [path];
    });
  }
}
