import { join } from 'node:path';
import { installCompileCache, type KeepCode } from './code-cache.ts';

/** Starts the program. Only what is loaded from here on comes from the code cache. */
export async function main(): Promise<void> {
  const keepCode = cache();
  const { main: run } = await import('./main.ts');
  await run((isSettled) => {
    process.once('exit', () => {
      keepCode(isSettled);
    });
  });
}

/** Starts a thread that parses, in the same way. */
export async function parse(): Promise<void> {
  const keepCode = cache();
  const { answerParent } = await import('../app/parse-worker.ts');
  answerParent(() => {
    // Most runs start no such thread.
    keepCode(false);
  });
}

function cache(): KeepCode {
  // What an assistant waits for calls other functions than what a commit does: each has the code of its own runs.
  const folder = process.argv[2] === 'agent-hook' ? join('code', 'agent-hook') : 'code';
  return installCompileCache(join(import.meta.dirname, folder));
}
