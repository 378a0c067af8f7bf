import type { PathSets } from '../../../model/snapshot.ts';
import { candidates, isCandidate, stemsOf, withoutEnding } from './targets.ts';

/** The files of a project by the paths that they complete, for a run that has listed them anyway. */
export class PathIndex {
  readonly #paths: PathSets;
  readonly #byStem = new Map<string, string | string[]>();

  /** Every path is asked about, and few have a name that ends where that of a link does. */
  readonly #linkLengths: ReadonlySet<number>;

  constructor(paths: PathSets) {
    this.#paths = paths;
    this.#linkLengths = new Set([...paths.links].map(({ length }) => length));
    for (const path of paths.files) this.#add(path);
    for (const path of paths.links) this.#add(path);
  }

  /** @returns Whether a path may be a file: a listed one, or one that a symbolic link leads to. */
  mayHold(path: string): boolean {
    return this.#paths.files.has(path) || this.#isOnLink(path);
  }

  /** @returns What `candidates` returns for a path, without what is no file. */
  candidates(path: string): readonly string[] {
    if (this.#isOnLink(path)) return candidates(path);
    const inside = path === '' ? '' : `${path}/`;
    const spelled = [path, `${inside}package.json`].filter((file) => this.#isListed(file));
    const stems = [path, `${inside}index`, withoutEnding(path)];
    const completed = stems.flatMap((stem) => this.#byStem.get(stem) ?? []);
    const present = [...spelled, ...completed.filter((file) => isCandidate(file, path))];
    return present.length < 2 ? present : candidates(path).filter((file) => present.includes(file));
  }

  #isListed(path: string): boolean {
    return this.#paths.files.has(path) || this.#paths.links.has(path);
  }

  #add(path: string): void {
    for (const stem of stemsOf(path)) {
      const present = this.#byStem.get(stem);
      if (present === undefined) this.#byStem.set(stem, path);
      else if (typeof present === 'string') this.#byStem.set(stem, [present, path]);
      else present.push(path);
    }
  }

  #isOnLink(path: string): boolean {
    for (const length of this.#linkLengths) {
      const isPart = path.length === length || path[length] === '/';
      if (isPart && this.#paths.links.has(path.slice(0, length))) return true;
    }
    return false;
  }
}
