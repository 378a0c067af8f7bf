import { afterEach, expect, test } from 'vitest';
import { findGit } from '../../src/git/git.ts';
import { ObjectReader } from '../../src/git/objects.ts';
import { emptyDiff } from '../../src/snapshots/diff-view.ts';
import { objectSnapshot } from '../../src/snapshots/objects.ts';
import { TreeCache } from '../../src/snapshots/tree-cache.ts';
import { decodePath, encodePath } from '../../src/git/paths.ts';
import { Tree } from '../../src/git/tree.ts';
import { Scratch } from '../kit/scratch.ts';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function repository(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

function reader(scratch: Scratch, limit = 1000): ObjectReader {
  return new ObjectReader(findGit(scratch.root, scratch.env), limit);
}

/** The objects of HEAD by their paths; `HEAD:folder` is a folder's. */
async function oids(scratch: Scratch, ...names: readonly string[]): Promise<string[]> {
  return Promise.all(names.map(async (name) => (await scratch.git('rev-parse', name)).trim()));
}

test('answers each request in order, whatever the size and kind of the object', async () => {
  const scratch = await repository({
    'a.py': 'import a\n',
    'empty.py': '',
    'big.py': 'x'.repeat(5000),
    'folder/b.py': 'import b\n',
  });
  const objects = reader(scratch);
  const names = await oids(
    scratch,
    'HEAD:a.py',
    'HEAD:empty.py',
    'HEAD:big.py',
    'HEAD:folder',
    'HEAD:folder/b.py',
  );
  const asked = [...names, '0123456789'.repeat(4), ...names.slice(0, 1)];
  const reads = await Promise.all(asked.map((name) => objects.read(name)));
  objects.close();
  expect(reads.map((read) => (read.kind === 'bytes' ? read.bytes.toString() : read))).toEqual([
    'import a\n',
    '',
    { kind: 'tooLarge', size: 5000, start: Buffer.from('x'.repeat(1024)) },
    { kind: 'absent' },
    'import b\n',
    { kind: 'absent' },
    'import a\n',
  ]);
});

test.each([['sha1'], ['sha256']])('reads folders: %s', async (format) => {
  const scratch = await repository({});
  await scratch.git('init', '--quiet', `--object-format=${format}`, 'inner');
  const inner = path.join(scratch.root, 'inner');
  const git = (...args: string[]) => scratch.git('-C', inner, ...args);
  scratch.write({ 'inner/a b.py': '', 'inner/größe/x.py': 'x' });
  symlinkSync('a b.py', path.join(inner, 'link'));
  await git('add', '--all');
  const id = (await git('rev-parse', ':größe/x.py')).trim();
  await git('update-index', '--add', '--cacheinfo', `160000,${id},module`);
  await git('commit', '--quiet', '--no-verify', '--message', 'all');
  const objects = new ObjectReader(findGit(inner, scratch.env), 1000);
  const tree = await objects.tree('HEAD^{tree}');
  const names = ['a b.py', 'größe', 'link', 'module', 'none', ''];
  const types = names.map((name) => tree.get(name)?.type);
  expect(types).toEqual(['file', 'folder', 'link', 'other', undefined, undefined]);
  const folder = await objects.tree(tree.get('größe')?.oid ?? '');
  objects.close();
  expect(folder.get('x.py')).toEqual({ type: 'file', oid: id });
});

test.each([' ', '100644', '100644 a.py', 'a\0b', '\0', 'a b\0 cd'])(
  'bytes that are no folder: %j',
  (bytes) => {
    expect(() => new Tree(Buffer.from(bytes), 2)).toThrow('git has damaged folders');
  },
);

test('a folder that git has lost is an error', async () => {
  const scratch = await repository({ 'folder/b.py': 'import b\n' });
  const [folder = '', file = ''] = await oids(scratch, 'HEAD:folder', 'HEAD:folder/b.py');
  scratch.remove(`.git/objects/${folder.slice(0, 2)}/${folder.slice(2)}`);
  const objects = reader(scratch);
  await expect(objects.tree(folder)).rejects.toThrow(`git can’t read the folder ${folder}`);
  await expect(objects.tree(file)).rejects.toThrow(`git can’t read the folder ${file}`);
  objects.close();
});

test('a damaged object fails alone: git ends, and the other requests are asked again', async () => {
  const scratch = await repository({ 'a.py': 'import a\n'.repeat(99), 'b.py': 'import b\n' });
  const [oid = '', other = ''] = await oids(scratch, 'HEAD:a.py', 'HEAD:b.py');
  const file = path.join(scratch.root, '.git/objects', oid.slice(0, 2), oid.slice(2));
  const whole = readFileSync(file);
  rmSync(file);
  scratch.write({ [path.relative(scratch.root, file)]: whole.subarray(0, whole.length - 8) });
  const objects = reader(scratch);
  const [a, b] = await Promise.all([objects.read(oid), objects.read(other)]);
  objects.close();
  expect(a.kind).toBe('unreadable');
  expect(b.kind === 'bytes' && b.bytes.toString()).toBe('import b\n');
});

test('what a listed object id leads to can be missing, as in a partial clone: the file is unreadable, not absent', async () => {
  const scratch = await repository({ 'a.py': 'import a\n' });
  const [oid = ''] = await oids(scratch, 'HEAD:a.py');
  scratch.remove(`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
  const objects = reader(scratch);
  const snapshot = objectSnapshot({
    label: 'HEAD',
    revision: 'HEAD',
    told: emptyDiff,
    trees: new TreeCache(objects),
    links: null,
    search: null,
  });
  const read = await snapshot.read('a.py');
  objects.close();
  expect(read).toEqual({ kind: 'unreadable', reason: `git has no object ${oid}` });
});

test.each([
  ['plain', Buffer.from('src/app.py')],
  ['UTF-8', Buffer.from('src/größe-日本-😀.py')],
  ['Latin-1', Buffer.from([0x61, 0xe9, 0x2e, 0x70, 0x79])],
  ['a sequence that is cut off', Buffer.from([0xf0, 0x9f, 0x98])],
  ['a surrogate in UTF-8', Buffer.from([0xed, 0xb2, 0x80])],
])('paths keep their bytes: %s', (_, bytes) => {
  expect(encodePath(decodePath(bytes))).toEqual(bytes);
});
