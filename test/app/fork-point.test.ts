import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { forkOf, type Fork } from '../../src/app/fork-point.ts';
import { findGit } from '../../src/git/git.ts';
import { findRepository } from '../../src/git/repository.ts';
import { Scratch } from '../kit/scratch.ts';

async function forkIn(scratch: Scratch, folder = scratch.root): Promise<Fork> {
  const paths = findRepository(folder, scratch.env);
  if (paths === null) throw new Error('there is no repository');
  return forkOf({ git: findGit(folder, scratch.env), paths });
}

/** The word of an extension of the format, be it in a comment, has git asked for every ref. */
function withoutFiles(scratch: Scratch): void {
  appendFileSync(path.join(scratch.root, '.git/config'), '# refstorage\n');
}

const commit = ['commit', '--quiet', '--allow-empty', '-m', 'more'];
const other = [...commit, '-m', 'of another branch'];
const branch = ['checkout', '-q', '-b', 'topic'];
const remote = (id: string) => ['update-ref', 'refs/remotes/origin/main', id];

/** `main` or `first` stands for the commit at which the branch left it; null where there is none, or it is HEAD. */
test.each<[string, readonly (readonly string[])[], string | null]>([
  ['the default branch itself', [], null],
  ['the same, detached', [['checkout', '-q', '--detach']], null],
  ['a branch ahead of it', [branch, commit], 'main'],
  ['a branch ahead, detached', [['checkout', '-q', '--detach'], commit], 'main'],
  ['the same where refs are packed', [branch, commit, ['pack-refs', '--all']], 'main'],
  ['the default branch with commits that nobody has pushed', [remote('HEAD'), commit], 'origin/main'],
  [
    'a branch, while the default branch went on',
    [branch, commit, ['checkout', '-q', 'main'], other, ['checkout', '-q', 'topic']],
    'main',
  ],
  [
    'a branch behind the default branch',
    [branch, ['checkout', '-q', 'main'], commit, ['checkout', '-q', 'topic']],
    null,
  ],
  ['no default branch', [['branch', '-m', 'develop'], commit], null],
  ['no history in common', [['checkout', '-q', '--orphan', 'new'], commit], null],
  [
    'no commit yet',
    [
      ['checkout', '-q', '--orphan', 'new'],
      ['branch', '-D', 'main'],
    ],
    null,
  ],
])('%s', async (_, calls, expected) => {
  using scratch = await Scratch.with({ 'app.py': '' });
  for (const call of calls) await scratch.git(...call);
  const quick = await forkIn(scratch);
  expect(quick.fork?.branch ?? null).toBe(expected);
  withoutFiles(scratch);
  expect(quick).toEqual(await forkIn(scratch));
});
