import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Language, Parsed, Source } from '../model/language.ts';
import { parserHost } from '../references/parsers.ts';
import type { Reader } from '../references/read.ts';

/** What a worker is asked, and what it answers. */
export interface ParseRequest {
  readonly id: number;
  readonly language: string;
  readonly source: Source;
}
export type ParseResponse =
  { readonly id: number; readonly parsed: Parsed } | { readonly id: number; readonly error: unknown };

/** A place to parse in, and the way to end it. */
export interface ParserPool {
  readonly parse: Reader['parse'];
  readonly close: () => void;
}

/** Starting a worker takes as long as parsing some dozens of files. */
const FILES_ALONE = 48;

/** More threads than this wait for the one that reads and resolves. */
const MOST_WORKERS = 4;

/**
 * Parses the first files in this thread, and, where there are many, the rest in worker threads. The
 * results are the same; a run from the sources has no built worker and does without.
 */
export function parserPool(): ParserPool {
  const alone = parserHost();
  const worker = new URL('../worker.cjs', import.meta.url);
  const size = existsSync(worker) ? Math.min(MOST_WORKERS, availableParallelism()) : 0;
  const workers: ParseWorker[] = [];
  let asked = 0;
  return {
    parse(language, source) {
      asked += 1;
      if (asked <= FILES_ALONE || size === 0) return alone(language, source);
      const next = asked % size;
      const chosen = workers[next] ?? new ParseWorker(worker);
      workers[next] = chosen;
      return chosen.parse(language, source);
    },
    close() {
      for (const one of workers) one.close();
    },
  };
}

interface Waiting {
  readonly resolve: (parsed: Parsed) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread. An error of the parser, or of the thread, is that of the file that it stood at. */
class ParseWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor(file: URL) {
    this.#worker = new Worker(file);
    this.#worker.on('message', (response: ParseResponse) => {
      const waiting = this.#waiting.get(response.id);
      this.#waiting.delete(response.id);
      if ('parsed' in response) waiting?.resolve(response.parsed);
      else waiting?.reject(response.error);
    });
    this.#worker.on('error', (error) => {
      for (const waiting of this.#waiting.values()) waiting.reject(error);
      this.#waiting.clear();
    });
  }

  parse(language: Language, source: Source): Promise<Parsed> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      const { text, dialect } = source;
      const request: ParseRequest = { id, language: language.id, source: { text, dialect } };
      this.#worker.postMessage(request);
    });
  }

  close(): void {
    void this.#worker.terminate();
  }
}
