import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOn } from '../../src/cli/output.ts';
import { program } from '../../src/cli/program.ts';
import type { Scratch } from './scratch.ts';
import { now } from './world.ts';

/** What a person sees and then does: the text of a prompt, and the keys that are pressed at it. */
export type Step = readonly [shown: string, keys: string];

/**
 * Runs a command line in this process with streams that say they are a terminal, and a person who answers.
 *
 * @returns The exit code, and everything that was written to the terminal, escape sequences of prompts included.
 */
export async function runWithKeys(
  scratch: Scratch,
  args: readonly string[],
  steps: readonly Step[],
): Promise<{ code: number; screen: string }> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const screen = { text: '' };
  terminal.on('data', (chunk: Buffer) => {
    screen.text += chunk.toString('utf8');
  });
  const output = outputOn(terminal);
  const world = {
    cwd: path.resolve(scratch.root),
    env: scratch.env,
    stdin,
    stdout: output,
    stderr: output,
    now,
  };
  const run = { isOver: false };
  const done = program(args, world);
  const end = () => {
    run.isOver = true;
  };
  done.then(end, end);
  let seen = 0;
  for (const [shown, keys] of steps) {
    while (!run.isOver && !screen.text.includes(shown, seen)) await wait(5);
    if (run.isOver) break;
    seen = screen.text.indexOf(shown, seen) + shown.length;
    for (const key of keys) {
      stdin.write(key);
      await wait(5);
    }
  }
  return { code: await done, screen: screen.text };
}
