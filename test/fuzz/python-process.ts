import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

const answerSchema = v.object({ value: v.optional(v.unknown()), error: v.optional(v.string()) });

/** What a reader of Python says: the value that it reads, or why it reads none. */
export type Answer = v.InferOutput<typeof answerSchema>;

/** One process of Python that reads a text after the other. */
export class PythonProcess {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  /** The names of its readers. */
  readers: ReadonlySet<string> = new Set();

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** @returns null where there is no Python. */
  static async start(script: string): Promise<PythonProcess | null> {
    const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'pipe'] });
    const started = await Promise.race([
      once(child, 'spawn').then(() => true),
      once(child, 'error').then(() => false),
    ]);
    if (!started) return null;
    child.stderr.resume();
    const python = new PythonProcess(child);
    python.readers = new Set(v.parse(v.array(v.string()), JSON.parse(await python.#line())));
    return python;
  }

  async read(reader: string, text: string): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify([reader, text])}\n`);
    return v.parse(answerSchema, JSON.parse(await this.#line()));
  }

  async #line(): Promise<string> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error('Python has ended');
    return line.value;
  }
}
