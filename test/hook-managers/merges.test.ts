import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* git calls another hook for a merge that it commits by itself (https://git-scm.com/docs/githooks#_pre_merge_commit). */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const framework = {
  manager: 'pre-commit',
  file: '.pre-commit-config.yaml',
  config: 'repos:\n  - repo: local\n    hooks:\n      - id: check-imports\n',
  script: '# https://pre-commit.com\n',
  next: 'pre-commit install --hook-type pre-merge-commit',
};
const inBrackets = { ...framework, config: 'repos: [{ repo: local, hooks: [{ id: check-imports }] }]\n' };
const git = {
  manager: 'git',
  file: '.git/hooks/pre-commit',
  config: '#!/bin/sh\nvetted-imports hook pre-commit\n',
  script: '#!/bin/sh\nvetted-imports hook pre-commit\n',
  next: 'vetted-imports init',
};

/* The modes of the hooks’ files: git starts none that is not executable. */
const alone = { 'pre-commit': 0o755 };
const both = { ...alone, 'pre-merge-commit': 0o755 };
const notStarted = { ...alone, 'pre-merge-commit': 0o644 };

test.each([
  ['framework: commits alone', framework, alone, false],
  ['framework: both', framework, both, true],
  ['framework: in brackets', inBrackets, both, true],
  ['git: commits alone', git, alone, false],
  ['git: both', git, both, true],
  ['git: both, but that of merges is not executable', git, notStarted, false],
])('%s', async (_, { manager, file, config, script, next }, hooks, isWhole) => {
  const scratch = await Scratch.with({ 'a.txt': '' });
  open.push(scratch);
  scratch.write({ [file]: config });
  for (const [name, mode] of Object.entries(hooks)) {
    scratch.write({ [`.git/hooks/${name}`]: script });
    chmodSync(path.join(scratch.root, '.git/hooks', name), mode);
  }
  const gap = `Merges are not: git does not call it for them.\nRun: ${next}\n`;
  expect(await runIn(scratch, ['init', '--check'])).toEqual({
    code: 0,
    stdout: `Commits are checked: ${file} calls vetted-imports (${manager}).\n${isWhole ? '' : gap}`,
    stderr: '',
  });
});

test.each([
  ['in a comment', '# repos: [{ repo: local, hooks: [{ id: check-imports }] }]\nrepos: []\n'],
  ['of another hook', 'repos: [{ repo: local, hooks: [{ id: check-imports-order }] }]\n'],
])('an id %s calls nothing', async (_, config) => {
  const scratch = await Scratch.with({ 'a.txt': '', [framework.file]: config });
  open.push(scratch);
  expect(await runIn(scratch, ['init', '--check'])).toMatchObject({ code: 1 });
});
