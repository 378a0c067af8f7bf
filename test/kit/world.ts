import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { program } from '../../src/cli/program.ts';
import { outputOn } from '../../src/cli/output.ts';
import { UsageError } from '../../src/app/usage-error.ts';
import type { Finished, Scratch } from './scratch.ts';

/** The day of every test, at noon in UTC. */
export const now = new Date('2026-11-23T12:00:00Z');

/** Circumstances of a run that are not those of the scratch repository on the day of every test. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  /** `YYYY-MM-DD`, at noon in UTC, or a whole ISO 8601 time. */
  readonly now?: string;
  readonly cwd?: string;
  /** What standard input holds; nothing, if left out. */
  readonly stdin?: string;
  /** Standard output is a terminal. */
  readonly terminal?: boolean;
  /** How many columns it says that it has: 80, if left out. */
  readonly columns?: number;
}

/** Runs a command line in this process, without a terminal unless one is asked for. */
export async function runIn(
  scratch: Scratch,
  args: readonly string[],
  { env = {}, now = '2026-11-23', cwd = '.', stdin, terminal = false, columns = 80 }: Circumstances = {},
): Promise<Finished> {
  const [stdout, stderr] = [Object.assign(new Sink(), terminal ? { isTTY: true, columns } : {}), new Sink()];
  const [out, err] = [outputOn(stdout), outputOn(stderr)];
  const world = {
    cwd: path.join(scratch.root, cwd),
    env: { ...scratch.env, ...env },
    stdin: Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]),
    stdout: out,
    stderr: err,
    now: new Date(now.includes('T') ? now : `${now}T12:00:00Z`),
  };
  try {
    return { code: await program(args, world), stdout: stdout.text, stderr: stderr.text };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err.write(`${error.message}\n${error.next}\n`);
    return { code: 2, stdout: stdout.text, stderr: stderr.text };
  }
}

class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
