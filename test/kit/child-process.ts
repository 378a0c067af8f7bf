import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
// Without `node:`: under its full name the module is this one.
import { fork } from 'child_process';

/*
 * Stands in for `node:child_process` in all that a worker of the tests loads (vitest.config.ts). To start a process,
 * Linux copies the table of the memory of the one that starts it, which takes 1.5 ms for a small process and 20 ms for
 * a worker that holds every parser; the tests start tens of thousands. So a small process starts them for the worker.
 */
export * from 'child_process';

interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** As of Node, as far as it is used: pipes, or no input. */
  readonly stdio?: 'pipe' | ['ignore' | 'pipe', 'pipe', 'pipe'];
}

/** What the small process says of one that it started (test/kit/starter.js). */
type Said = { readonly id: number } & (
  | { readonly kind: 'output'; readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  | { readonly kind: 'error'; readonly message: string; readonly code: string }
  | {
      readonly kind: 'end';
      readonly code: number | null;
      readonly signal: string | null;
      readonly stdout: Uint8Array;
      readonly stderr: Uint8Array;
    }
);

const running = new Map<number, Started>();
let lastId = 0;
let starter: ReturnType<typeof fork> | null = null;

/** The small process. It does not carry the mark of a test (test/kit/guard.ts), since it stays. */
function startStarter(): ReturnType<typeof fork> {
  const file = path.join(import.meta.dirname, 'starter.js');
  const started = fork(file, { execArgv: [], env: {}, serialization: 'advanced' });
  started.on('message', (said: Said) => running.get(said.id)?.take(said));
  started.unref();
  started.channel?.unref();
  return started;
}

function ask(request: Readonly<Record<string, unknown>>): void {
  starter ??= startStarter();
  starter.send(request);
}

/** A process, as far as the tests and the sources look at it. */
class Started extends EventEmitter {
  readonly stdout = output();
  readonly stderr = output();
  readonly stdin: Writable | null;
  readonly #id: number;

  constructor(id: number, hasInput: boolean) {
    super();
    this.#id = id;
    this.stdin = hasInput ? inputOf(id) : null;
  }

  kill(signal = 'SIGTERM'): void {
    ask({ id: this.#id, kind: 'kill', signal });
  }

  /** No process of the small one keeps the worker from its end. */
  unref(): void {
    return undefined;
  }

  take(said: Said): void {
    if (said.kind === 'output') this[said.stream].push(said.bytes);
    else if (said.kind === 'error') this.emit('error', Object.assign(new Error(said.message), said));
    else {
      this.stdout.push(said.stdout);
      this.stderr.push(said.stderr);
      void this.#end(said.code, said.signal);
    }
  }

  async #end(code: number | null, signal: string | null): Promise<void> {
    running.delete(this.#id);
    await Promise.all([this.stdout, this.stderr].map(closed));
    this.emit('close', code, signal);
  }
}

function output(): Readable {
  return new Readable({ read: () => undefined });
}

/** Ends a stream of which nothing more comes, whether somebody reads it or not. */
async function closed(stream: Readable): Promise<void> {
  stream.push(null);
  stream.resume();
  if (!stream.closed) await once(stream, 'close');
}

function inputOf(id: number): Writable {
  return new Writable({
    write: (bytes: Buffer, _, done) => {
      ask({ id, kind: 'input', bytes });
      done();
    },
    final: (done) => {
      ask({ id, kind: 'inputEnd' });
      done();
    },
  });
}

/** Starts a process as `spawn` of Node does. */
export function spawn(file: string, words: readonly string[], options: Options = {}): Started {
  const id = (lastId += 1);
  const started = new Started(id, options.stdio?.[0] !== 'ignore');
  running.set(id, started);
  ask({ id, kind: 'start', file, words, options: { env: process.env, cwd: process.cwd(), ...options } });
  return started;
}
