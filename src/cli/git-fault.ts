import type { GitError } from '../git/git.ts';
import type { Fault } from '../model/fault.ts';

/** @returns What a failure of git means for whoever wanted something checked. */
export function gitFault({ message, exitCode }: GitError): Fault {
  const next =
    exitCode === null
      ? 'Install git, and see that its folder is on PATH and outside of the repository.'
      : 'Mend what git reports and run again.';
  return { kind: 'git', file: null, line: null, column: null, message, next: `${next} Nothing was checked.` };
}
