import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ParseRequest } from '../languages/parse-thread.ts';
import { useCodeCache } from './code-cache.ts';

/** Starts a thread that parses. Only what is loaded from here on comes from the code cache. */
async function main(): Promise<void> {
  const keepCode = useCodeCache(join(import.meta.dirname, 'code'));
  const { answer } = await import('./parse-answer.ts');
  parentPort?.on('message', (request: ParseRequest) => {
    void answer(request).then((response) => {
      // Whoever waits may end the process as soon as the answer is there.
      if (workerData === 'keeps code') keepCode();
      parentPort?.postMessage(response);
    });
  });
}

void main();
