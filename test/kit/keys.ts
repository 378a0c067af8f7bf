import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { outputOn } from '../../src/cli/output.ts';
import { program } from '../../src/cli/program.ts';
import type { Scratch } from './scratch.ts';
import { now } from './world.ts';

/** What a person sees and then does: the text of a prompt, and the keys that are pressed at it. */
export type Step = readonly [shown: string, keys: string];

/** What a review asks after its last card, where something was decided on it. */
const lastQuestion = 'That was the last one.';

/** A question, and the keys that are pressed at it. */
export type Answer = readonly [question: RegExp, keys: string];

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
  const run = startAtTerminal(scratch, args);
  let [seen, ended] = [0, 0];
  /** Whoever has nothing to say of the last decision presses Enter. */
  const goOn = async (isAwaited: boolean) => {
    await wait(5);
    if (isAwaited || !run.screen.includes(`◆  ${lastQuestion}`, ended)) return;
    await run.press('\r');
    ended = run.screen.length;
  };
  for (const [shown, keys] of steps) {
    while (!run.isOver && !run.screen.includes(shown, seen)) await goOn(shown.includes(lastQuestion));
    if (run.isOver) break;
    seen = run.screen.indexOf(shown, seen) + shown.length;
    if (shown.includes(lastQuestion)) ended = run.screen.length;
    await run.press(keys);
  }
  while (!run.isOver) await goOn(false);
  return { code: await run.done, screen: run.screen };
}

/**
 * Runs a command line as `runWithKeys` does, with a person who knows no order: whatever is asked is answered, each
 * question once (a prompt writes its question again when it is answered), by the first answer that fits.
 */
export async function runWithAnswers(
  scratch: Scratch,
  args: readonly string[],
  answers: readonly Answer[],
): Promise<{ code: number; screen: string }> {
  const run = startAtTerminal(scratch, args);
  const answered = new Set<string>();
  const next = () =>
    [...answers, [new RegExp(`${lastQuestion}.*\\?`), '\r'] as const]
      .flatMap(([question, keys]) => {
        const asked = [...run.screen.matchAll(new RegExp(question, 'g'))];
        return asked.map(([text]) => ({ text, keys }));
      })
      .find(({ text }) => !answered.has(text));
  while (!run.isOver) {
    const question = next();
    if (question === undefined) await wait(5);
    else {
      answered.add(question.text);
      await run.press(question.keys);
    }
  }
  return { code: await run.done, screen: run.screen };
}

function startAtTerminal(scratch: Scratch, args: readonly string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const output = outputOn(terminal);
  const cwd = path.resolve(scratch.root);
  const done = program(args, { cwd, env: scratch.env, stdin, stdout: output, stderr: output, now });
  const run = {
    isOver: false,
    screen: '',
    done,
    press: async (keys: string) => {
      for (const key of keys) {
        stdin.write(key);
        await wait(5);
      }
    },
  };
  terminal.on('data', (chunk: Buffer) => {
    run.screen += chunk.toString('utf8');
  });
  const end = () => {
    run.isOver = true;
  };
  done.then(end, end);
  return run;
}
