import { availableParallelism } from 'node:os';
import { builtThread, ParseThread } from '../languages/shared/parse-thread.ts';
import { parserHost } from '../analysis/in-process-parsers.ts';
import type { ReferenceParser } from '../analysis/parse-references.ts';
import type { Language, Parsed, Source } from '../model/language.ts';

/** A place to parse in, and the way to end it. */
export interface ParserPool {
  readonly parse: ReferenceParser['parse'];
  readonly close: () => void;
}

/** Starting a thread takes as long as parsing some dozens of files. */
const FILES_ALONE = 48;

/** More threads than this wait for the one that reads and resolves, which takes a core of its own. */
const MOST_THREADS = 4;

/** Starts a thread that parses. */
export type StartThread = () => Pick<ParseThread, 'parse' | 'close' | 'hasEnded'>;

/** How a pool shares its work; what is left out is as a run over many files needs it. */
export interface PoolOptions {
  /** undefined where there are no threads: a run from the sources has no built program for them. */
  readonly start: StartThread | undefined;
  /** How many threads are started at most. */
  readonly size: number;
  /** Whether a text is parsed in this thread. `count` tells how many came, with this one. */
  readonly isParsedHere: (source: Source, count: number) => boolean;
}

/**
 * Parses texts in this thread, and the rest in others, in turn: where there are many, those behind the first ones. The
 * results are the same. A thread that ended over a text is replaced for the next one.
 */
export function parserPool({
  start = builtThreads(),
  size = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1)),
  isParsedHere = (_, count) => count <= FILES_ALONE,
}: Partial<PoolOptions> = {}): ParserPool {
  const alone = parserHost(start && ((language, source) => handOn(start, language, source)));
  const threads: ReturnType<StartThread>[] = [];
  let count = 0;
  let handedOn = 0;
  const handOn = (startThread: StartThread, language: Language, source: Source) => {
    const next = handedOn % size;
    handedOn += 1;
    const present = threads[next];
    const chosen = present === undefined || present.hasEnded() ? startThread() : present;
    threads[next] = chosen;
    return chosen.parse(language.id, source);
  };
  return {
    parse(language, source) {
      count += 1;
      const isAlone = start === undefined || isParsedHere(source, count);
      return isAlone ? alone(language, source) : handOn(start, language, source);
    },
    close() {
      for (const thread of threads) thread.close();
    },
  };
}

/**
 * @returns A pool for a run that reads everything. No parser is asked about a text in which the quick look finds no import and
 *   which does not even hold the words of one: whether such a text is a program changes nothing.
 */
export function wholeTreePool(options: Partial<PoolOptions> = {}): ParserPool {
  const pool = parserPool(options);
  return {
    async parse(language, source) {
      const scan = await language.scan(source);
      const isIdle =
        scan.kind === 'superset' && scan.specifiers.size === 0 && !language.importWords.test(source.text);
      return isIdle ? NOTHING : pool.parse(language, source);
    },
    close: pool.close,
  };
}

const NOTHING: Parsed = { imports: [], broken: null };

/** The first thread keeps what it compiles for the next run: all of them compile the same. */
function builtThreads(): StartThread | undefined {
  const file = builtThread();
  if (file === undefined) return undefined;
  let code: 'keeps code' | 'uses code' = 'keeps code';
  return () => {
    const thread = new ParseThread(file, code);
    code = 'uses code';
    return thread;
  };
}
