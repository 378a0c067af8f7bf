import type { FileChange } from './file-change.ts';
import type { CheckedHook, ToolCalls } from '../starts/script.ts';

/** A file that a hook manager reads. `broken` says why nobody may edit it as text. */
export interface HookFile {
  readonly text: string;
  readonly executable: boolean;
  readonly broken: 'binary' | null;
}

/** What hook managers may know of the repository they are recognised in. */
export interface HookEnvironment {
  /** The work tree's top folder, absolute. */
  readonly root: string;
  /** The folder that git takes hooks from, absolute. */
  readonly hooksFolder: string;
  /** Does `core.hooksPath` name that folder? */
  readonly hooksPathSet: boolean;
  /** Does that folder belong to this repository alone? */
  readonly hooksAreOwn: boolean;
  readonly calls: ToolCalls;
  /** The manifest that brings this tool, relative to the root; null where none does. */
  readonly manifest: string | null;
  /** The virtual environment of Python that this process runs from, absolute; null where it runs from none. */
  readonly ownEnvironment: string | null;
  /** This tool's version. */
  readonly version: string;
  /** @param path Absolute, or relative to the root. */
  read(path: string): Promise<HookFile | null>;
  /** Is there a file or folder? @param path As for `read`. */
  exists(path: string): Promise<boolean>;
}

/** The changes that make a manager call this tool, or why they can't be made and what a person can do. */
export type HookPlan =
  | { readonly kind: 'plan'; readonly changes: readonly FileChange[] }
  | { readonly kind: 'refused'; readonly message: string; readonly next: string };

/**
 * Whether a commit, or a push, reaches this tool through a manager. `effective`: git calls `file`, or calls the
 * manager that does. `outdated`: so it does, and the lines are those of an older version, which start what git tracks.
 * `partial`: so it does, and a merge that git commits by itself does not before `next` is done. `inactive`: `file` holds the
 * call and git does not come there before `next` is done. `available`: the same, of a call that nobody asked for.
 */
export type HookState =
  | { readonly kind: 'effective'; readonly file: string }
  | {
      readonly kind: 'outdated' | 'partial' | 'inactive' | 'available';
      readonly file: string;
      readonly next: string;
    }
  | { readonly kind: 'absent' };

/** What shows that a repository uses a manager, to be read after "because"; `setUp`: git calls it in this clone. */
export interface DetectedManager {
  readonly reason: string;
  readonly active: boolean;
}

/** One way in which repositories have their hooks called. Adding one is a file here and a line in the list. */
export interface HookManager {
  readonly id: string;
  /** @returns null where nothing shows that the repository uses it. */
  detect(site: HookEnvironment): Promise<DetectedManager | null>;
  /** @param selection Which hooks, besides those of commits. What `install` has put in before stays. */
  install(site: HookEnvironment, selection: HookSelection): Promise<HookPlan>;
  /** @returns The changes that take out exactly what `install` put in. */
  remove(site: HookEnvironment): Promise<readonly FileChange[]>;
  state(site: HookEnvironment, hook: CheckedHook): Promise<HookState>;
}

/** Which hooks `init` is asked for: commits are checked in every case. */
export interface HookSelection {
  /** Is what is pushed checked too? */
  readonly push: boolean;
}

/** The hooks that stand before a commit: git calls the second one for a merge without conflicts. */
export const hookNames = ['pre-commit', 'pre-merge-commit'] as const;

/** Every hook that `init` may write lines for. */
export const allHookNames = [...hookNames, 'pre-push'] as const;

export type HookName = (typeof allHookNames)[number];

/** @returns Which command a hook of git calls. */
export function checkedHookOf(name: HookName): CheckedHook {
  return name === 'pre-push' ? name : 'pre-commit';
}
