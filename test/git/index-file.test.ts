import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { indexLinks, indexPaths } from '../../src/git/index-file.ts';
import { Scratch } from '../kit/scratch.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

test.each([
  ['version 2', 'sha1', ['config', 'index.version', '2']],
  ['version 4, in which names are shortened', 'sha1', ['config', 'index.version', '4']],
  ['ids of 32 bytes', 'sha256', ['config', 'index.version', '2']],
  ['a part in another file', 'sha1', ['config', 'core.splitIndex', 'true']],
  ['no checksum', 'sha1', ['config', 'index.skipHash', 'true']],
])('finds the links of an index: %s', async (_, format, setting) => {
  const scratch = await Scratch.with({ 'README.md': '' });
  open.push(scratch);
  await scratch.git('init', '--quiet', `--object-format=${format}`, 'inner');
  const root = path.join(scratch.root, 'inner');
  const git = (...args: string[]) => scratch.git('-C', root, ...args);
  await git(...setting);
  scratch.write({
    'inner/a.txt': 'a',
    'inner/lists/deep/b.txt': 'b',
    'inner/größe/x.py': 'x',
    'inner/z': 'z',
  });
  symlinkSync('a.txt', path.join(root, 'requirements.txt'));
  symlinkSync('../a.txt', path.join(root, `lists/${'l'.repeat(200)}`));
  symlinkSync('nowhere', path.join(root, 'größe/link'));
  await git('add', '--all');
  await git('add', '--intent-to-add', '.');
  const place = { executable: 'git', cwd: root, env: scratch.env };
  const repository = { root, gitDir: path.join(root, '.git') };
  const links = ['größe/link', `lists/${'l'.repeat(200)}`, 'requirements.txt'].sort();
  expect([...(await indexLinks(place, repository))].sort()).toEqual(links);
  const index = indexPaths(place, repository);
  const isReadHere = !setting.includes('core.splitIndex');
  expect(index.links()?.toSorted() ?? null).toEqual(isReadHere ? links : null);
  const files = ['a.txt', 'größe/x.py', 'lists/deep/b.txt', 'z'];
  const others = ['A.txt', 'b.txt', 'größe', 'grosse/x.py', 'x', 'requirements.txt', 'lists/deep'];
  expect(index.files([...others, ...files])).toEqual(isReadHere ? new Set(files) : null);
});
