import type { ChangedFile } from '../git/changes.ts';
import type { Entry } from '../git/tree.ts';
import type { Touched } from '../model/snapshot.ts';

/** One state that `next` is compared with: a commit, or the empty tree before the first one. */
export interface Base {
  readonly revision: string;
  readonly label: string;
}

/** A base with the files that differ from it, by their path in `next`. */
export interface Compared {
  readonly base: Base;
  readonly changes: ReadonlyMap<string, ChangedFile>;
}

/** What a diff tells of a state. */
export interface DiffView {
  /** @returns What stands at a path, or where a file was; undefined where the diff says nothing of it. */
  readonly at: (path: string) => Entry | undefined;
  /** The regular files that it tells of. */
  readonly files: () => Iterable<string>;
  /** The symbolic links that it tells of. */
  readonly links: () => Iterable<string>;
}

/** Of what was not compared. */
export const emptyDiff: DiffView = { at: () => undefined, files: () => [], links: () => [] };

/** @returns Changes by their path in the newer state. */
export function byPath(changes: readonly ChangedFile[]): Compared['changes'] {
  const changesByPath = new Map<string, ChangedFile>();
  for (const change of changes) changesByPath.set(change.path, change);
  return changesByPath;
}

/**
 * A merge changes what differs from every parent: what equals one of them was decided there. One at a time: there
 * may be ten thousand.
 *
 * @returns For each such file that is still there, what it changes against each base.
 */
export function* inEveryComparison(
  compared: readonly Compared[],
): Generator<readonly [ChangedFile, ...ChangedFile[]]> {
  const [first, ...otherComparisons] = compared;
  for (const change of first?.changes.values() ?? []) {
    if (change.state === 'removed') continue;
    const otherChanges = otherComparisons.flatMap(({ changes }) => changes.get(change.path) ?? []);
    if (otherChanges.length === otherComparisons.length) yield [change, ...otherChanges];
  }
}

/**
 * git follows a file to a path that is new, and not to one that was there: where two files swap their names, each is
 * told as edited.
 *
 * @returns The path that each content had in a base, where something else, or nothing, stands there now; by object id.
 */
export function displacedContents({ changes }: Compared): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { path, oid, old } of changes.values())
    if (old?.type === 'file' && old.oid !== null && (old.oid !== oid || old.path !== path))
      paths.set(old.oid, old.path);
  return paths;
}

/** @returns Every path that differs from one of the bases, under its old and its new name. */
export function touchedIn(compared: readonly Compared[]): Touched {
  const moved = compared.map(({ changes }) => movedPaths(changes));
  return {
    has: (path) => compared.some(({ changes }) => changes.has(path)) || moved.some((old) => old.has(path)),
    *[Symbol.iterator]() {
      for (const { changes } of compared) yield* changes.keys();
      for (const old of moved) yield* old.keys();
    },
  };
}

/** Stands where a file was: no file, no link and no folder of the base. */
const removed: Entry = { type: 'other', oid: '' };

/** @returns What differs from a base, as it is in the newer state. */
export function diffForHead({ changes }: Compared): DiffView {
  const moved = movedPaths(changes);
  return {
    at: (path) => {
      const change = changes.get(path);
      if (change) return entryOf(change);
      return moved.has(path) ? removed : undefined;
    },
    *files() {
      for (const { path, type } of changes.values()) if (type === 'file') yield path;
    },
    *links() {
      for (const { path, type } of changes.values()) if (type === 'link') yield path;
    },
  };
}

/** @returns What differs from a base, as it is there. */
export function diffForBase({ changes }: Compared): DiffView {
  const moved = movedPaths(changes);
  return {
    at: (path) => {
      const { old } = moved.get(path) ?? changes.get(path) ?? {};
      return old?.path === path ? entryOf(old) : undefined;
    },
    *files() {
      for (const { old } of changes.values()) if (old?.type === 'file') yield old.path;
    },
    *links() {
      for (const { old } of changes.values()) if (old?.type === 'link') yield old.path;
    },
  };
}

function entryOf({ type, oid }: Pick<ChangedFile, 'type' | 'oid'>): Entry {
  return oid === null ? removed : { type, oid };
}

/** The files that have another path now, by their path in the base. */
function movedPaths(changes: Compared['changes']): Compared['changes'] {
  const moved = new Map<string, ChangedFile>();
  for (const change of changes.values())
    if (change.old && change.old.path !== change.path) moved.set(change.old.path, change);
  return moved;
}
