import type { Contributor } from '../judge.ts';

/** What a run of a build server has to check. `since` are the states to compare with, the best one that exists counts. */
export type Plan =
  | {
      readonly kind: 'range';
      readonly since: readonly string[];
      readonly until: string;
      readonly contributor: Contributor;
    }
  | { readonly kind: 'all' }
  | { readonly kind: 'nothing'; readonly why: string }
  /** An event of this name is not known, or none that brings a change. */
  | { readonly kind: 'unknown'; readonly event: string }
  /** What the server says is not what such an event has. */
  | { readonly kind: 'unreadable'; readonly event: string };

/** The commit that is checked out, with the ids of its parents, whether the clone has them or not. */
export interface Head {
  readonly oid: string;
  readonly parents: readonly string[];
}

/** A push, in the words of every server. */
export interface Push {
  /** The branch: `main`; null for a tag. */
  readonly branch: string | null;
  readonly defaultBranch: string;
  /** What was there before; only zeros for what is new. */
  readonly oldCommit: string;
  readonly newCommit: string;
  /** What the clone calls the server: `origin`, if left out. */
  readonly remote?: string;
}

/**
 * A branch is compared with where it left the default branch, however often it was pushed before: else a push that is
 * stopped would pass the second time. Only the default branch is compared with what was there.
 */
export function planOfPush({ branch, defaultBranch, oldCommit, newCommit, remote }: Push): Plan {
  if (/^0+$/.test(newCommit)) return { kind: 'nothing', why: 'the branch was deleted' };
  const isDefault = branch === defaultBranch;
  if (isDefault && /^0+$/.test(oldCommit)) return { kind: 'all' };
  const since = isDefault ? oldCommit : tracked(defaultBranch, remote);
  return { kind: 'range', since: [since], until: newCommit, contributor: { kind: 'writer' } };
}

/** @returns The ref that a clone keeps for a branch of the server. */
export function tracked(branch: string, remote = 'origin'): string {
  return `refs/remotes/${remote}/${branch}`;
}
