import type { CommandContext } from './context.ts';

/**
 * Variables that git sets for the programs that it starts. An editor that writes a commit message has them, and
 * the files that it opens may lie in any repository.
 */
const ofOneCommit = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

/** @returns The context of a server that lives longer than one commit, and never waits for a lock of git. */
export function serverContext(context: CommandContext): CommandContext {
  const env = Object.fromEntries(Object.entries(context.env).filter(([name]) => !ofOneCommit.includes(name)));
  return { ...context, env: { ...env, GIT_OPTIONAL_LOCKS: '0' } };
}
