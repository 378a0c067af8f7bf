import { GitError, runGit } from '../../git/git.ts';
import { inAssistant } from '../../model/assistant-environment.ts';
import { locateProject } from '../../app/locate.ts';
import type { ExitCode, CommandContext } from '../context.ts';
import { checkCommand, type CheckFlags } from './check.ts';
import { TOOL } from '../../model/tool.ts';

/**
 * Checks what is about to be committed: the range that the pre-commit framework names, else what is
 * staged, else the files that a hook manager names. The framework names files in every case; they are what
 * is meant only under `pre-commit run --all-files` and `--files`, when nothing is staged
 * (https://pre-commit.com/#pre-commit-run).
 */
export async function preCommit(files: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { env } = context;
  if (isSwitchedOff(context)) return 0;
  const inHook = { inHook: true, policyFrom: 'head' } as const;
  if (env['PRE_COMMIT_REMOTE_BRANCH']) {
    const { checkFrameworkPush } = await import('./pre-push.ts');
    return checkFrameworkPush(context);
  }
  const range = rangeOf(env);
  if (range) return checkCommand([], { ...inHook, ...range }, context);
  if (files.length > 0 && !(await isAnythingStaged(context))) return checkCommand(files, inHook, context);
  return checkCommand([], { ...inHook, staged: true }, context);
}

/** @returns Whether a person has switched the hooks off, which is said. An assistant switches nothing off. */
export function isSwitchedOff({ env, stderr }: CommandContext): boolean {
  if (env['CHECK_IMPORTS'] !== '0') return false;
  if (inAssistant(env)) {
    stderr.write(`${TOOL}: a coding assistant can’t switch this off; CHECK_IMPORTS is ignored.\n`);
    return false;
  }
  stderr.write(`${TOOL}: switched off by CHECK_IMPORTS=0; nothing was checked.\n`);
  return true;
}

/** `pre-commit run --from-ref --to-ref`. */
function rangeOf(env: CommandContext['env']): Pick<CheckFlags, 'since' | 'until'> | null {
  const from = env['PRE_COMMIT_FROM_REF'];
  const to = env['PRE_COMMIT_TO_REF'];
  return from && to ? { since: from, until: to } : null;
}

/** Before the first commit everything in the index is. Outside of a repository nothing is. */
async function isAnythingStaged(context: CommandContext): Promise<boolean> {
  const { repository } = locateProject(context, 'head');
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
