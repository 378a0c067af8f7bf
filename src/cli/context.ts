import type { Readable } from 'node:stream';
import type { ProcessContext } from '../app/process.ts';
import type { Output } from './output.ts';

/** Everything that a command takes from the process that it runs in. */
export interface CommandContext extends ProcessContext {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
}

/** What the shell is told. 0: clean; 1: findings; 2: the tool could not do (all of) its work. */
export type ExitCode = 0 | 1 | 2;

/** @returns Whether output to a stream is coloured: `--color`, FORCE_COLOR, NO_COLOR, then the terminal decide. */
export function wantsColor(flag: boolean | undefined, { env, stdout }: CommandContext): boolean {
  if (flag !== undefined) return flag;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  if (env['NO_COLOR']) return false;
  return stdout.isTTY;
}
