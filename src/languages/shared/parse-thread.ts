import { existsSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import type { Parsed, Source } from '../../model/language.ts';

/** What a thread is asked, and what it answers. */
export interface ParseRequest {
  readonly id: number;
  readonly language: string;
  readonly source: Source;
}
export type ParseResponse =
  { readonly id: number; readonly parsed: Parsed } | { readonly id: number; readonly error: unknown };

/**
 * The stack of a thread that parses, in MB: room for every text that the bounds of a language let pass. Only what is
 * used of it takes memory. Node's own threads have 4.
 */
export const STACK_OF_THREADS = 256;

/**
 * What a thread may use for what it has just made, in MB: trees are gone when a text is done, and with less room garbage is
 * collected sooner.
 */
const YOUNG_GENERATION = 6;

/** @returns The built program of such threads, in `dist/`; undefined where the tool runs from its sources. */
export function builtThread(): URL | undefined {
  const file = new URL('../worker.cjs', import.meta.url);
  return existsSync(file) ? file : undefined;
}

/** @returns The stack of the thread that asks, in bytes, as far as it can be relied upon. */
export function stackHere(): number {
  const { isMainThread, resourceLimits } = threads();
  const megabytes = isMainThread ? stackOfMainThread() : (resourceLimits.stackSizeMb ?? 0);
  return megabytes * 2 ** 20;
}

/** Loading what Node has for threads takes longer than parsing most files. */
function threads() {
  return process.getBuiltinModule('node:worker_threads');
}

/** What the systems give: Windows has the least, and of others nobody knows. */
function stackOfMainThread(): number {
  return process.platform === 'linux' || process.platform === 'darwin' ? 8 : 1;
}

/** What a thread is started with. */
export interface ThreadData {
  /** Does it keep what it compiles for the next run? */
  readonly keepsCode: boolean;
  /** One number: how many texts it has answered. A message tells of an answer only when the event loop turns. */
  readonly answered: SharedArrayBuffer;
}

interface Waiting {
  readonly resolve: (parsed: Parsed) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread that parses. An error of a parser, or of the thread, is that of the text that it stood at. */
export class ParseThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #next = 0;
  #end: unknown = null;

  /**
   * @param file The built program of such threads.
   * @param code Does it keep what it compiles for the next run?
   */
  constructor(file: URL, code: 'keeps code' | 'uses code') {
    const data: ThreadData = { keepsCode: code === 'keeps code', answered: this.#answered.buffer };
    this.#worker = new (threads().Worker)(file, {
      resourceLimits: { stackSizeMb: STACK_OF_THREADS, maxYoungGenerationSizeMb: YOUNG_GENERATION },
      workerData: data,
    });
    this.#worker.unref();
    this.#worker.on('message', (response: ParseResponse) => {
      const waiting = this.#waiting.get(response.id);
      this.#forget(response.id);
      if ('parsed' in response) waiting?.resolve(response.parsed);
      else waiting?.reject(response.error);
    });
    this.#worker.on('error', (error) => {
      this.#end = error;
      for (const waiting of this.#waiting.values()) waiting.reject(error);
      this.#waiting.clear();
    });
  }

  /** @returns Whether the thread ended over a text: it answers no more. */
  hasEnded(): boolean {
    return this.#end !== null;
  }

  /** @returns How many texts it was given and has not answered yet. */
  waiting(): number {
    return this.#next - Atomics.load(this.#answered, 0);
  }

  /** @param language The id of one of the languages. */
  parse(language: string, { text, dialect }: Source): Promise<Parsed> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      const request: ParseRequest = { id, language, source: { text, dialect } };
      this.#worker.postMessage(request);
    });
  }

  close(): void {
    void this.#worker.terminate();
  }

  /** A thread that nobody waits for keeps no process alive. */
  #forget(id: number): void {
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
  }
}
