import type { GitError } from '../git/git.ts';
import type { Fault } from '../model/fault.ts';

/** @returns What a failure of git means for whoever wanted something checked. */
export function gitFault(error: GitError): Fault {
  const { message } = error;
  const next = `${nextStep(error)} Nothing was checked.`;
  return { kind: 'git', file: null, line: null, column: null, message, next };
}

function nextStep({ message, exitCode }: GitError): string {
  if (exitCode === null)
    return 'Install git, and make sure that its folder is on PATH and outside of the repository.';
  // https://git-scm.com/docs/partial-clone: nothing is fetched behind anybody's back.
  if (message.includes('promisor remote'))
    return 'This clone is partial. Fetch what it lacks with `git fetch --refetch --no-filter`, or leave out `filter` in the checkout step.';
  return 'Fix the problem that git reports and run again.';
}
