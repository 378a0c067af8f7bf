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

/** Starts a thread that parses. */
export type StartThread = () => Pick<ParseThread, 'parse' | 'close'>;

/**
 * Parses the first files in this thread, and, where there are many, the rest in others, in turn. The results are the
 * same.
 *
 * @param start undefined where there are no threads: a run from the sources has no built program for them.
 * @param size How many threads are started at most.
 */
export function parserPool(
  start: StartThread | undefined = builtThreads(),
  size = Math.min(MOST_THREADS, availableParallelism()),
): ParserPool {
  const alone = parserHost();
  const threads: ReturnType<StartThread>[] = [];
  let count = 0;
  return {
    parse(language, source) {
      count += 1;
      if (count <= FILES_ALONE || start === undefined) return alone(language, source);
      const next = (count - FILES_ALONE - 1) % size;
      const chosen = threads[next] ?? start();
      threads[next] = chosen;
      return chosen.parse(language.id, source);
    },
    close() {
      for (const thread of threads) thread.close();
    },
  };
}

function builtThreads(): StartThread | undefined {
  const file = builtThread();
  return file && (() => new ParseThread(file, 'uses code'));
}
