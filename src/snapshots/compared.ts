import type { ChangedFile } from '../git/changes.ts';
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

/** Object ids that a diff has told, by path. */
export type KnownOids = (path: string) => string | undefined;

/** @returns Changes by their path in the newer state. */
export function byPath(changes: readonly ChangedFile[]): Compared['changes'] {
  const found = new Map<string, ChangedFile>();
  for (const change of changes) found.set(change.path, change);
  return found;
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
  const [first, ...others] = compared;
  for (const change of first?.changes.values() ?? []) {
    if (change.state === 'removed') continue;
    const same = others.flatMap(({ changes }) => changes.get(change.path) ?? []);
    if (same.length === others.length) yield [change, ...same];
  }
}

/** @returns Every path that differs from one of the bases, under its old and its new name. */
export function touchedIn(compared: readonly Compared[]): Touched {
  const moved = compared.map(({ changes }) => movedOids(changes));
  return {
    has: (path) => compared.some(({ changes }) => changes.has(path)) || moved.some((old) => old.has(path)),
    *[Symbol.iterator]() {
      for (const { changes } of compared) yield* changes.keys();
      for (const old of moved) yield* old.keys();
    },
  };
}

/** @returns The regular files that differ from one of the bases, as they are in the newer state. */
export function newOids(compared: readonly Compared[]): KnownOids {
  return (path) => {
    for (const { changes } of compared) {
      const found = changes.get(path);
      if (found?.oid && found.isRegular) return found.oid;
    }
    return undefined;
  };
}

/** @returns What differs from a base, as it is there. */
export function oldOids({ changes }: Compared): KnownOids {
  const moved = movedOids(changes);
  return (path) => {
    const old = changes.get(path)?.old;
    return moved.get(path) ?? (old?.path === path ? old.oid : null) ?? undefined;
  };
}

/** The files that have another path now, by their path in the base. */
function movedOids(changes: Compared['changes']): ReadonlyMap<string, string | null> {
  const moved = new Map<string, string | null>();
  for (const { path, old } of changes.values()) if (old && old.path !== path) moved.set(old.path, old.oid);
  return moved;
}
