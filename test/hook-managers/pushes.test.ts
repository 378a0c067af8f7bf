import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* Calls for pushes that somebody wrote, and what init makes of them. The managers themselves: test/installed. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

interface Row {
  readonly file: string;
  readonly text: string;
  /** What makes git call a manager. */
  readonly setUp?: Readonly<Record<string, string>>;
  /** What `init --check --pre-push` says of pushes. */
  readonly says: string;
  /** Does `init --pre-push` change the file? */
  readonly writes: boolean;
}

const hook = '.git/hooks/pre-push';
const effective = `Pushes are checked: ${hook} calls vetted-imports (git).\n`;
const unreached = `Pushes are not checked yet: ${hook} calls vetted-imports, but git does not run it.\nRun: vetted-imports init --pre-push\n`;
const none =
  'Pushes are not checked: no hook calls vetted-imports for them.\nRun: vetted-imports init --pre-push\n';
const config = '.pre-commit-config.yaml';
const withHook = (stages: string) =>
  `repos:\n  - repo: local\n    hooks:\n      - id: check-imports\n${stages}`;
const installed = { [hook]: '# https://pre-commit.com\n' };
const inFramework = `Pushes are checked: ${config} calls vetted-imports (pre-commit).\n`;
const notInstalled = `Pushes are not checked yet: ${config} calls vetted-imports, but git does not run it.\nRun: pre-commit install --hook-type pre-push\n`;

test.each<[string, Row]>([
  [
    'a call',
    { file: hook, text: '#!/bin/sh\nvetted-imports hook pre-push "$@"\n', says: effective, writes: false },
  ],
  ['a call of the wrong hook', { file: hook, text: 'vetted-imports --staged\n', says: none, writes: true }],
  ['a call in a comment', { file: hook, text: '# vetted-imports hook pre-push\n', says: none, writes: true }],
  [
    'a call that is never reached',
    { file: hook, text: 'exit 0\nvetted-imports hook pre-push\n', says: unreached, writes: true },
  ],
  ['another hook', { file: hook, text: '#!/bin/sh\ngit lfs pre-push "$@"\n', says: none, writes: true }],
  [
    'a hook of the framework in every stage',
    { file: config, text: withHook(''), setUp: installed, says: inFramework, writes: false },
  ],
  [
    'a hook of the framework in every stage, and git does not call it',
    { file: config, text: withHook(''), says: notInstalled, writes: false },
  ],
  [
    'a hook of the framework whose stages name pushes',
    { file: config, text: withHook('        stages: [push]\n'), says: notInstalled, writes: false },
  ],
  [
    'a hook of the framework whose stages leave pushes out',
    {
      file: config,
      text: withHook('        stages: [pre-commit]\n'),
      setUp: installed,
      says: none,
      writes: false,
    },
  ],
])('%s', async (_, { file, text, setUp = {}, says, writes }) => {
  const scratch = await Scratch.with({ 'a.txt': '' });
  open.push(scratch);
  const files = { ...setUp, [file]: text };
  scratch.write(files);
  for (const name of Object.keys(files)) chmodSync(path.join(scratch.root, name), 0o755);
  const check = await runIn(scratch, ['init', '--check', '--pre-push']);
  expect([check.code, check.stdout.slice(check.stdout.indexOf('Pushes'))]).toEqual([1, says]);
  await runIn(scratch, ['init', '--yes', '--offline', '--pre-push']);
  expect(scratch.read(file) === text).toBe(!writes);
  await runIn(scratch, ['init', '--remove', '--yes']);
  expect(scratch.read(file)).toBe(text);
});

test('a hook in another language is left alone, and its owner told which command it has to run', async () => {
  const scratch = await Scratch.with({ 'a.txt': '' });
  open.push(scratch);
  scratch.write({ [hook]: '#!/usr/bin/env python3\n' });
  chmodSync(path.join(scratch.root, hook), 0o755);
  const { code, stderr } = await runIn(scratch, ['init', '--yes', '--pre-push']);
  expect([code, stderr]).toEqual([
    2,
    `vetted-imports: ${hook} is not a shell script, so no line can be added to it.\nLet it run \`vetted-imports hook pre-push\`, and fail where that fails.\n`,
  ]);
});

test('a hook of the framework that leaves pushes out is its owner’s, who is told what it needs', async () => {
  const scratch = await Scratch.with({
    [config]: withHook('        stages: [commit]\n').replace('repos:', 'default_stages: [commit]\nrepos:'),
  });
  open.push(scratch);
  const { code, stderr } = await runIn(scratch, ['init', '--yes', '--pre-push']);
  expect([code, stderr]).toEqual([
    2,
    `vetted-imports: the hook of vetted-imports in ${config} leaves pushes out, and init did not write it.\nAdd to it: stages: [commit, merge-commit, push]\nThen run: pre-commit install --hook-type pre-push\n`,
  ]);
});
