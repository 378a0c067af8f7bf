import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findGit } from '../../src/git/git.ts';
import { findRepository } from '../../src/git/repository.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { ScopeRequest } from '../../src/snapshots/scope-request.ts';
import { openScope } from '../../src/snapshots/scope.ts';
import { Scratch } from '../kit/scratch.ts';

/*
 * Of what an edit asks for, most is told without a list of the work tree. Each answer is compared with that of the same
 * state after it was listed.
 */

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const buffers = new Map([['src/new.py', 'import os\n']]);

async function workTree(scratch: Scratch, request: ScopeRequest): Promise<Snapshot> {
  const paths = findRepository(scratch.root, scratch.env);
  if (paths === null) throw new Error('there is no repository');
  const git = findGit(scratch.root, scratch.env);
  const opened = await openScope(request, {
    root: paths.root,
    repository: { git, paths },
    policyFrom: 'base',
  });
  if (opened.kind === 'fault') throw new Error(opened.fault.message);
  closing.push(opened.close);
  return opened.scope.head;
}

const edits = (scratch: Scratch) =>
  workTree(scratch, { kind: 'edits', buffers, from: { revision: 'HEAD', label: 'HEAD' } });

/** One of every kind; what is behind the path says whether a project has a file there. */
const present: Readonly<Record<string, boolean>> = {
  'README.md': true,
  'src/app.py': true,
  'src/edited.py': true,
  'src/new.py': true,
  'src/untracked.py': true,
  'größe/maß.py': true,
  'staged.py': true,
  'link.py': true,
  'linked/app.py': true,
  'src/removed.py': false,
  'src/ignored.py': false,
  'build/made.py': false,
  src: false,
  'untracked-folder': false,
  'inner/own.py': false,
  'outside.py': false,
  'dangling.py': false,
  '.git/config': false,
  'readme.MD': false,
  'src/app.py/x': false,
  'nowhere.py': false,
};

async function everyKind(): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.gitignore': 'ignored.py\nbuild/\n',
    'README.md': '',
    'src/app.py': '',
    'src/edited.py': '',
    'src/removed.py': '',
    'größe/maß.py': '',
  });
  await scratch.git('init', '--quiet', 'inner');
  scratch.write({
    'src/edited.py': 'import os\n',
    'src/untracked.py': '',
    'src/ignored.py': '',
    'build/made.py': '',
    'untracked-folder/x.py': '',
    'inner/own.py': '',
    'staged.py': '',
  });
  scratch.remove('src/removed.py');
  return scratch;
}

test.each([
  ['without links', {}],
  [
    'with links',
    { 'link.py': 'src/app.py', linked: 'src', 'outside.py': '/etc/hosts', 'dangling.py': 'gone.py' },
  ],
])('what is there is the same before everything is listed and after: %s', async (_, links) => {
  using scratch = await everyKind();
  scratch.link(links);
  await scratch.git('add', 'staged.py', ...Object.keys(links));
  const listed = await edits(scratch);
  await listed.list();
  const isThere = async (snapshot: Snapshot, name: string, others: readonly string[] = []) =>
    (await snapshot.having([name, ...others])).has(name);
  for (const [name, expected] of Object.entries(present)) {
    const isLink = /^(?:link|outside|dangling)/.test(name);
    const wanted = expected && !(isLink && Object.keys(links).length === 0);
    expect([name, await isThere(await edits(scratch), name)]).toEqual([name, wanted]);
    // Where many are asked for, their folder is read instead.
    const neighbours = Array.from({ length: 100 }, (_, index) => path.posix.join(name, '..', `${index}.js`));
    expect([name, await isThere(await edits(scratch), name, neighbours)]).toEqual([name, wanted]);
    expect([name, await isThere(listed, name)]).toEqual([name, wanted]);
  }
  const all = Object.keys(present);
  expect(await (await edits(scratch)).having(all)).toEqual(await listed.having(all));
  expect(await (await edits(scratch)).links()).toEqual(await listed.links());
});

test('what is tracked or not on disk is told without a list, and what only a list tells with one', async () => {
  using scratch = await everyKind();
  const asked = async (...names: string[]) => {
    const snapshot = await edits(scratch);
    await snapshot.having(names);
    return snapshot.listed?.() !== null;
  };
  expect(await asked('README.md', 'src/app.py', 'src/removed.py', 'nowhere.py', 'src', 'src/new.py')).toBe(
    false,
  );
  expect(await asked('README.md', 'src/untracked.py')).toBe(true);
  await scratch.git('config', 'core.splitIndex', 'true');
  await scratch.git('add', path.join('src', 'untracked.py'));
  expect(await asked('nowhere.py')).toBe(false);
  expect(await asked('README.md')).toBe(true);
});
