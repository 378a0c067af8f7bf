import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { findProgram } from '../kit/find-program.ts';
import { installIn, installed, leave, vettedImports } from '../kit/packed.ts';
import { run, Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/*
 * `init --pre-push` with the real hook managers and the packed tool, each between two repositories: an invented import that
 * came past the hook of commits stops the push, what is approved is pushed, and a branch can be deleted.
 */

interface Row {
  readonly manager: string;
  readonly files: Readonly<Record<string, string>>;
  /** What makes git call the manager, before init and after it. A bare name is a command that npm installed. */
  readonly setUp: readonly string[] | null;
  /** The same for pushes, as init says it, where it is something else. */
  readonly setUpPushes?: readonly string[];
  /** The file that init puts the call into. */
  readonly calls: string;
}

const preCommitProgram = findProgram('pre-commit');

const manifest = (extra: Readonly<Record<string, unknown>> = {}) =>
  `${JSON.stringify({ name: 'shop', private: true, ...extra }, null, 2)}\n`;
const depending = (name: string, extra = {}) => ({
  'package.json': manifest({ devDependencies: { [name]: '*' }, ...extra }),
});

const rows: readonly Row[] = [
  { manager: 'git', files: { 'package.json': manifest() }, setUp: null, calls: '.git/hooks/pre-push' },
  { manager: 'husky', files: depending('husky'), setUp: ['husky'], calls: '.husky/pre-push' },
  {
    manager: 'lefthook',
    files: {
      ...depending('lefthook'),
      'lefthook.yml': 'pre-push:\n  commands:\n    lint:\n      run: "true"\n',
    },
    setUp: ['lefthook', 'install'],
    calls: 'lefthook.yml',
  },
  {
    manager: 'simple-git-hooks',
    files: depending('simple-git-hooks', { 'simple-git-hooks': { 'pre-push': 'cat >/dev/null' } }),
    setUp: ['simple-git-hooks'],
    calls: 'package.json',
  },
  ...(preCommitProgram === null
    ? []
    : [
        ...['', 'default_stages: [commit]\n'].map((stages) => ({
          manager: 'pre-commit',
          files: {
            'package.json': manifest(),
            '.pre-commit-config.yaml': `${stages}repos: []\n`,
          },
          setUp: [
            preCommitProgram,
            'install',
            '--hook-type',
            'pre-commit',
            '--hook-type',
            'pre-merge-commit',
          ],
          setUpPushes: [preCommitProgram, 'install', '--hook-type', 'pre-push'],
          calls: '.pre-commit-config.yaml',
        })),
      ]),
];

const remotes: Scratch[] = [];
const open: Scratch[] = [];
afterAll(() => {
  for (const scratch of open) {
    leave(scratch);
    scratch.dispose();
  }
  for (const remote of remotes) remote.dispose();
});

async function project(files: Row['files']): Promise<Scratch> {
  const remote = new Scratch();
  remotes.push(remote);
  await remote.git('init', '--quiet', '--bare', '--initial-branch', 'main');
  const scratch = await Scratch.with({
    '.gitignore': 'node_modules/\n',
    '.check-importsrc.yaml': 'lookup: off\n',
    'requirements.txt': 'flask\n',
    'app.py': 'import flask\n',
    ...files,
  });
  open.push(scratch);
  installIn(scratch);
  await scratch.git('remote', 'add', 'origin', remote.root);
  return scratch;
}

async function setUp(scratch: Scratch, command: readonly string[] | null | undefined): Promise<void> {
  const [program, ...args] = command ?? [];
  if (program === undefined) return;
  const own = installed(scratch, program);
  const options = { cwd: scratch.root, env: scratch.env };
  expect(await run(existsSync(own) ? own : program, args, options)).toMatchObject({ code: 0 });
}

/** A branch of its own with a program, which no hook of a commit saw. */
async function branch(scratch: Scratch, name: string, text: string): Promise<void> {
  await scratch.git('checkout', '--quiet', '-b', name, 'main');
  scratch.write({ 'new.py': text });
  await scratch.commitAll(name);
}

describe.each(rows)('$manager', (row) => {
  const report = `Pushes are checked: ${row.calls} calls vetted-imports (${row.manager}).\n`;

  test('init with --pre-push, a stopped push, those that pass, init again, --check and --remove', async () => {
    const scratch = await project(row.files);
    await setUp(scratch, row.setUp);
    const before = scratch.has(row.calls) ? scratch.read(row.calls) : null;
    const init = await vettedImports(scratch, ['init', '--yes', '--pre-push']);
    expect(init).toMatchObject({ code: 0, stderr: '' });
    await setUp(scratch, row.setUp);
    await setUp(scratch, row.setUpPushes);
    await scratch.commitAll('the linter');
    await scratch.git('push', '--quiet', 'origin', 'HEAD:main');
    await scratch.git('remote', 'set-head', 'origin', 'main');

    await branch(scratch, 'invented', 'import numpy_utils\n');
    const stopped = await scratch.tryGit('push', 'origin', 'invented');
    expect(stopped.code).toBe(1);
    expect(stopped.stdout + stopped.stderr).toContain('pypi:numpy-utils');
    expect(await scratch.git('ls-remote', 'origin', 'invented')).toBe('');

    await branch(scratch, 'approved', 'from flask import Flask\n');
    expect(await scratch.tryGit('push', 'origin', 'approved')).toMatchObject({ code: 0 });
    expect(await scratch.tryGit('push', 'origin', '--delete', 'approved')).toMatchObject({ code: 0 });
    expect(await scratch.tryGit('push', 'origin', 'main')).toMatchObject({ code: 0 });

    const written = scratch.read(row.calls);
    const again = await runIn(scratch, ['init', '--yes']);
    expect([again.code, again.stdout.includes('Wrote')]).toEqual([0, false]);
    expect(scratch.read(row.calls)).toBe(written);
    const check = await runIn(scratch, ['init', '--check', '--pre-push']);
    expect([check.code, check.stdout.endsWith(report)]).toEqual([0, true]);

    expect(await runIn(scratch, ['init', '--remove', '--yes'])).toMatchObject({ code: 0, stderr: '' });
    expect(scratch.has(row.calls) ? scratch.read(row.calls) : null).toBe(before);
    await setUp(scratch, row.setUp);
    // The framework refuses to run with a config that is not staged.
    await scratch.git('add', '--all');
    expect(await scratch.tryGit('push', 'origin', 'invented')).toMatchObject({ code: 0 });
  });

  test('without it the push passes', async () => {
    const scratch = await project(row.files);
    await setUp(scratch, row.setUp);
    expect((await runIn(scratch, ['init', '--yes'])).stdout).not.toContain('Pushes');
    await setUp(scratch, row.setUp);
    await scratch.commitAll('the linter');
    await scratch.git('push', '--quiet', 'origin', 'HEAD:main');
    await scratch.git('remote', 'set-head', 'origin', 'main');
    await branch(scratch, 'invented', 'import numpy_utils\n');
    expect(await scratch.tryGit('push', 'origin', 'invented')).toMatchObject({ code: 0 });
    expect(await runIn(scratch, ['init', '--check'])).toMatchObject({ code: 0 });
    const demanded = await runIn(scratch, ['init', '--check', '--pre-push']);
    expect([demanded.code, demanded.stdout]).toEqual([1, expect.stringContaining('Pushes are not checked')]);
  });
});
