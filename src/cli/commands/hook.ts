import { GitError, runGit } from '../../git/git.ts';
import { findGround } from '../../app/locate.ts';
import type { ExitCode, World } from '../../app/process.ts';
import { checkCommand, type CheckFlags } from './check.ts';

/**
 * Checks what is about to be committed: the range that the pre-commit framework names, else what is
 * staged, else the files that a hook manager names. The framework names files in every case; they are what
 * is meant only under `pre-commit run --all-files` and `--files`, when nothing is staged
 * (https://pre-commit.com/#pre-commit-run).
 */
export async function preCommit(files: readonly string[], world: World): Promise<ExitCode> {
  const { env, stderr } = world;
  if (env['CHECK_IMPORTS'] === '0') {
    stderr.write('check-imports: switched off by CHECK_IMPORTS=0; nothing was checked.\n');
    return 0;
  }
  const inHook = { format: [], inHook: true };
  const range = rangeOf(env);
  if (range) return checkCommand([], { ...inHook, ...range }, world);
  if (files.length > 0 && !(await isAnythingStaged(world))) return checkCommand(files, inHook, world);
  return checkCommand([], { ...inHook, staged: true }, world);
}

/** `pre-commit run --from-ref --to-ref`, and its pre-push stage. */
function rangeOf(env: World['env']): Pick<CheckFlags, 'since' | 'until'> | null {
  const from = env['PRE_COMMIT_FROM_REF'];
  const to = env['PRE_COMMIT_TO_REF'];
  return from && to ? { since: from, until: to } : null;
}

/** Before the first commit everything in the index is. Outside of a repository nothing is. */
async function isAnythingStaged(world: World): Promise<boolean> {
  const { repository } = findGround(world, 'next');
  if (!repository) return false;
  try {
    await runGit(repository.git, ['differs', 'HEAD', '--']);
    return false;
  } catch (error) {
    // 1: there is a difference; 128: there is no HEAD to differ from.
    if (error instanceof GitError) return true;
    throw error;
  }
}
