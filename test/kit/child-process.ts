import { EventEmitter, once } from 'node:events';
import { Socket } from 'node:net';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
// Without `node:`: under its full name the module is this one.
import { spawn as startByNode, type ChildProcess } from 'child_process';
import * as v from 'valibot';
import { findProgram } from './find-program.ts';

/*
 * Stands in for `node:child_process` in all that a worker of the tests loads (vitest.config.ts). To start a process,
 * Node has Linux copy the table of its memory, which takes 1 ms for a small Node and 20 ms for a worker that holds every
 * parser; the tests start tens of thousands. So a small Python starts them for the worker, without such a copy.
 */
export * from 'child_process';

interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** As of Node, as far as it is used: pipes, or no input. */
  readonly stdio?: 'pipe' | ['ignore' | 'pipe', 'pipe', 'pipe'];
}

/** What the starter says of a process that it started (test/kit/starter.py). */
const saidSchema = v.variant('kind', [
  v.object({ kind: v.literal('output'), id: v.number(), stream: v.picklist(['stdout', 'stderr']) }),
  v.object({ kind: v.literal('error'), id: v.number(), message: v.string(), code: v.string() }),
  v.object({
    kind: v.literal('end'),
    id: v.number(),
    code: v.nullable(v.number()),
    signal: v.nullable(v.string()),
    /** How many of the bytes are standard output; the others are standard error. */
    stdoutLength: v.number(),
  }),
]);
type Said = v.InferOutput<typeof saidSchema>;

const python = findProgram('python3');
const running = new Map<number, Started>();
let lastId = 0;
let starter: Writable | null = null;

/** The lengths of a message's two parts, in front of them: JSON, and bytes. */
const LENGTHS = 8;

/** Starts the starter. It does not carry the mark of a test (test/kit/guard.ts), since it stays. */
function startStarter(program: string): Writable {
  const words = ['-I', '-S', path.join(import.meta.dirname, 'starter.py')];
  const { PATH } = process.env;
  const started = startByNode(program, words, { env: { PATH }, stdio: ['pipe', 'pipe', 'inherit'] });
  started.stdout.on('data', takeMessages());
  started.unref();
  for (const stream of [started.stdin, started.stdout]) if (stream instanceof Socket) stream.unref();
  return started.stdin;
}

/** @returns What takes the starter's messages, as their bytes come, and passes them on. */
function takeMessages(): (chunk: Buffer) => void {
  let [chunks, length, needed]: [Buffer[], number, number] = [[], 0, LENGTHS];
  return (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    // A long output comes in many chunks, which are put together once.
    if (length < needed) return;
    let received = Buffer.concat(chunks);
    needed = lengthOf(received);
    while (received.length >= needed) {
      takeMessage(received.subarray(0, needed));
      received = received.subarray(needed);
      needed = lengthOf(received);
    }
    [chunks, length] = [[received], received.length];
  };
}

/** @returns The length of the first message; of its lengths, where they are not there yet. */
function lengthOf(received: Buffer): number {
  if (received.length < LENGTHS) return LENGTHS;
  return LENGTHS + received.readUInt32BE(0) + received.readUInt32BE(4);
}

function takeMessage(message: Buffer): void {
  const bytes = LENGTHS + message.readUInt32BE(0);
  const said = v.parse(saidSchema, JSON.parse(message.toString('utf8', LENGTHS, bytes)));
  running.get(said.id)?.take(said, message.subarray(bytes));
}

function ask(request: Readonly<Record<string, unknown>>, bytes: Buffer = Buffer.alloc(0)): void {
  const text = Buffer.from(JSON.stringify(request), 'utf8');
  const lengths = Buffer.alloc(LENGTHS);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(bytes.length, 4);
  starter?.write(Buffer.concat([lengths, text, bytes]));
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

  take(said: Said, bytes: Buffer): void {
    if (said.kind === 'output') this[said.stream].push(bytes);
    else if (said.kind === 'error') this.emit('error', Object.assign(new Error(said.message), said));
    else {
      this.stdout.push(bytes.subarray(0, said.stdoutLength));
      this.stderr.push(bytes.subarray(said.stdoutLength));
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
      ask({ id, kind: 'input' }, bytes);
      done();
    },
    final: (done) => {
      ask({ id, kind: 'inputEnd' });
      done();
    },
  });
}

/** Starts a process as `spawn` of Node does, and by it where there is no Python. */
export function spawn(file: string, words: readonly string[], options: Options = {}): Started | ChildProcess {
  if (python === null) return startByNode(file, words, options);
  starter ??= startStarter(python);
  const id = (lastId += 1);
  const hasInput = options.stdio?.[0] !== 'ignore';
  const started = new Started(id, hasInput);
  running.set(id, started);
  const { cwd = process.cwd(), env = process.env } = options;
  ask({ id, kind: 'start', file, words, hasInput, cwd, env });
  return started;
}
