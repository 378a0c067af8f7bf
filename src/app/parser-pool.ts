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
export type StartThread = () => Pick<ParseThread, 'parse' | 'close' | 'hasEnded' | 'waiting'>;

/** How a pool shares its work; what is left out is as a run over many files needs it. */
export interface PoolOptions {
  /** undefined where there are no threads: a run from the sources has no built program for them. */
  readonly start: StartThread | undefined;
  /** How many threads are started at most. */
  readonly size: number;
  /** Whether a text is parsed in this thread. `count` tells how many came, with this one. */
  readonly isParsedHere: (source: Source, count: number) => boolean;
}

/** Texts that wait for a thread: it has work while this one parses another text itself. */
const MOST_WAITING = 8;

/** UTF-16 code units: what waits is done before this thread has parsed a longer one. */
const SHORT_TEXT = 32 * 1024;

/**
 * Parses texts in this thread, and the rest in others: where there are many, those behind the first ones, as long as a thread has
 * time for them. The results are the same. A thread that ended over a text is replaced for the next one.
 */
export function parserPool({
  start = builtThreads(),
  size = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1)),
  isParsedHere = (_, count) => count <= FILES_ALONE,
}: Partial<PoolOptions> = {}): ParserPool {
  const alone = parserHost(start && ((language, source) => handOn(start, language, source)));
  const threads: ReturnType<StartThread>[] = [];
  let count = 0;
  const handOn = (startThread: StartThread, language: Language, source: Source) => {
    const next = threads.length < size ? threads.length : indexOfIdlest(threads);
    const present = threads[next];
    const chosen = present === undefined || present.hasEnded() ? startThread() : present;
    threads[next] = chosen;
    return chosen.parse(language.id, source);
  };
  const areBusy = () =>
    threads.length === size && threads.every((thread) => thread.waiting() >= MOST_WAITING);
  return {
    parse(language, source) {
      count += 1;
      const isAlone =
        start === undefined || isParsedHere(source, count) || (source.text.length <= SHORT_TEXT && areBusy());
      return isAlone ? alone(language, source) : handOn(start, language, source);
    },
    close() {
      for (const thread of threads) thread.close();
    },
  };
}

/** @returns Where the fewest texts wait, the first of those. */
function indexOfIdlest(threads: readonly ReturnType<StartThread>[]): number {
  const counts = threads.map((thread) => (thread.hasEnded() ? 0 : thread.waiting()));
  return counts.reduce((idlest, count, at) => (count < (counts[idlest] ?? 0) ? at : idlest), 0);
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
