import { run, type Finished, type Scratch } from './scratch.ts';
import { runIn, type Circumstances } from './world.ts';

/**
 * The words of a command of the tool as a shell reads them: it shows how what is printed is quoted.
 *
 * @param command It starts with `vetted-imports`.
 */
async function wordsOf(scratch: Scratch, command: string): Promise<string[]> {
  const line = command.replace(/^vetted-imports /, "printf '%s\\0' ");
  const { code, stdout } = await run('sh', ['-c', line], { cwd: scratch.root, env: scratch.env });
  if (line === command || code !== 0) throw new Error(`no command of the tool: ${command}`);
  return stdout.split('\0').slice(0, -1);
}

/** Runs a command of the tool as it is printed, with a reason in the place of `…`: a shell reads it, and it runs in this process. */
export async function runPrinted(
  scratch: Scratch,
  command: string,
  circumstances: Circumstances = {},
): Promise<Finished> {
  return runIn(scratch, await wordsOf(scratch, command.replace('"…"', '"looked at"')), circumstances);
}
