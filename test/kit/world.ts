import { PassThrough, Readable } from 'node:stream';
import path from 'node:path';
import { program } from '../../src/cli/program.ts';
import { UsageError } from '../../src/cli/usage.ts';
import type { World } from '../../src/cli/world.ts';
import type { Finished, Scratch } from './scratch.ts';

/** The day of every run in this process. */
export const now = new Date('2026-11-23T09:00:00Z');

/**
 * Runs a command line in this process, from the sources, as a person in a repository would.
 *
 * @param options Further variables of the environment, and a folder below the repository's root.
 */
export async function runHere(
  scratch: Scratch,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Finished> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const world: World = {
    cwd: path.join(scratch.root, options.cwd ?? '.'),
    env: { ...scratch.env, ...options.env },
    stdin: Readable.from([]),
    stdout,
    stderr,
    now,
  };
  const code = await codeOf(args, world);
  return { code, stdout: textOf(stdout), stderr: textOf(stderr) };
}

async function codeOf(args: readonly string[], world: World): Promise<number> {
  try {
    return await program(args, world);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    world.stderr.write(`${error.message}\n${error.next}\n`);
    return 2;
  }
}

function textOf(stream: PassThrough): string {
  const all: unknown = stream.read();
  return Buffer.isBuffer(all) ? all.toString('utf8') : '';
}
