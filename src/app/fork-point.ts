import { GitError, type Git } from '../git/git.ts';
import { refReader } from '../git/ref-files.ts';
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
  const { head, fork } = await forkOf(repository);
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

/** The default branch, and its last commit. */
interface Trunk {
  readonly name: string;
  readonly commit: string;
}

/** Where HEAD and the default branch are; null where there is none. */
interface Tips {
  readonly head: string | null;
  readonly trunk: Trunk | null;
}

/**
 * @param merged The commit that is being merged; left out where none is.
 * @returns Where the current branch, or what is merged into it, left the default branch.
 * @throws GitError where the default branch leads to what the repository lacks.
 */
export async function forkOf(
  repository: NonNullable<ProjectLocation['repository']>,
  merged?: string,
): Promise<Fork> {
  const { git } = repository;
  const tips = tipsInFiles(repository);
  if (tips === null) return forkFrom(git, await tipsByGit(git), merged);
  try {
    return await forkFrom(git, tips, merged);
  } catch (error) {
    // The files do not say that a ref leads to a commit.
    if (error instanceof GitError) return forkFrom(git, await tipsByGit(git), merged);
    throw error;
  }
}

async function forkFrom(git: Git, { head, trunk }: Tips, merged: string | undefined): Promise<Fork> {
  if (head === null || trunk === null || trunk.commit === head) return { head, fork: null };
  const branch = trunk.name;
  const commit = await mergeBase(git, trunk.commit, head);
  if (merged !== undefined) {
    const brought = await mergeBase(git, trunk.commit, merged);
    if (brought !== null && brought !== commit && (await mergeBase(git, brought, head)) === commit)
      return { head, fork: { commit: brought, branch, isMerged: true } };
  }
  return { head, fork: commit === null || commit === head ? null : { commit, branch, isMerged: false } };
}

/** @returns null where only git can tell: also where something is missing, since then more counts than otherwise. */
function tipsInFiles({ git, paths }: NonNullable<ProjectLocation['repository']>): Tips | null {
  const read = refReader(paths, git.env);
  const head = read('HEAD');
  if (head.kind !== 'object') return null;
  for (const name of usualBranches) {
    const ref = read(name);
    if (ref.kind === 'unclear') return null;
    if (ref.kind === 'object')
      return { head: head.id, trunk: { name: branchName(ref.target ?? name), commit: ref.id } };
  }
  return null;
}

async function tipsByGit(git: Git): Promise<Tips> {
  const [head, refs] = await Promise.all([commitId(git, 'HEAD'), commitRefs(git, usualBranches)]);
  const branches = usualBranches.map((name) => refs.find((ref) => ref.name === name));
  const trunk = branches.find((ref) => ref !== undefined);
  if (trunk === undefined) return { head, trunk: null };
  return { head, trunk: { name: branchName(trunk.target ?? trunk.name), commit: trunk.commit } };
}

/** @returns A ref as people write it. */
function branchName(ref: string): string {
  return ref.replace(/^refs\/(?:remotes|heads)\//, '');
}
