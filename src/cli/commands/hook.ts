import type { ExitCode, World } from '../world.ts';
import { checkCommand } from './check.ts';

/**
 * Checks what is about to be committed: the range that the pre-commit framework names
 * (https://pre-commit.com/#arguments-pattern-in-hooks), else what is staged.
 */
export async function preCommit(files: readonly string[], world: World): Promise<ExitCode> {
  const { env, stderr } = world;
  if (env['CHECK_IMPORTS'] === '0') {
    stderr.write('check-imports: switched off by CHECK_IMPORTS=0; nothing was checked.\n');
    return 0;
  }
  const from = env['PRE_COMMIT_FROM_REF'];
  const to = env['PRE_COMMIT_TO_REF'];
  const range = from && to ? { since: from, until: to } : { staged: true };
  return checkCommand([], { format: [], ...range, inHook: true }, world);
}
