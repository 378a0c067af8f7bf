import { findGit } from '../git/git.ts';
import { findRepository } from '../git/repository.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import type { ProcessContext } from './process.ts';

/**
 * Finds what a command works on: the repository of the working folder, or, outside of one, the folder.
 *
 * @throws GitError when there is a repository and no git.
 */
export function locateProject(
  { cwd, env }: ProcessContext,
  policyFrom: ProjectLocation['policyFrom'],
): ProjectLocation {
  const paths = findRepository(cwd, env);
  if (!paths) return { root: cwd, repository: null, policyFrom };
  return { root: paths.root, repository: { git: findGit(paths.root, env), paths }, policyFrom };
}
