import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { assistantVariables } from '../../src/model/assistant-environment.ts';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* Every scope that compares tells of a hook or job that no longer starts this tool. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const hook = '.husky/pre-commit';
const call = 'npx --no -- vetted-imports hook pre-commit';
const told = `${hook}:1:1: warn policy-change no longer starts vetted-imports as before: ${call}, by Ada L <ada@example.org>\n`;

/** A repository whose hook starts the tool, and a branch at it. */
async function repository(): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.check-importsrc': 'lookup: off\n',
    'app.py': 'import os\n',
    [hook]: `${call}\nnpm test\n`,
    'package.json': '{}\n',
  });
  open.push(scratch);
  await scratch.git('branch', 'start');
  return scratch;
}

const concise = (scratch: Scratch, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runIn(scratch, [...args, '--offline', '--format', 'concise'], { env });

const assistant = Object.fromEntries(assistantVariables.slice(0, 1).map((name) => [name, '1']));

describe('a hook that loses its line', () => {
  test('is a warning for a person who commits it, and stops an assistant', async () => {
    const scratch = await repository();
    scratch.write({ [hook]: 'npm test\n' });
    await scratch.git('add', '--all');
    expect(await concise(scratch, ['--staged'])).toEqual({ code: 0, stdout: told, stderr: '' });
    const stopped = await concise(scratch, ['--staged'], assistant);
    expect([stopped.code, stopped.stdout.split(': ')[1]]).toEqual([
      1,
      'error policy-change no longer starts vetted-imports as before',
    ]);
  });

  test('is told of by the work tree and by a branch, whoever judges', async () => {
    const scratch = await repository();
    scratch.remove(hook);
    expect(await concise(scratch, [])).toEqual({ code: 0, stdout: told, stderr: '' });
    await scratch.commitAll('past the hook');
    for (const policy of ['base', 'head'])
      expect(await concise(scratch, ['--since', 'start', '--policy-from', policy])).toMatchObject({
        code: 0,
        stdout: told,
      });
  });

  test('is not told of where the line moves to a file that git does not know yet', async () => {
    const scratch = await repository();
    scratch.write({ [hook]: 'npm test\n', '.githooks/pre-commit': `${call}\n` });
    expect(await concise(scratch, [])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('is nothing new in a merge with a branch that has lost it', async () => {
    const scratch = await repository();
    scratch.write({ [hook]: 'npm test\n' });
    await scratch.commitAll('no hook');
    await scratch.git('switch', '--quiet', '--create', 'other', 'start');
    scratch.write({ 'app.py': 'import sys\n' });
    await scratch.commitAll('other');
    await scratch.git('merge', '--quiet', '--no-commit', 'main');
    expect(await concise(scratch, ['--staged'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('is told of where a merge takes away what both sides have', async () => {
    const scratch = await repository();
    scratch.write({ 'one.py': 'import os\n' });
    await scratch.commitAll('main');
    await scratch.git('switch', '--quiet', '--create', 'other', 'start');
    scratch.write({ 'two.py': 'import os\n' });
    await scratch.commitAll('other');
    await scratch.git('merge', '--quiet', '--no-commit', 'main');
    scratch.write({ [hook]: 'npm test\n' });
    await scratch.git('add', '--all');
    expect(await concise(scratch, ['--staged'])).toMatchObject({ code: 0, stdout: told });
  });
});

describe('what init does', () => {
  const old = readFileSync(path.join(projectRoot, 'fixtures/hooks/0.1.0/husky.txt'), 'utf8');

  test.each([
    ['adds its lines', 'npm test\n'],
    ['replaces those of version 0.1.0', old],
  ])('loosens nothing when it %s, also for an assistant', async (_, text) => {
    const scratch = await repository();
    scratch.write({
      'package.json': '{ "devDependencies": { "husky": "9" } }\n',
      [hook]: text,
      'approved-packages.yaml': whitelistText({}),
    });
    await scratch.commitAll('husky');
    expect(await runIn(scratch, ['init', '--yes'])).toMatchObject({ code: 0 });
    expect(scratch.read(hook)).toContain('git -c core.fsmonitor=false');
    await scratch.git('add', '--all');
    expect(await concise(scratch, ['--staged'], assistant)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('is told of when it takes its lines away', async () => {
    const scratch = await repository();
    scratch.write({ 'package.json': '{ "devDependencies": { "husky": "9" } }\n', [hook]: 'npm test\n' });
    await runIn(scratch, ['init', '--yes']);
    await scratch.commitAll('init');
    await runIn(scratch, ['init', '--remove', '--yes']);
    await scratch.git('add', '--all');
    const { code, stdout } = await concise(scratch, ['--staged']);
    expect([code, stdout]).toEqual([
      0,
      ['.husky/pre-commit:3', '.husky/pre-merge-commit:2']
        .map(
          (place) =>
            `${place}:1: warn policy-change no longer starts vetted-imports as before: the lines of init, by Ada L <ada@example.org>\n`,
        )
        .join(''),
    ]);
  });
});
