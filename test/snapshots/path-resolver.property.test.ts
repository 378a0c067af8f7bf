import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findGit, isFileError, type Git } from '../../src/git/git.ts';
import { findRepository } from '../../src/git/repository.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { openScope } from '../../src/snapshots/scope.ts';
import { rounds } from '../kit/length.ts';
import { run, Scratch } from '../kit/scratch.ts';

/*
 * What the index and HEAD hold, by way of links or not, is compared with what a file system says of the same files
 * when git has written them to disk.
 */

const names = ['a', 'b', 'c.py', 'd'];
const contents = ['x = 1\n', 'y = 2\n', ''];
/** None with `name/..`, which a file system follows only if there is such a folder. */
const targets = [
  'a',
  'b',
  'd/a',
  '../a',
  '../b/c.py',
  '../d/./a',
  './d//a',
  '.',
  '..',
  '../..',
  '../../c.py',
  '/a',
  'd/',
  'c.py/x',
  'a/b/c.py',
];

interface Folder {
  readonly [name: string]: Folder | string;
}

const folders = fc.letrec<{ folder: Folder; entry: Folder | string }>((tie) => ({
  folder: fc.dictionary(fc.constantFrom(...names), tie('entry'), { maxKeys: 4 }),
  entry: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: fc.constantFrom(...contents.map((text) => `100644 ${text}`)) },
    { weight: 3, arbitrary: fc.constantFrom(...targets.map((target) => `120000 ${target}`)) },
    { weight: 4, arbitrary: tie('folder') },
  ),
})).folder;

const asked = names.flatMap((one) => [
  one,
  ...names.flatMap((two) => [`${one}/${two}`, ...names.map((three) => `${one}/${two}/${three}`)]),
]);

let scratch: Scratch;
let git: Git;
beforeAll(async () => {
  scratch = await Scratch.with({});
  git = findGit(scratch.root, scratch.env);
  for (const text of [...contents, ...targets]) await plumb(['hash-object', '-w', '--stdin'], text);
});
afterAll(() => {
  scratch.dispose();
});

/** Runs git as this test needs it. @returns What it writes. */
async function plumb(args: readonly string[], stdin = ''): Promise<string> {
  const { code, stdout, stderr } = await run('git', args, { cwd: scratch.root, env: scratch.env, stdin });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

function idOf(text: string | Uint8Array): string {
  return createHash('sha1').update(`blob ${text.length}\0`).update(text).digest('hex');
}

function* linesOf(folder: Folder, prefix = ''): Generator<string, void> {
  for (const [name, entry] of Object.entries(folder)) {
    if (typeof entry !== 'string') yield* linesOf(entry, `${prefix}${name}/`);
    else yield `${entry.slice(0, 6)} ${idOf(entry.slice(7))}\t${prefix}${name}\n`;
  }
}

/** Puts files into the index, and on disk in a folder of their own. @returns The tree that git makes of them. */
async function stage(folder: Folder, disk: string): Promise<string> {
  await plumb(['read-tree', '--empty']);
  await plumb(['update-index', '--index-info'], [...linesOf(folder)].join(''));
  mkdirSync(disk);
  await plumb(['checkout-index', '--all', `--prefix=${disk}/`]);
  return (await plumb(['write-tree'])).trim();
}

/** @returns Object ids by the paths that lead to files inside of a folder. */
function answersOfDisk(disk: string): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const name of asked) {
    try {
      const end = realpathSync.native(path.join(disk, name));
      if (end.startsWith(`${disk}/`) && statSync(end).isFile()) answers[name] = idOf(readFileSync(end));
    } catch (error) {
      if (!isFileError(error)) throw error;
    }
  }
  return answers;
}

async function answersOf(snapshot: Snapshot): Promise<Record<string, string>> {
  const there = await snapshot.having(asked);
  const answers: Record<string, string> = {};
  for (const name of asked) {
    const read = await snapshot.read(name);
    expect(read.kind).toBe(there.has(name) ? 'bytes' : 'absent');
    if (read.kind === 'bytes') answers[name] = idOf(read.bytes);
  }
  return answers;
}

async function filesOfGit(tree: string): Promise<string[]> {
  const listed = (await plumb(['ls-tree', '-r', tree])).split('\n');
  return listed.filter((line) => line.startsWith('100')).map((line) => line.slice(line.indexOf('\t') + 1));
}

test('the index and HEAD hold what a file system does', async () => {
  await fc.assert(
    fc.asyncProperty(folders, folders, async (before, after) => {
      const disk = mkdtempSync(path.join(scratch.home, 'states-'));
      const [old, fresh] = [path.join(disk, 'head'), path.join(disk, 'index')];
      const head = await stage(before, old);
      const commit = (await plumb(['commit-tree', head, '-m', 'before'])).trim();
      await plumb(['update-ref', 'HEAD', commit]);
      const index = await stage(after, fresh);
      const paths = findRepository(scratch.root, scratch.env);
      if (!paths) throw new Error('no repository');
      const ground = { root: scratch.root, repository: { git, paths }, policyFrom: 'head' } as const;
      const opened = await openScope({ kind: 'staged' }, ground);
      if (opened.kind === 'fault') throw new Error(opened.fault.message);
      const { head: next, bases } = opened.scope;
      const states = [next, ...bases];
      expect(await Promise.all(states.map(answersOf))).toEqual([answersOfDisk(fresh), answersOfDisk(old)]);
      const listed = await Promise.all(states.map((state) => state.list()));
      expect(listed.map((files) => files.toSorted())).toEqual([
        (await filesOfGit(index)).toSorted(),
        (await filesOfGit(head)).toSorted(),
      ]);
      opened.close();
    }),
    { numRuns: rounds(12, 60) },
  );
});
