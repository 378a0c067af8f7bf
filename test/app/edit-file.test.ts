import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { editFile } from '../../src/app/edit-file.ts';
import { UsageError } from '../../src/app/usage-error.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'check-imports-edit-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const at = (name: string) => path.join(folder, name);
const edited = () => ({ file: at('file'), lock: at('lock') });
const append = (line: string) => (text: string | null) => Promise.resolve(`${text ?? ''}${line}\n`);

describe('editFile', () => {
  test('of many at once loses no edit, and leaves nothing else behind', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => String(index));
    await Promise.all(lines.map((line) => editFile(edited(), append(line))));
    expect(readFileSync(at('file'), 'utf8').trim().split('\n').toSorted()).toEqual(lines.toSorted());
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('of a file that an editor has open edits the open text and leaves the disk to the editor', async () => {
    writeFileSync(at('file'), 'saved\n');
    const replaced: string[] = [];
    const replaceBy = (newText: string) => Promise.resolve(void replaced.push(newText));
    const open = { text: 'not saved\n', replaceBy };
    expect(await editFile({ ...edited(), open: () => open }, append('one'))).toBe(true);
    expect(replaced).toEqual(['not saved\none\n']);
    expect(await editFile({ ...edited(), open: () => open }, (text) => Promise.resolve(text))).toBe(false);
    const refusing = { ...open, replaceBy: () => Promise.reject(new UsageError('no', 'again')) };
    await expect(editFile({ ...edited(), open: () => refusing }, append('one'))).rejects.toThrow('no');
    expect(readFileSync(at('file'), 'utf8')).toBe('saved\n');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('that fails leaves the file and no lock', async () => {
    writeFileSync(at('file'), 'old\n');
    const failing = editFile(edited(), () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect([readFileSync(at('file'), 'utf8'), readdirSync(folder)]).toEqual(['old\n', ['file']]);
  });

  test('of a file that is not there makes its folder too', async () => {
    const inside = { file: at('a/b/file'), lock: at('lock') };
    expect(await editFile(inside, () => Promise.resolve(null))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    expect(await editFile(inside, append('x'))).toBe(true);
    expect([readFileSync(at('a/b/file'), 'utf8'), readdirSync(at('a/b'))]).toEqual(['x\n', ['file']]);
  });

  test('keeps permissions and symbolic links', async () => {
    writeFileSync(at('real'), '');
    chmodSync(at('real'), 0o640);
    symlinkSync('real', at('file'));
    expect(await editFile(edited(), append('x'))).toBe(true);
    expect([readFileSync(at('real'), 'utf8'), statSync(at('real')).mode & 0o777]).toEqual(['x\n', 0o640]);
    expect(readdirSync(folder)).toEqual(['file', 'real']);
  });

  test('asks no file for `sync`, which those of Yarn’s Plug’n’Play do not have', async () => {
    const handle = await open(at('other'), 'w');
    await handle.close();
    const files = Reflect.getPrototypeOf(handle) ?? {};
    const sync = Reflect.getOwnPropertyDescriptor(files, 'sync') ?? {};
    const value = () => Promise.reject(new Error('Method not implemented.'));
    Object.defineProperty(files, 'sync', { ...sync, value });
    try {
      expect(await editFile(edited(), append('x'))).toBe(true);
    } finally {
      Object.defineProperty(files, 'sync', sync);
    }
    expect(readFileSync(at('file'), 'utf8')).toBe('x\n');
  });

  test('follows links inside of a root, and none that leads out of it', async () => {
    mkdirSync(at('root/folder'), { recursive: true });
    mkdirSync(at('outside'));
    for (const [target, name] of [
      ['folder', 'inner'],
      ['../outside', 'outer'],
      ['../outside/file', 'file'],
    ] as const)
      symlinkSync(target, at(`root/${name}`));
    writeFileSync(at('outside/file'), 'old\n');
    const edit = (name: string) =>
      editFile({ ...edited(), file: at(`root/${name}`), root: at('root') }, append('x'));
    expect(await edit('inner/new/file')).toBe(true);
    expect(readFileSync(at('root/folder/new/file'), 'utf8')).toBe('x\n');
    for (const name of ['outer/file', 'outer/new/file', 'file'])
      await expect(edit(name)).rejects.toThrow('leads out of the repository');
    expect([readdirSync(at('outside')), readFileSync(at('outside/file'), 'utf8')]).toEqual([
      ['file'],
      'old\n',
    ]);
  });

  test('writes nothing where nothing changes', async () => {
    writeFileSync(at('file'), 'same\n');
    expect(await editFile(edited(), (text) => Promise.resolve(text))).toBe(false);
    expect(await editFile(edited(), () => Promise.resolve(null))).toBe(false);
  });

  test('that nobody may write is told, and left alone', async () => {
    writeFileSync(at('file'), 'old\n');
    const noLock = editFile({ file: at('file'), lock: at('file/lock') }, append('x'));
    await expect(noLock).rejects.toThrow(/file.lock can’t be written \(ENOTDIR\)/);
    const noFile = editFile({ file: folder, lock: at('lock') }, append('x'));
    await expect(noFile).rejects.toThrow(UsageError);
    expect([readFileSync(at('file'), 'utf8'), readdirSync(folder)]).toEqual(['old\n', ['file']]);
  });

  const gone = 2 ** 22 + 1;
  test.each([
    ['of a process that died', `${gone} ${hostname()}\n`, 0],
    ['that is old, of another machine', '1 elsewhere\n', 60],
    ['that is old and says nothing', '', 60],
    ['that is far ahead of the clock, of another machine', '1 elsewhere\n', -3600],
    ['that is far ahead of the clock and says nothing', '', -3600],
  ])('takes over a lock %s', async (_, holder, age) => {
    writeFileSync(at('lock'), holder);
    const then = Date.now() / 1000 - age;
    utimesSync(at('lock'), then, then);
    await Promise.all([editFile(edited(), append('x')), editFile(edited(), append('x'))]);
    expect([readFileSync(at('file'), 'utf8'), readdirSync(folder)]).toEqual(['x\nx\n', ['file']]);
  });

  test('waits for a lock of another machine whose clock is a little ahead', async () => {
    writeFileSync(at('lock'), '1 elsewhere\n');
    const then = Date.now() / 1000 + 10;
    utimesSync(at('lock'), then, then);
    const editing = editFile(edited(), append('x'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(readdirSync(folder)).toEqual(['lock']);
    rmSync(at('lock'));
    expect(await editing).toBe(true);
  });

  test.each<[what: string, lock: string, breaking: string]>([
    ['while it took over a lock', `${gone} ${hostname()}\n`, `${gone + 1} ${hostname()}\n`],
    ['before it wrote its name into the right to take over', `${gone} ${hostname()}\n`, ''],
    ['before it wrote its name into a lock', '', `${gone} ${hostname()}\n`],
  ])('goes on after a process that was killed %s', { timeout: 10_000 }, async (_, lock, breaking) => {
    writeFileSync(at('lock'), lock);
    writeFileSync(at('lock.break'), breaking);
    const then = Date.now() / 1000 - 5;
    for (const name of ['lock', 'lock.break']) utimesSync(at(name), then, then);
    await Promise.all([editFile(edited(), append('x')), editFile(edited(), append('x'))]);
    expect([readFileSync(at('file'), 'utf8'), readdirSync(folder)]).toEqual(['x\nx\n', ['file']]);
  });
});
