import { appendFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/* A repository that uses what could start a program is read as one that does not. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const asset = (name: string) => path.join('assets', name);

/** What is committed, and what is set up when everything is staged. */
interface Feature {
  readonly commit: (scratch: Scratch) => Promise<void>;
  readonly config: string;
}

/** Git LFS as `git lfs install --local` sets it up, on a machine without the program. */
const lfs: Feature = {
  commit: async (scratch) => {
    scratch.write({ '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n' });
    await scratch.commitAll('attributes');
  },
  config: [
    '[filter "lfs"]',
    'clean = git-lfs clean -- %f',
    'smudge = git-lfs smudge -- %f',
    'process = git-lfs filter-process',
    'required = true',
    '',
  ].join('\n'),
};

/** One that is there, with changes of its own, and one that nobody has cloned. */
async function withSubmodules(scratch: Scratch): Promise<void> {
  scratch.write({ 'there/lib.py': 'import panda_tools\n' });
  await scratch.git('-C', 'there', 'init', '--quiet');
  await scratch.git('-C', 'there', 'add', '--all');
  await scratch.git('-C', 'there', 'commit', '--quiet', '--message', 'lib');
  const commit = (await scratch.git('-C', 'there', 'rev-parse', 'HEAD')).trim();
  scratch.write({
    '.gitmodules': ['there', 'absent']
      .map((name) => `[submodule "${name}"]\n\tpath = ${name}\n\turl = https://git.example.org/${name}\n`)
      .join(''),
  });
  await scratch.git('-c', 'advice.addEmbeddedRepo=false', 'add', '--all');
  await scratch.git('update-index', '--add', '--cacheinfo', `160000,${commit},absent`);
  await scratch.git('commit', '--quiet', '--no-verify', '--message', 'submodules');
  scratch.write({ 'there/lib.py': 'import panda_toolz\n', 'there/new.py': 'import more\n' });
}

const plain: Feature = { commit: () => Promise.resolve(), config: '' };
const submodules: Feature = { commit: withSubmodules, config: '' };

/** What every command says, and what is staged in the end. */
async function sayings({ commit, config }: Feature): Promise<string[]> {
  const scratch = await shop({ [asset('logo.bin')]: 'pointer\n', 'shop/old.py': 'import os\n'.repeat(9) });
  open.push(scratch);
  await commit(scratch);
  // With such a date git compares contents, now and later.
  const later = new Date(Date.now() + 3_600_000);
  utimesSync(path.join(scratch.root, asset('logo.bin')), later, later);
  await scratch.git('add', asset('logo.bin'));
  await scratch.git('mv', 'shop/old.py', 'shop/moved.py');
  scratch.write({ 'shop/new.py': 'import evil\n', 'shop/app.py': 'import flask\nimport evil_too\n' });
  await scratch.git('add', 'shop/new.py');
  appendFileSync(path.join(scratch.root, '.git/config'), config);
  const said: string[] = [];
  for (const words of [
    '--staged',
    'check',
    '--since HEAD~0',
    'shop',
    'hook pre-commit',
    'list shop web',
    'approve pypi:evil --reason x --stage',
    'deny pypi:evil-too --reason x --stage',
    'prune --yes --stage',
    '--staged --verbose',
    'check',
  ]) {
    const { code, stdout, stderr } = await runIn(scratch, words.split(' '));
    said.push(`${words}: ${String(code)}`, stdout, stderr);
  }
  return [...said, await scratch.git('diff-index', '--cached', '--name-status', '-M', 'HEAD')];
}

let expected: string[];
beforeAll(async () => {
  expected = await sayings(plain);
});

test.each([
  ['Git LFS', lfs],
  ['submodules', submodules],
])('with %s', async (_, feature) => {
  expect(await sayings(feature)).toEqual(expected);
});

test('there is something to say', () => {
  expect(expected.join('\n')).toContain('nobody approved pypi:evil-too');
  expect(expected.at(-1)).toBe(
    'M\tapproved-packages.yaml\nR100\tshop/old.py\tshop/moved.py\nA\tshop/new.py\n',
  );
});
