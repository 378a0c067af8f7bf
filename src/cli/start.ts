import { join } from 'node:path';
import { useCodeCache } from './code-cache.ts';

/** Starts the command line of this process. Only what is loaded from here on comes from the code cache. */
export async function main(): Promise<void> {
  const keepCode = useCodeCache(join(import.meta.dirname, 'code'));
  const { main: run } = await import('./main.ts');
  await run(() => {
    process.once('exit', keepCode);
  });
}
