import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
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

/** A pack of a text, and of a delta that copies it some times over (https://git-scm.com/docs/gitformat-pack). */
function packWithDelta(base: string, times: number): Buffer {
  const copy = [0x80 | 0x20, base.length >> 8];
  const delta = [
    ...sizeBytes(base.length),
    ...sizeBytes(base.length * times),
    ...Array.from({ length: times }, () => copy).flat(),
  ];
  const blob = Buffer.concat([Buffer.from(headBytes(3, base.length)), deflateSync(base)]);
  const distance = [0x80 | ((blob.length >> 7) - 1), blob.length & 0x7f];
  const entry = Buffer.concat([
    Buffer.from([...headBytes(6, delta.length), ...(blob.length < 0x80 ? [blob.length] : distance)]),
    deflateSync(Buffer.from(delta)),
  ]);
  const content = Buffer.concat([Buffer.from('PACK\0\0\0\x02\0\0\0\x02', 'latin1'), blob, entry]);
  return Buffer.concat([content, createHash('sha1').update(content).digest()]);
}

function sizeBytes(size: number): readonly number[] {
  return size < 0x80 ? [size] : [0x80 | (size & 0x7f), ...sizeBytes(size >> 7)];
}

function headBytes(type: number, size: number): readonly number[] {
  const first = (type << 4) | (size & 0x0f);
  return size < 16 ? [first] : [0x80 | first, ...sizeBytes(size >> 4)];
}

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

  test('a small delta that makes an object of more than a megabyte', async () => {
    using scratch = await Scratch.with({ 'app.py': '' });
    const made = 'a'.repeat(0x8000 * 64);
    scratch.write({ 'made.pack': packWithDelta('a'.repeat(0x8000), 64) });
    await scratch.git('index-pack', '-o', '.git/objects/pack/pack-0a.idx', 'made.pack');
    scratch.write({ '.git/objects/pack/pack-0a.pack': readFileSync(path.join(scratch.root, 'made.pack')) });
    scratch.write({ 'made.txt': made, 'base.txt': 'a'.repeat(0x8000) });
    const id = (await scratch.git('hash-object', 'made.txt')).trim();
    const base = (await scratch.git('hash-object', 'base.txt')).trim();
    expect((await scratch.git('cat-file', '-s', id)).trim()).toBe(String(made.length));
    expect(readIn(scratch.root, base)).toMatch(/^blob a+$/);
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
