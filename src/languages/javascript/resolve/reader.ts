import { posix } from 'node:path';
import type { Files } from '../../../model/language.ts';
import { PathIndex } from './path-index.ts';
import { candidates, moduleCandidates } from './targets.ts';

/** The paths of a snapshot, by whether they stand in a folder of installed packages. */
interface Paths {
  readonly own: readonly string[];
  readonly installed: readonly string[];
}

/** So many answers are kept: files come folder by folder, and a project of ten thousand folders is asked for each of them. */
const MOST_ANSWERS = 10_000;

/**
 * Asks a snapshot for each thing once. Questions that come up at the same time go out together, so that
 * resolving many specifiers at once costs few calls.
 */
export class Reader {
  readonly #files: Files;
  /** Whether a path is a file, as far as that was answered. */
  readonly #answers = new Map<string, boolean>();
  /** What was asked for and is not answered, with the files among all that is asked for with it. */
  readonly #asked = new Map<string, Promise<ReadonlySet<string>>>();
  readonly #texts = new Map<string, Promise<string | undefined>>();
  #open: { readonly paths: Set<string>; readonly answer: Promise<ReadonlySet<string>> } | undefined;
  #list: Promise<Paths> | undefined;
  #index: PathIndex | undefined;
  readonly #matching = new Map<RegExp, Promise<readonly string[]>>();
  #byName: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  /** @returns The given paths that are files, in the given order. */
  async having(paths: readonly string[]): Promise<readonly string[]> {
    const files: string[] = [];
    const open = new Set<Promise<ReadonlySet<string>>>();
    const index = this.#known();
    for (const path of paths) {
      if (index?.mayHold(path) === false) continue;
      const answer = this.#answers.get(path);
      if (answer === true) files.push(path);
      else if (answer === undefined && plain(path)) open.add(this.#ask(path));
    }
    if (open.size === 0) return files;
    const answers = [new Set(files), ...(await Promise.all(open))];
    return paths.filter((path) => answers.some((present) => present.has(path)));
  }

  /** Whether all paths are known, so that a path which is no file costs no question. */
  isListed(): boolean {
    return this.#known() !== undefined;
  }

  /** @returns The files that a path may mean, most likely first; without those that are known not to be there. */
  candidates(path: string): readonly string[] {
    return this.#known()?.candidates(path) ?? candidates(path);
  }

  /** @returns The same for a path of a program. */
  moduleCandidates(path: string): readonly string[] {
    return moduleCandidates(path, this.candidates(path));
  }

  /** @returns The text of a file, or undefined where there is none. */
  text(path: string): Promise<string | undefined> {
    const cached = this.#texts.get(path);
    if (cached) return cached;
    const text = plain(path) ? this.#files.text(path) : Promise.resolve(undefined);
    this.#texts.set(path, text);
    return text;
  }

  /** @returns Every path of the snapshot outside `node_modules`. */
  async list(): Promise<readonly string[]> {
    return (await this.#paths()).own;
  }

  /** @returns Every path of the snapshot inside of `node_modules`. */
  async installed(): Promise<readonly string[]> {
    return (await this.#paths()).installed;
  }

  /** @returns Every path of the snapshot outside `node_modules` whose file bears a name, in the order of the list. */
  async named(name: string): Promise<readonly string[]> {
    this.#byName ??= this.list().then(byName);
    return (await this.#byName).get(name) ?? [];
  }

  /**
   * @param pattern One that stays: what matches it is looked for once.
   * @returns Every path of the snapshot outside `node_modules` that matches, in the order of the list.
   */
  matching(pattern: RegExp): Promise<readonly string[]> {
    const matching =
      this.#matching.get(pattern) ?? this.list().then((paths) => paths.filter((path) => pattern.test(path)));
    this.#matching.set(pattern, matching);
    return matching;
  }

  #paths(): Promise<Paths> {
    this.#list ??= this.#files.list().then((paths) => {
      const installed = paths.filter((path) => /(?:^|\/)node_modules\//.test(path));
      if (installed.length === 0) return { own: paths, installed };
      const inside = new Set(installed);
      return { own: paths.filter((path) => !inside.has(path)), installed };
    });
    return this.#list;
  }

  #known(): PathIndex | undefined {
    if (this.#index) return this.#index;
    const paths = this.#files.listed?.();
    if (paths) this.#index = new PathIndex(paths);
    return this.#index;
  }

  #ask(path: string): Promise<ReadonlySet<string>> {
    const answer = this.#asked.get(path);
    if (answer) return answer;
    this.#open ??= this.#batch();
    this.#open.paths.add(path);
    this.#asked.set(path, this.#open.answer);
    return this.#open.answer;
  }

  #batch(): { paths: Set<string>; answer: Promise<ReadonlySet<string>> } {
    const paths = new Set<string>();
    const answer = Promise.resolve().then(async () => {
      this.#open = undefined;
      const present = await this.#files.existing([...paths]);
      if (this.#answers.size > MOST_ANSWERS) this.#answers.clear();
      for (const path of paths) {
        this.#answers.set(path, present.has(path));
        this.#asked.delete(path);
      }
      return present;
    });
    return { paths, answer };
  }
}

function byName(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const name = posix.basename(path);
    const group = groups.get(name);
    if (group) group.push(path);
    else groups.set(name, [path]);
  }
  return groups;
}

/** Paths are made from specifiers, which may hold anything: what no project would name a file is not asked for. */
function plain(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return path !== '' && path.length <= 1024 && !/[\0-\x1f\x7f]/.test(path);
}
