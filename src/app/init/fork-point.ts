import { commitId, defaultBranch, mergeBase } from '../../git/repository.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { openScope } from '../../snapshots/scope.ts';
import type { ProjectLocation } from '../../snapshots/scope-request.ts';

/** The state in which a branch left the default branch. */
export interface ForkPoint {
  readonly snapshot: Snapshot;
  /** The default branch, as people write it: `origin/main`. */
  readonly branch: string;
  readonly close: () => void;
}

/**
 * Where the default branch is looked for if the clone does not know it, the first one that is there: the names that git
 * and its hosts give to a first branch.
 */
const usualBranches = ['remotes/origin/main', 'remotes/origin/master', 'heads/main', 'heads/master'] as const;

/**
 * @returns The state that HEAD and the default branch have in common, to be closed. null where that is HEAD itself, and
 *   where nobody can tell: without a default branch, without a commit, and where history is cut off.
 */
export async function openForkPoint(location: ProjectLocation): Promise<ForkPoint | null> {
  const { repository } = location;
  if (repository === null) return null;
  const head = await commitId(repository.git, 'HEAD');
  const branch = await trunkOf(repository.git);
  if (head === null || branch === null) return null;
  const fork = await mergeBase(repository.git, branch.commit, head);
  if (fork === null || fork === head) return null;
  const opened = await openScope({ kind: 'since', from: fork, to: head }, location);
  if (opened.kind === 'fault') return null;
  const [snapshot] = opened.scope.bases;
  return snapshot === undefined ? null : { snapshot, branch: branch.name, close: opened.close };
}

/** @returns The default branch with its last commit; null where there is none here. */
async function trunkOf(
  git: Parameters<typeof commitId>[0],
): Promise<{ readonly name: string; readonly commit: string } | null> {
  const clonedBranch = await defaultBranch(git, 'origin');
  const branches =
    clonedBranch === null ? usualBranches : [`remotes/origin/${clonedBranch}`, ...usualBranches];
  for (const branch of branches) {
    const commit = await commitId(git, `refs/${branch}`);
    if (commit !== null) return { name: branch.replace(/^(?:remotes|heads)\//, ''), commit };
  }
  return null;
}
