import path from 'node:path';
import { expect, test } from 'vitest';
import { headState } from '../../src/git/head-state.ts';
import { findRepository } from '../../src/git/repository.ts';
import { Scratch } from '../kit/scratch.ts';

const commit = ['commit', '--quiet', '--allow-empty', '-m', 'x'];

test.each<[string, readonly (readonly string[])[], readonly (readonly string[])[], boolean]>([
  ['a commit', [], [commit], true],
  ['a commit on a detached HEAD', [['checkout', '-q', '--detach']], [commit], true],
  ['a commit where refs are packed', [['pack-refs', '--all']], [commit], true],
  ['another branch', [['branch', 'other']], [['checkout', '-q', 'other']], true],
  ['a commit of another branch', [], [['update-ref', 'refs/heads/other', 'HEAD']], false],
  ['staging', [], [['rm', '-q', '--cached', 'app.py']], false],
])('%s', async (_, before, event, isSeen) => {
  using scratch = await Scratch.with({ 'app.py': '' });
  const state = () => {
    const repository = findRepository(scratch.root, {});
    return repository === null ? '' : headState(repository);
  };
  for (const words of before) await scratch.git(...words);
  const first = state();
  expect(state()).toBe(first);
  for (const words of event) await scratch.git(...words);
  expect(state() !== first).toBe(isSeen);
});

test('a linked worktree has a HEAD of its own and shares refs', async () => {
  using scratch = await Scratch.with({ 'app.py': '' });
  const linked = path.join(scratch.home, 'linked');
  await scratch.git('worktree', 'add', '-q', '-b', 'other', linked);
  const state = () => {
    const repository = findRepository(linked, {});
    return repository === null ? '' : headState(repository);
  };
  const first = state();
  await scratch.git(...commit);
  expect(state()).toBe(first);
  await scratch.git('-C', linked, ...commit);
  expect(state()).not.toBe(first);
});
