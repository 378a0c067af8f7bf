import { join } from 'node:path';
import { installCompileCache } from './code-cache.ts';

/** Starts the program. Only what is loaded from here on comes from the code cache. */
export async function main(): Promise<void> {
  const keepCode = cache();
  const { main: run } = await import('./main.ts');
  await run(() => {
    process.once('exit', keepCode);
  });
}

/** Starts a thread that parses, in the same way. */
export async function parse(): Promise<void> {
  const keepCode = cache();
  const { answerParent } = await import('../app/parse-worker.ts');
  answerParent(keepCode);
}

function cache(): () => void {
  return installCompileCache(join(import.meta.dirname, 'code'));
}
