import { runGit, type Git } from '../git/git.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';

/**
 * Can a file be staged so that this adds nothing but what is written on top of it? `mixed`: it has other changes that
 * are not staged. `filtered`: git would start a program for it.
 */
export type Stageability =
  { readonly kind: 'clean' | 'mixed' } | { readonly kind: 'filtered'; readonly filter: string };

/**
 * Compares a text of the work tree with what the index has. Line ends and encodings are converted as `git add` does.
 *
 * @param path Relative to the root. @param text null where there is no such file.
 */
export async function stageabilityOf(
  { repository }: ProjectLocation,
  path: string,
  text: string | null,
): Promise<Stageability> {
  if (!repository) return { kind: 'mixed' };
  const { git } = repository;
  const filter = await filterOf(git, path);
  if (filter !== null) return { kind: 'filtered', filter };
  const [staged] = await stagedBlobs(git, path);
  if (text === null || staged === undefined)
    return { kind: text === null && staged === undefined ? 'clean' : 'mixed' };
  const oid = await runGit(git, ['blobId', `--path=${path}`], text);
  return { kind: oid.toString('latin1').trim() === staged ? 'clean' : 'mixed' };
}

/** @returns Whether git's index has every one of some files. */
export async function areTracked(git: Git, paths: readonly string[]): Promise<boolean> {
  const blobs = await Promise.all(paths.map((path) => stagedBlobs(git, path)));
  return blobs.every(({ length }) => length > 0);
}

/** @returns What holds for several files that are staged together: the worst of them; null where there is none. */
export function stateOfAll(states: readonly Stageability[]): Stageability | null {
  const [first] = states;
  return (
    states.find(({ kind }) => kind === 'filtered') ??
    states.find(({ kind }) => kind === 'mixed') ??
    first ??
    null
  );
}

/** @returns The name of the filter that attributes give to a path (https://git-scm.com/docs/gitattributes#_filter). */
async function filterOf(git: Git, path: string): Promise<string | null> {
  const answer = await runGit(git, ['attribute', 'filter', '--', path]);
  const value = answer.toString('utf8').split('\0')[2] ?? 'unspecified';
  return ['unspecified', 'unset', 'set'].includes(value) ? null : value;
}

/** @returns What the index has at a path; with conflicts, that is no one blob, and none of them is the file's. */
async function stagedBlobs(git: Git, path: string): Promise<string[]> {
  const entries = (await runGit(git, ['tracked', '--', path])).toString('latin1').split('\0');
  return entries.filter(Boolean).map((entry) => /^\d+ ([0-9a-f]+) 0\t/.exec(entry)?.[1] ?? '');
}
