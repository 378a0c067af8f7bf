import { availableParallelism } from 'node:os';
import { builtThread, ParseThread } from '../languages/shared/parse-thread.ts';
import { parserHost } from '../analysis/in-process-parsers.ts';
import type { ReferenceParser } from '../analysis/parse-references.ts';

/** A place to parse in, and the way to end it. */
export interface ParserPool {
  readonly parse: ReferenceParser['parse'];
  readonly close: () => void;
}

/** Starting a thread takes as long as parsing some dozens of files. */
const FILES_ALONE = 48;

/** More threads than this wait for the one that reads and resolves. */
const MOST_THREADS = 4;

/**
 * Parses the first files in this thread, and, where there are many, the rest in others. The results are the same; a
 * run from the sources has no built program for threads and does without.
 */
export function parserPool(): ParserPool {
  const alone = parserHost();
  const file = builtThread();
  const size = Math.min(MOST_THREADS, availableParallelism());
  const threads: ParseThread[] = [];
  let count = 0;
  return {
    parse(language, source) {
      count += 1;
      if (count <= FILES_ALONE || file === undefined) return alone(language, source);
      const next = count % size;
      const chosen = threads[next] ?? new ParseThread(file, 'uses code');
      threads[next] = chosen;
      return chosen.parse(language.id, source);
    },
    close() {
      for (const thread of threads) thread.close();
    },
  };
}
