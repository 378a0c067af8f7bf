import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { objectFiles } from '../../src/git/object-files.ts';
import { findRepository, type Repository } from '../../src/git/repository.ts';
import { Scratch } from '../kit/scratch.ts';

function repositoryOf(folder: string): Repository {
  const repository = findRepository(folder, {});
  if (repository === null) throw new Error('there is no repository');
  return repository;
}

/** What the files say of an object: its type and content, or null where git has to be asked. */
function readIn(folder: string, id: string, env: Readonly<Record<string, string>> = {}): string | null {
  const files = objectFiles(repositoryOf(folder), env);
  const object = files?.read(id) ?? null;
  files?.close();
  return object === null ? null : `${object.type} ${object.bytes.toString('latin1')}`;
}

/** Many versions of a long file, so that git writes deltas, and of deltas. */
async function history(): Promise<Scratch> {
  const scratch = await Scratch.with({ 'empty.py': '', 'folder/b.py': 'import b\n' });
  const lines = Array.from({ length: 400 }, (_, at) => `value_${String(at)} = ${String(at * 7919)}`);
  for (let version = 0; version < 6; version++) {
    lines.splice(version * 50, 3, `changed_${String(version)} = ${'x'.repeat(version * 40)}`);
    scratch.write({ 'long.py': `${lines.join('\n')}\n` });
    await scratch.commitAll(`version ${String(version)}`);
  }
  await scratch.git('tag', '-a', '-m', 'a tag', 'v1');
  return scratch;
}

async function everyObject(scratch: Scratch): Promise<readonly string[]> {
  const all = await scratch.git('cat-file', '--batch-all-objects', '--batch-check=%(objectname)');
  return all.trim().split('\n');
}

async function asGitSays(scratch: Scratch, id: string): Promise<string> {
  const type = (await scratch.git('cat-file', '-t', id)).trim();
  // A tree is no text; its size tells of it.
  if (type === 'tree') return `tree of ${(await scratch.git('cat-file', '-s', id)).trim()}`;
  return `${type} ${Buffer.from(await scratch.git('cat-file', type, id), 'utf8').toString('latin1')}`;
}

const asCompared = (text: string | null) =>
  text?.startsWith('tree ') === true ? `tree of ${String(text.length - 'tree '.length)}` : text;

describe('each object is what git says', () => {
  test.each<[string, readonly (readonly string[])[]]>([
    ['loose', []],
    ['packed', [['repack', '-a', '-d', '-q', '-f', '--depth=50', '--window=50']]],
    [
      'in a pack that names the bases of deltas by their ids',
      [['-c', 'repack.useDeltaBaseOffset=false', 'repack', '-a', '-d', '-q', '-f']],
    ],
    [
      'in several packs',
      [
        ['repack', '-d', '-q'],
        ['commit', '-q', '--allow-empty', '-m', 'more'],
        ['repack', '-d', '-q'],
      ],
    ],
    [
      'under one index of many packs',
      [
        ['repack', '-a', '-d', '-q'],
        ['multi-pack-index', 'write'],
      ],
    ],
  ])('%s', async (_, calls) => {
    using scratch = await history();
    for (const call of calls) await scratch.git(...call);
    const ids = await everyObject(scratch);
    expect(ids.length).toBeGreaterThan(15);
    for (const id of ids) expect(asCompared(readIn(scratch.root, id))).toBe(await asGitSays(scratch, id));
  });

  test('in a linked worktree', async () => {
    using scratch = await Scratch.with({ 'app.py': 'import os\n' });
    const linked = path.join(scratch.home, 'linked');
    await scratch.git('worktree', 'add', '-q', '-b', 'other', linked);
    const id = (await scratch.git('rev-parse', 'HEAD:app.py')).trim();
    expect(readIn(linked, id)).toBe('blob import os\n');
  });
});

test('a loose object does not take the place of one in a pack, as for git', async () => {
  using scratch = await Scratch.with({ 'app.py': 'import os\n' });
  const id = (await scratch.git('rev-parse', 'HEAD:app.py')).trim();
  await scratch.git('repack', '-a', '-d', '-q');
  const folder = path.join(scratch.root, '.git/objects', id.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, id.slice(2)), deflateSync('blob 12\0import evil\n'));
  expect(readIn(scratch.root, id)).toBe('blob import os\n');
  expect(await scratch.git('cat-file', 'blob', id)).toBe('import os\n');
});

describe('git is asked', () => {
  const unknown = '0123456789'.repeat(4);
  test.each<[string, Readonly<Record<string, string>>]>([
    ['where objects stand elsewhere', { GIT_OBJECT_DIRECTORY: '/elsewhere' }],
    ['where more stand elsewhere', { GIT_ALTERNATE_OBJECT_DIRECTORIES: '/elsewhere' }],
    ['where the repository is in parts', { GIT_COMMON_DIR: '/elsewhere' }],
  ])('%s', async (_, env) => {
    using scratch = await Scratch.with({ 'app.py': 'import os\n' });
    const id = (await scratch.git('rev-parse', 'HEAD:app.py')).trim();
    expect(readIn(scratch.root, id)).toBe('blob import os\n');
    expect(readIn(scratch.root, id, env)).toBeNull();
  });

  test.each<[string, (pack: string, folder: string) => void]>([
    [
      'a pack that ends early',
      (pack) => {
        truncateSync(pack, 40);
      },
    ],
    [
      'a pack without its start',
      (pack) => {
        writeFileSync(pack, 'no pack at all');
      },
    ],
    [
      'an index without its pack',
      (pack) => {
        renameSync(pack, `${pack}.gone`);
      },
    ],
    [
      'an index of another form',
      (pack) => {
        writeFileSync(pack.replace(/pack$/, 'idx'), Buffer.alloc(2000));
      },
    ],
    [
      'more packs than are looked through',
      (pack, folder) => {
        for (let at = 10; at < 30; at++) appendFileSync(path.join(folder, `pack-${String(at)}.idx`), '');
      },
    ],
  ])('%s', async (_, damage) => {
    using scratch = await history();
    const id = (await scratch.git('rev-parse', 'HEAD:long.py')).trim();
    await scratch.git('repack', '-a', '-d', '-q');
    const folder = path.join(scratch.root, '.git/objects/pack');
    const name = readdirSync(folder).find((file) => file.endsWith('.pack')) ?? '';
    expect(readIn(scratch.root, id)).toMatch(/^blob /);
    // git writes files that nobody may write.
    for (const file of readdirSync(folder)) chmodSync(path.join(folder, file), 0o644);
    damage(path.join(folder, name), folder);
    expect(readIn(scratch.root, id)).toBeNull();
  });

  test('an object that is not there, or not named by 40 digits', async () => {
    using scratch = await Scratch.with({ 'app.py': '' });
    for (const name of [unknown, 'HEAD', '../../../app.py', `${unknown}${unknown}`, ''])
      expect(readIn(scratch.root, name)).toBeNull();
  });

  test.each([
    ['no compressed text', Buffer.from('blob 3\0abc')],
    ['another size', deflateSync('blob 4\0abc')],
    ['no type of git', deflateSync('text 3\0abc')],
    ['a text of more than a megabyte', deflateSync(`blob 9000000\0${' '.repeat(9_000_000)}`)],
  ])('a loose object of %s', async (_, bytes) => {
    using scratch = await Scratch.with({ 'app.py': '' });
    scratch.write({ [`.git/objects/01/${unknown.slice(2)}`]: bytes });
    expect(readIn(scratch.root, unknown)).toBeNull();
  });
});
