import { GitError } from '../git/git.ts';
import { program } from './program.ts';
import { UsageError } from './usage.ts';
import type { World } from './world.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(): Promise<void> {
  const { stdin, stdout, stderr, env } = process;
  const world: World = { cwd: process.cwd(), env, stdin, stdout, stderr, now: new Date() };
  try {
    process.exitCode = await program(process.argv.slice(2), world);
  } catch (error) {
    if (error instanceof UsageError) stderr.write(`check-imports: ${error.message}\n${error.next}\n`);
    else if (error instanceof GitError) stderr.write(`check-imports: git: ${error.message}\n`);
    else throw error;
    process.exitCode = 2;
  }
}
