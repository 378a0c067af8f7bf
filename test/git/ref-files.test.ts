import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { refReader } from '../../src/git/ref-files.ts';
import { findRepository } from '../../src/git/repository.ts';
import { Scratch } from '../kit/scratch.ts';

/** What the files say of a name, in a word or as an object id. */
function readIn(folder: string, name: string, env: Readonly<Record<string, string>> = {}): string {
  const repository = findRepository(folder, {});
  if (repository === null) throw new Error('there is no repository');
  const ref = refReader(repository, env)(name);
  return ref.kind === 'object' ? ref.id : ref.kind;
}

const commit = ['commit', '--quiet', '--allow-empty', '-m', 'second'];
const clone = ['update-ref', 'refs/remotes/origin/main', 'HEAD'];
const remoteHead = ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main'];

describe('a ref that git resolves has the same object id in the files', () => {
  test.each<[string, readonly (readonly string[])[], string]>([
    ['HEAD', [], 'HEAD'],
    ['a branch', [], 'refs/heads/main'],
    ['packed refs', [['pack-refs', '--all']], 'HEAD'],
    ['a commit after refs were packed', [['pack-refs', '--all'], commit], 'HEAD'],
    [
      'a branch behind a packed tag',
      [
        ['tag', '-a', '-m', 'x', 'v1'],
        ['pack-refs', '--all'],
      ],
      'refs/heads/main',
    ],
    ['a detached HEAD', [['checkout', '-q', '--detach'], commit], 'HEAD'],
    ['a name that is not ASCII', [['checkout', '-q', '-b', 'größe/maß']], 'HEAD'],
    [
      'the same, packed',
      [
        ['checkout', '-q', '-b', 'größe/maß'],
        ['pack-refs', '--all'],
      ],
      'HEAD',
    ],
    [
      'a name that begins another one',
      [['branch', 'main2'], commit, ['pack-refs', '--all']],
      'refs/heads/main',
    ],
    ['the branch that a clone started from', [clone, remoteHead, commit], 'refs/remotes/origin/HEAD'],
    ['the same, packed', [clone, remoteHead, commit, ['pack-refs', '--all']], 'refs/remotes/origin/HEAD'],
  ])('%s', async (_, calls, name) => {
    using scratch = await Scratch.with({ 'app.py': '' });
    for (const call of calls) await scratch.git(...call);
    expect(readIn(scratch.root, name)).toBe((await scratch.git('rev-parse', name)).trim());
  });

  test('in a linked worktree, HEAD is its own and branches are shared', async () => {
    using scratch = await Scratch.with({ 'app.py': '' });
    const linked = path.join(scratch.home, 'linked');
    await scratch.git('worktree', 'add', '-q', '-b', 'other', linked);
    await scratch.git('-C', linked, ...commit);
    for (const name of ['HEAD', 'refs/heads/other', 'refs/heads/main'])
      expect(readIn(linked, name)).toBe((await scratch.git('-C', linked, 'rev-parse', name)).trim());
    expect(readIn(linked, 'HEAD')).not.toBe(readIn(scratch.root, 'HEAD'));
  });

  test('where ids have 32 bytes', async () => {
    using scratch = await Scratch.with({ 'README.md': '' });
    await scratch.git('init', '--quiet', '--object-format=sha256', 'inner');
    const inner = path.join(scratch.root, 'inner');
    await scratch.git('-C', inner, ...commit);
    expect(readIn(inner, 'HEAD')).toBe((await scratch.git('-C', inner, 'rev-parse', 'HEAD')).trim());
    expect(readIn(inner, 'HEAD')).toHaveLength(64);
  });
});

describe('nothing is told of', () => {
  test.each<[string, readonly (readonly string[])[], string, string]>([
    ['a branch that is not there', [], 'refs/heads/other', 'absent'],
    ['HEAD before the first commit of a branch', [['checkout', '-q', '--orphan', 'new']], 'HEAD', 'absent'],
    ['a symbolic ref to what is gone', [remoteHead], 'refs/remotes/origin/HEAD', 'absent'],
    ['a folder of refs', [clone], 'refs/remotes/origin', 'absent'],
    ['a ref of one worktree', [['update-ref', 'refs/worktree/x', 'HEAD']], 'refs/worktree/x', 'unclear'],
    ['a path that leads out of the folder', [], 'refs/../../app.py', 'unclear'],
    ['symbolic refs in a circle', [['symbolic-ref', 'refs/x', 'refs/x']], 'refs/x', 'unclear'],
  ])('%s', async (_, calls, name, kind) => {
    using scratch = await Scratch.with({ 'app.py': '' });
    for (const call of calls) await scratch.git(...call);
    expect(readIn(scratch.root, name)).toBe(kind);
  });

  test.each<[string, (gitFolder: string) => void, Readonly<Record<string, string>>]>([
    ['a branch that is a link', linkBranch, {}],
    ['a HEAD that is a link', linkHead, {}],
    [
      'a repository without HEAD',
      (folder) => {
        rmSync(path.join(folder, 'HEAD'));
      },
      {},
    ],
    ['refs that a variable puts elsewhere', () => undefined, { GIT_COMMON_DIR: '/elsewhere' }],
  ])('%s', async (_, change, env) => {
    using scratch = await Scratch.with({ 'app.py': '' });
    change(path.join(scratch.root, '.git'));
    expect(readIn(scratch.root, 'HEAD', env)).toBe('unclear');
  });

  test.each([
    [
      'refs that are no files',
      { '.git/config': '[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n' },
    ],
    ['a branch that was half written', { '.git/refs/heads/main': '' }],
    ['a branch with a damaged id', { '.git/refs/heads/main': 'abc\n' }],
    ['a HEAD that names no ref', { '.git/HEAD': 'ref: app.py\n' }],
  ])('%s', async (_, files) => {
    using scratch = await Scratch.with({ 'app.py': '' });
    scratch.write(files);
    expect(readIn(scratch.root, 'HEAD')).toBe('unclear');
  });
});

function linkBranch(gitFolder: string): void {
  const branch = path.join(gitFolder, 'refs/heads/main');
  renameSync(branch, `${branch}-real`);
  symlinkSync('main-real', branch);
}

function linkHead(gitFolder: string): void {
  rmSync(path.join(gitFolder, 'HEAD'));
  symlinkSync('refs/heads/main', path.join(gitFolder, 'HEAD'));
}
