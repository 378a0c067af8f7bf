import type { Scope, Snapshot } from '../model/snapshot.ts';
import { foldersBelowRoot } from '../text/paths.ts';
import type { Stamp } from './disk.ts';

/** What happened to a file: on disk, or because a text of it was opened, edited or closed. */
export type FileChange = 'created' | 'changed' | 'deleted';

/**
 * What a check asked the project for: only another answer can change what it found. So it tells whom a file concerns,
 * whatever the file is called: a module, a manifest, a config, a whitelist or what extends one.
 */
export class ReadRecord {
  readonly #texts = new Set<string>();
  readonly #names = new Map<string, Stamp | null>();
  readonly #folders = new Set<string>();
  readonly #stamp: (path: string) => Stamp | null;
  #isListed = false;

  /** @param stamp null for a file whose text an editor has open. */
  constructor(stamp: (path: string) => Stamp | null) {
    this.#stamp = stamp;
  }

  /** @param stamp As it was when the file was read; left out where that is now. */
  noteText(path: string, stamp?: Stamp | null): void {
    this.#texts.add(path);
    this.noteName(path, stamp);
  }

  /** @param stamp As of {@link noteText}. */
  noteName(path: string, stamp?: Stamp | null): void {
    if (this.#names.has(path)) return;
    this.#names.set(path, stamp === undefined ? this.#stamp(path) : stamp);
    for (const folder of foldersBelowRoot(path)) this.#folders.add(folder);
  }

  noteList(): void {
    this.#isListed = true;
  }

  /**
   * @param ignores Whether the project leaves a path out.
   * @returns Whether a change of a file, or of a folder with all that it holds, can change what was found.
   */
  dependsOn(path: string, change: FileChange, ignores: (path: string) => boolean): boolean {
    if (this.#texts.has(path)) return true;
    // What decides which files git ignores.
    if (path === '.gitignore' || path.endsWith('/.gitignore')) return this.#isListed;
    if (change === 'changed') return this.#names.get(path) === '';
    return this.#names.has(path) || this.#folders.has(path) || (this.#isListed && !ignores(path));
  }

  /** @returns Whether a file that was asked for is another one by now. @param stamp As of the constructor, and now. */
  isOutdated(stamp: (path: string) => Stamp | null): boolean {
    for (const [path, previous] of this.#names) {
      const current = previous === null ? null : stamp(path);
      if (current !== null && current !== previous) return true;
    }
    return false;
  }
}

/** @returns A scope whose head writes down what it is asked for. */
export function recordedScope(scope: Scope, record: ReadRecord): Scope {
  return withHead(scope, recorded(scope.head, record));
}

/** @returns A scope with another head, also where that is the state whose policy holds, or which is trusted. */
export function withHead(scope: Scope, head: Snapshot): Scope {
  const stateOf = (snapshot: Snapshot) => (snapshot === scope.head ? head : snapshot);
  return { ...scope, head, policy: stateOf(scope.policy), trustedBases: scope.trustedBases.map(stateOf) };
}

function recorded(snapshot: Snapshot, record: ReadRecord): Snapshot {
  return {
    label: snapshot.label,
    read: (path) => {
      record.noteText(path);
      return snapshot.read(path);
    },
    having: (paths) => {
      for (const path of paths) record.noteName(path);
      return snapshot.having(paths);
    },
    list: () => {
      record.noteList();
      return snapshot.list();
    },
    links: () => snapshot.links(),
    contentIds: (paths) => snapshot.contentIds(paths),
    search: (words) => snapshot.search(words),
  };
}
