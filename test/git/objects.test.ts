import { afterEach, expect, test } from 'vitest';
import { findGit } from '../../src/git/git.ts';
import { ObjectReader } from '../../src/git/objects.ts';
import { objectSnapshot } from '../../src/snapshots/objects.ts';
import { decodePath, encodePath } from '../../src/git/paths.ts';
import { Scratch } from '../kit/scratch.ts';
import { readFileSync, rmSync } from 'node:fs';
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

test('answers each request in order, whatever the size and kind of the object', async () => {
  const scratch = await repository({
    'a.py': 'import a\n',
    'empty.py': '',
    'big.py': 'x'.repeat(5000),
    'folder/b.py': 'import b\n',
  });
  const objects = reader(scratch);
  const names = [
    'HEAD:a.py',
    'HEAD:empty.py',
    'HEAD:big.py',
    'HEAD:none.py',
    'HEAD:folder',
    ':0:folder/b.py',
  ];
  const reads = await Promise.all(names.map((name) => objects.read(Buffer.from(name))));
  objects.close();
  expect(reads.map((read) => (read.kind === 'bytes' ? read.bytes.toString() : read))).toEqual([
    'import a\n',
    '',
    { kind: 'tooLarge', size: 5000 },
    { kind: 'absent' },
    { kind: 'absent' },
    'import b\n',
  ]);
});

test('knows which names lead to files', async () => {
  const scratch = await repository({ 'folder/b.py': 'import b\n' });
  const objects = reader(scratch);
  const names = ['HEAD:folder/b.py', 'HEAD:folder', 'HEAD:c.py'];
  const has = await objects.existing(names.map((name) => Buffer.from(name)));
  expect(await objects.existing([])).toEqual([]);
  objects.close();
  expect(has).toEqual([true, false, false]);
});

test('a damaged object fails alone: git ends, and the other requests are asked again', async () => {
  const scratch = await repository({ 'a.py': 'import a\n'.repeat(99), 'b.py': 'import b\n' });
  const oid = (await scratch.git('rev-parse', 'HEAD:a.py')).trim();
  const file = path.join(scratch.root, '.git/objects', oid.slice(0, 2), oid.slice(2));
  const whole = readFileSync(file);
  rmSync(file);
  scratch.write({ [path.relative(scratch.root, file)]: whole.subarray(0, whole.length - 8) });
  const objects = reader(scratch);
  const [a, b] = await Promise.all([objects.read(Buffer.from(oid)), objects.read(Buffer.from('HEAD:b.py'))]);
  objects.close();
  expect(a.kind).toBe('unreadable');
  expect(b.kind === 'bytes' && b.bytes.toString()).toBe('import b\n');
});

test('what a listed object id leads to can be missing, as in a partial clone: the file is unreadable, not absent', async () => {
  const scratch = await repository({ 'a.py': 'import a\n' });
  const oid = (await scratch.git('rev-parse', 'HEAD:a.py')).trim();
  scratch.remove(`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
  const objects = reader(scratch);
  const list = () => Promise.resolve([]);
  const snapshot = objectSnapshot({
    label: 'HEAD',
    objects,
    revision: 'HEAD',
    isIndex: false,
    told: (path) => (path === 'a.py' ? { kind: 'file', oid } : undefined),
    list,
    isPartial: () => false,
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
