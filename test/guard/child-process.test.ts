// Without `node:`: under its full name the module is the stand-in.
import { spawn as startByNode } from 'child_process';
import { expect, test } from 'vitest';
import { spawn } from '../kit/child-process.ts';

/* What starts processes for the tests does it as Node does. */

type Row = readonly [
  file: string,
  words: readonly string[],
  options: NonNullable<Parameters<typeof spawn>[2]>,
];

/** Everything that one sees of a process, in its order where Node has one. */
async function seen(child: ReturnType<typeof spawn | typeof startByNode>, input: string): Promise<unknown[]> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString('latin1')));
  child.stderr?.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString('latin1')));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const errors: string[] = [];
  child.on('error', ({ message }: Error) => errors.push(message));
  const end = await new Promise((resolve) =>
    child.on('close', (...words: unknown[]) => {
      resolve(words);
    }),
  );
  return [texts, child.stdin === null, errors, end];
}

const shell = (line: string, options: Row[2] = {}): Row => ['sh', ['-c', line], options];

test.each<[what: string, row: Row]>([
  ['both outputs and a code', shell('echo out; echo err >&2; exit 3')],
  ['bytes that are no text', shell("printf '\\377\\0\\n'")],
  ['long outputs', shell('seq 1 100000; seq 1 100000 >&2')],
  ['an input', shell('tr a-z A-Z')],
  ['an input that nobody reads', shell('exit 0')],
  ['no input', shell('cat; echo end', { stdio: ['ignore', 'pipe', 'pipe'] })],
  ['a folder and exactly these variables', shell('pwd; echo $A $HOME', { cwd: '/', env: { A: 'b' } })],
  ['the folder and the variables of the tests', shell('pwd; echo $STARTED_BY_TEST | cut -c 1-3')],
  ['the end by a signal', shell('kill -9 $$')],
  ['a program that is not there', ['no-such-program', [], {}]],
  ['a folder that is not there', shell('true', { cwd: '/no/such/folder' })],
])('%s', async (_, [file, words, options]) => {
  const input = 'some text\n'.repeat(20_000);
  expect(await seen(spawn(file, words, options), input)).toEqual(
    await seen(startByNode(file, words, options), input),
  );
});
