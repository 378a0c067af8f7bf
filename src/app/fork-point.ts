import type { Git } from '../git/git.ts';
import { commitId, commitRefs, mergeBase } from '../git/repository.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { openScope } from '../snapshots/scope.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';

/** The state in which a branch left the default branch. */
export interface ForkPoint {
  readonly snapshot: Snapshot;
  /** The default branch, as people write it: `origin/main`. */
  readonly branch: string;
  readonly close: () => void;
}

/** What a clone takes for the default branch of the remote that it came from. */
const clonedBranch = 'refs/remotes/origin/HEAD';

/**
 * Where the default branch is looked for, the first one that is there: as the clone knows it, then by the names that git
 * and its hosts give to a first branch.
 */
const usualBranches = [
  clonedBranch,
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
] as const;

/**
 * @returns The state that HEAD and the default branch have in common, to be closed. null where that is HEAD itself, and
 *   where nobody can tell: without a default branch, without a commit, and where history is cut off.
 */
export async function openForkPoint(location: ProjectLocation): Promise<ForkPoint | null> {
  const { repository } = location;
  if (repository === null) return null;
  const { head, fork } = await forkOf(repository.git);
  if (head === null || fork === null) return null;
  const opened = await openScope({ kind: 'since', from: fork.commit, to: head }, location);
  if (opened.kind === 'fault') return null;
  const [snapshot] = opened.scope.bases;
  return snapshot === undefined ? null : { snapshot, branch: fork.branch, close: opened.close };
}

/** The commit of HEAD, and the one at which it left the default branch. */
export interface Fork {
  /** null before the first commit. */
  readonly head: string | null;
  /** null where that is HEAD itself, and where nobody can tell. `branch`: the default branch, as people write it. */
  readonly fork: {
    readonly commit: string;
    readonly branch: string;
    /** It is what a merge brings that is being made. */
    readonly isMerged: boolean;
  } | null;
}

/**
 * @param merged The commit that is being merged; left out where none is.
 * @returns Where the current branch, or what is merged into it, left the default branch.
 */
export async function forkOf(git: Git, merged?: string): Promise<Fork> {
  const [head, branch] = await Promise.all([commitId(git, 'HEAD'), trunkOf(git)]);
  if (head === null || branch === null || branch.commit === head) return { head, fork: null };
  const { name } = branch;
  const commit = await mergeBase(git, branch.commit, head);
  if (merged !== undefined) {
    const brought = await mergeBase(git, branch.commit, merged);
    if (brought !== null && brought !== commit && (await mergeBase(git, brought, head)) === commit)
      return { head, fork: { commit: brought, branch: name, isMerged: true } };
  }
  return {
    head,
    fork: commit === null || commit === head ? null : { commit, branch: name, isMerged: false },
  };
}

/** @returns The default branch with its last commit; null where there is none here. */
async function trunkOf(git: Git): Promise<{ readonly name: string; readonly commit: string } | null> {
  const refs = await commitRefs(git, usualBranches);
  const branches = usualBranches.map((name) => refs.find((ref) => ref.name === name));
  const trunk = branches.find((ref) => ref !== undefined);
  if (trunk === undefined) return null;
  const name = (trunk.target ?? trunk.name).replace(/^refs\/(?:remotes|heads)\//, '');
  return { name, commit: trunk.commit };
}
