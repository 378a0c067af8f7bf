import type { Git } from '../git/git.ts';
import type { Repository } from '../git/repository.ts';
import type { Fault } from '../model/fault.ts';
import type { ScopeName } from '../model/finding.ts';
import type { Scope } from '../model/snapshot.ts';
import type { Base } from './diff-view.ts';

/** Larger files are named as faults and never held in memory. In bytes. */
export const READ_LIMIT = 64 * 1024 * 1024;

/** What a caller asks to have checked. Paths are relative to the root, with `/`. */
export type ScopeRequest =
  | {
      readonly kind: 'staged';
      /** Only these files, and those in these folders. */ readonly paths?: readonly string[];
    }
  | {
      readonly kind: 'worktree';
      /** The commit that it is compared with; left out: HEAD. */ readonly from?: Base;
    }
  | {
      /** Files as somebody is about to write them. */
      readonly kind: 'edits';
      readonly buffers: ReadonlyMap<string, string>;
      /** The commit that they are compared with; null before the first one. */ readonly from: Base | null;
    }
  | { readonly kind: 'since'; readonly from: string; readonly to: string }
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | {
      readonly kind: 'all';
      /** A part of the project: only these files, and those in these folders. */ readonly paths?: readonly string[];
      /** Texts that count in place of those on disk. */ readonly buffers?: ReadonlyMap<string, string>;
    }
  | {
      readonly kind: 'stdin';
      readonly path: string;
      readonly newOnly: boolean;
      readonly buffers: ReadonlyMap<string, string>;
    };

/** @returns What the scope of a request is called: edits are texts of nobody's files yet, as standard input is. */
export function scopeNameOf({ kind }: Pick<ScopeRequest, 'kind'>): ScopeName {
  return kind === 'edits' ? 'stdin' : kind;
}

/** @returns The texts that count in place of those on disk, by path. */
export function buffersOf(request: ScopeRequest): ReadonlyMap<string, string> {
  return 'buffers' in request ? (request.buffers ?? new Map<string, string>()) : new Map<string, string>();
}

/** Whose whitelist and config judge. `auto` leaves it to the base's config and to where the change comes from. */
export type PolicyChoice = 'auto' | 'head' | 'base';

/** Where a scope is opened. `repository` and `git` are null outside of a repository. */
export interface ProjectLocation {
  readonly root: string;
  readonly repository: { readonly git: Git; readonly paths: Repository } | null;
  /** `auto` counts for a range of commits; in all other scopes it is the head. */
  readonly policyFrom: PolicyChoice;
  /**
   * Outside of a repository: `root` is the folder of one open file and no project, so that only the files
   * beside it count. Nobody walks through a home folder for the sake of one file.
   */
  readonly shallow?: true;
}

/** A scope that is ready to be read; `close` ends the git process behind it. */
export type OpenedScope =
  | { readonly kind: 'open'; readonly scope: Scope; readonly close: () => void }
  | { readonly kind: 'fault'; readonly fault: Fault };
