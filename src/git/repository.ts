import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isFileError, runGit, GitError, type Git } from './git.ts';
import { textIfThere } from './if-there.ts';

/** A repository's top folder and the folder with its HEAD and MERGE_HEAD; both absolute. */
export interface Repository {
  readonly root: string;
  readonly gitDir: string;
}

/**
 * Finds the repository of a folder as git does, without starting a process: GIT_DIR and GIT_WORK_TREE if
 * they are set (as in the hooks of linked worktrees and submodules), else the nearest `.git` upwards. Every run
 * waits for this, so it asks the file system directly, which is quicker than through promises.
 *
 * @returns null outside of a repository.
 */
export function findRepository(cwd: string, env: Git['env']): Repository | null {
  if (env['GIT_DIR']) {
    return {
      root: resolve(cwd, env['GIT_WORK_TREE'] ?? '.'),
      gitDir: resolve(cwd, env['GIT_DIR']),
    };
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const gitDir = gitDirOf(join(folder, '.git'));
    if (gitDir) return { root: folder, gitDir };
    if (dirname(folder) === folder) return null;
  }
}

/** `.git` is a folder, or, in linked worktrees and submodules, a file that names one. */
function gitDirOf(dotGit: string): string | null {
  try {
    if (statSync(dotGit).isDirectory()) return dotGit;
    const link = /^gitdir: (.+)$/m.exec(readFileSync(dotGit, 'utf8'))?.[1];
    return link ? resolve(dirname(dotGit), link) : null;
  } catch (error) {
    if (isFileError(error)) return null;
    throw error;
  }
}

/** @returns The folder with refs and objects, which linked worktrees share; absolute. */
export function commonFolder({ gitDir }: Repository): string {
  return resolve(gitDir, (textIfThere(join(gitDir, 'commondir')) ?? '').trim());
}

/**
 * The commits that are being merged into HEAD: MERGE_HEAD after a conflicted merge (it has a line for each
 * parent), and `GITHEAD_<oid>` variables while a clean merge runs pre-merge-commit, when there is no
 * MERGE_HEAD yet. git sets those for the children of a merge only.
 */
export function mergedParents({ gitDir }: Repository, env: Git['env']): string[] {
  const fromEnvironment = Object.keys(env)
    .map((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1])
    .filter((oid) => oid !== undefined);
  if (fromEnvironment.length > 0) return fromEnvironment;
  const text = textIfThere(join(gitDir, 'MERGE_HEAD')) ?? '';
  return text.split('\n').filter((line) => /^[0-9a-f]{40,64}$/.test(line));
}

/** @returns The object id of the empty tree, whatever hash the repository uses. */
export async function emptyTree(git: Git): Promise<string> {
  return (await runGit(git, ['emptyTree'])).toString('latin1').trim();
}

/** @returns The object id of a commit, or null where the name leads to none. */
export async function commitId(git: Git, revision: string): Promise<string | null> {
  try {
    return (await runGit(git, ['objectId', `${revision}^{commit}`])).toString('latin1').trim();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

/**
 * @returns The default branch of a remote, as the clone knows it since it was cloned, or since
 *   `git remote set-head REMOTE --auto`: `main`; null where it does not.
 */
export async function defaultBranch(git: Git, remote: string): Promise<string | null> {
  const folder = `refs/remotes/${remote}/`;
  try {
    const name = (await runGit(git, ['refName', `${folder}HEAD`])).toString('utf8').trim();
    return name.startsWith(folder) ? name.slice(folder.length) : null;
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

/** A ref, and the commit that it leads to. */
export interface CommitRef {
  readonly name: string;
  readonly commit: string;
  /** The ref that a symbolic one stands for; null where it is none. */
  readonly target: string | null;
}

/**
 * @param names Whole names, such as `refs/heads/main`.
 * @returns Those of the refs that lead to a commit, in no order. A symbolic ref without its branch leads nowhere.
 * @throws GitError where one leads to what the repository lacks.
 */
export async function commitRefs(git: Git, names: readonly string[]): Promise<readonly CommitRef[]> {
  const output = await runGit(git, ['refs', ...names]);
  return output
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [name = '', commit = '', type, target] = line.split('\t');
      // A name is also a pattern: of a folder it means all that stands there.
      if (type !== 'commit' || !names.includes(name)) return [];
      return [{ name, commit, target: target === undefined || target === '' ? null : target }];
    });
}

/** @returns The merge base of two commits, or null where their (perhaps shallow) histories have none. */
export async function mergeBase(git: Git, firstCommit: string, secondCommit: string): Promise<string | null> {
  try {
    return (await runGit(git, ['mergeBase', firstCommit, secondCommit])).toString('latin1').trim();
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return null;
    throw error;
  }
}

/**
 * @returns Every commit at which the histories of two commits had parted; several after merges in both directions, none
 *   where they have nothing in common here.
 */
export async function mergeBases(
  git: Git,
  firstCommit: string,
  secondCommit: string,
): Promise<readonly string[]> {
  try {
    const output = await runGit(git, ['mergeBases', firstCommit, secondCommit]);
    return output.toString('latin1').split('\n').filter(Boolean);
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return [];
    throw error;
  }
}

/** A merge commit with its parents, the first one first. */
export interface MergeCommit {
  readonly commit: string;
  readonly parents: readonly string[];
}

/**
 * Lists the merges between two commits in which one of the files differs from a parent. Without `--full-history` git
 * passes over a merge that equals one parent: just those undo what the other one did
 * (https://git-scm.com/docs/git-rev-list#_history_simplification).
 *
 * @param paths Taken literally, relative to the repository's root.
 * @returns The newest first.
 */
export async function mergesBetween(
  git: Git,
  { from, to }: { readonly from: string; readonly to: string },
  paths: readonly string[],
): Promise<readonly MergeCommit[]> {
  const output = await runGit(git, ['merges', `${from}..${to}`, '--', ...paths]);
  const lines = output.toString('latin1').split('\n');
  return lines.flatMap((line, at) => {
    const commit = /^commit ([0-9a-f]+)$/.exec(line)?.[1];
    return commit === undefined ? [] : [{ commit, parents: (lines[at + 1] ?? '').split(' ') }];
  });
}

/** @returns Whether the repository's history is cut off (`git clone --depth`). */
export async function isShallow(git: Git): Promise<boolean> {
  return (await runGit(git, ['isShallow'])).toString('latin1').trim() === 'true';
}
