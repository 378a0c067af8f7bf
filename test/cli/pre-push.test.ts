import { afterAll, beforeAll, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* A branch with a package that nobody approved, pushed once past the hook and once more with nothing new. */

const zero = '0'.repeat(40);
let scratch: Scratch;
let main: string;
let first: string;
let second: string;

beforeAll(async () => {
  const whitelist = whitelistText({ 'npm:lodash': { approved: 'the cart', ...byAda } });
  scratch = await Scratch.with({ 'approved-packages.yaml': whitelist, '.check-importsrc': 'lookup: off\n' });
  const head = async () => (await scratch.git('rev-parse', 'HEAD')).trim();
  main = await head();
  await scratch.git('update-ref', 'refs/remotes/origin/main', 'main');
  await scratch.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  scratch.write({ 'a.js': 'import "got";\n' });
  await scratch.commitAll('past the hook');
  first = await head();
  await scratch.commitAll('nothing');
  second = await head();
});
afterAll(() => {
  scratch.dispose();
});

const told = (ref: string, before: string, after: string) => `refs/heads/x ${after} ${ref} ${before}\n`;

test.each([
  ['a new branch', () => told('refs/heads/x', zero, first), 1],
  ['the same branch again', () => told('refs/heads/x', first, second), 1],
  ['main: what is there already is not its business', () => told('refs/heads/main', first, second), 0],
  ['main', () => told('refs/heads/main', main, second), 1],
  ['a branch without anything new', () => told('refs/heads/y', zero, main), 0],
  ['two branches', () => told('refs/heads/y', zero, main) + told('refs/heads/x', first, second), 1],
  ['a branch that goes', () => told('refs/heads/x', first, zero), 0],
  ['nothing', () => '', 0],
] satisfies [string, () => string, number][])('%s', async (_, stdin, code) => {
  const done = await runIn(scratch, ['hook', 'pre-push', 'origin', 'https://git.example/x'], {
    stdin: stdin(),
  });
  expect([done.code, done.stdout.includes('npm:got')], done.stderr).toEqual([code, code === 1]);
});

test.each([
  ['a branch again', 'refs/heads/x', 1],
  ['main', 'refs/heads/main', 0],
])('the pre-commit framework pushes %s', async (_, ref, code) => {
  const env = {
    PRE_COMMIT_REMOTE_NAME: 'origin',
    PRE_COMMIT_REMOTE_BRANCH: ref,
    PRE_COMMIT_FROM_REF: first,
    PRE_COMMIT_TO_REF: second,
  };
  expect((await runIn(scratch, ['hook', 'pre-commit', 'a.js'], { env })).code).toBe(code);
});

test('switched off, and without a default branch, it says so', async () => {
  const stdin = told('refs/heads/x', first, second);
  const off = await runIn(scratch, ['hook', 'pre-push', 'origin'], { stdin, env: { CHECK_IMPORTS: '0' } });
  expect([off.code, off.stderr]).toEqual([0, expect.stringContaining('switched off')]);
  const other = await runIn(scratch, ['hook', 'pre-push', 'upstream'], { stdin });
  expect([other.code, other.stderr]).toEqual([
    0,
    expect.stringContaining('Run: git remote set-head upstream --auto'),
  ]);
});
