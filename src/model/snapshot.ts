import type { Fault } from './fault.ts';
import type { ScopeName } from './finding.ts';

/** The outcome of reading one file of a snapshot. */
export type FileRead =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'tooLarge';
      readonly size: number;
      /** Its first bytes. */
      readonly start: Uint8Array;
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A symbolic link that git tracks, and what it leads to; null where that is no file and no folder of the snapshot. */
export interface Link {
  readonly path: string;
  readonly end: { readonly kind: 'file' | 'folder'; readonly path: string } | null;
}

/** The paths of a snapshot. Nothing stands at any other path, but for what lies below a symbolic link. */
export interface PathSets {
  readonly files: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
}

/**
 * The content of a project at one moment: the index, a commit, or the work tree with open buffers.
 * Paths are relative to the repository's root, with `/`; bytes that are not UTF-8 stand as lone
 * surrogates (U+DC80 to U+DCFF), as in Python's PEP 383. Submodules are no files. A symbolic link is what it leads
 * to inside of the snapshot, and nothing where it leads out of it or nowhere. A file has one path: `./a` is none.
 */
export interface Snapshot {
  /** What messages call it: `the index`, `HEAD`, `the work tree`. */
  readonly label: string;
  read(path: string): Promise<FileRead>;
  /** Which of the paths are files of the snapshot; cheaper than reading or listing them. */
  having(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** Without symbolic links. */
  list(): Promise<readonly string[]>;
  /** All paths where they were listed already; null, or no such question, where they were not. */
  listed?(): PathSets | null;
  links(): Promise<readonly Link[]>;
  /**
   * Which contents the files at some paths have, without reading them: a path that leads along a symbolic link has those
   * of its end. null where nobody knows before they are read.
   */
  contentIds(paths: readonly string[]): Promise<ReadonlyMap<string, string> | null>;
  /**
   * @param words Texts without line breaks. One counts where neither a letter, a digit nor `_` stands beside it.
   * @param within Paths that are looked at; left out where all are.
   * @returns The paths of the files that hold one of the words, and why some were not looked at, '' where all were; null
   *   where the state is no commit.
   */
  search(
    words: readonly string[],
    within?: readonly string[],
  ): Promise<{ readonly paths: readonly string[]; readonly complaint: string } | null>;
}

/**
 * One file that a scope looks at. `previous` are its paths in each base: the one that git follows it from, and the one
 * where all of its content stood; none where it is new there.
 */
export interface Change {
  readonly path: string;
  readonly previous: readonly (readonly string[])[];
}

/** The paths that a change touches; one may be told more than once. */
export interface Touched extends Iterable<string> {
  has(path: string): boolean;
}

/** A state and those that it was made of: the parents of a merge; of any other commit, the one before. */
export interface Merge {
  readonly head: Snapshot;
  readonly bases: readonly Snapshot[];
  /** The states in which two of the bases had last been one; none where there is only one base. */
  readonly forks: () => Promise<readonly Snapshot[]>;
}

/** A commit with the states before it, and everybody whom it names: `Ada L <ada@example.org>`. */
export interface SignedChange extends Merge {
  readonly commit: string;
  readonly identities: readonly string[];
}

/**
 * What one run judges. `head` is the new state, and also what first-party modules are looked up in;
 * `bases` are the states that it is compared with (none: everything is new); the manifests of `trustedBases`
 * count as decided before; whitelist and config come from `policy`.
 */
export interface Scope extends Merge {
  readonly name: ScopeName;
  readonly trustedBases: readonly Snapshot[];
  readonly policy: Snapshot;
  /** The work tree where it is not what is judged: it decides nothing and explains what is missing. */
  readonly workTree: Snapshot | null;
  readonly changes: readonly Change[];
  /** The symbolic links that the change adds or edits, as far as git tracks them: they stand for files and folders. */
  readonly links: readonly string[];
  /** Whether the scope looks at what stands at a path, as far as it changes. */
  readonly holds: (path: string) => boolean;
  /**
   * Every path that the change adds, edits, renames or removes, under its old and its new name; null where
   * there is no state before, or files count that git does not track.
   */
  readonly touched: Touched | null;
  /** The same for the files that git tracks; null where there is no state before. */
  readonly compared: Touched | null;
  /**
   * The merges that lie between base and head and in which one of these files differs from a parent. git is asked only
   * where the scope is more than one commit.
   */
  readonly merges: (paths: readonly string[]) => Promise<readonly Merge[]>;
  /** The commits between base and head that change one of these files, the newest first. */
  readonly changers: (paths: readonly string[]) => Promise<readonly SignedChange[]>;
  /** Where the branch is by now that the change left at its base; null where that is the base itself. */
  readonly tip: Snapshot | null;
  readonly faults: readonly Fault[];
}

/** Of a scope that is made of no merges, whose bases are where they were, that edits no link, and that leaves no path out. */
export const noHistory: Pick<Scope, 'forks' | 'links' | 'holds' | 'merges' | 'changers' | 'tip'> = {
  tip: null,
  holds: () => true,
  links: [],
  forks: () => Promise.resolve([]),
  merges: () => Promise.resolve([]),
  changers: () => Promise.resolve([]),
};
