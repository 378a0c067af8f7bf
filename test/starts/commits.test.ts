import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { blockOf } from '../../src/starts/block.ts';
import { PACKAGE, PROGRAM, scriptLines } from '../../src/starts/script.ts';
import { projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * git itself calls the hook, in every way in which it does. The installed tool is a stand-in that leaves a line; so
 * would the program that a branch brings, and it must not run.
 */

const calls = {
  folder: '',
  plugAndPlay: false,
  environments: [],
  install: 'npm install',
  add: null,
  outside: 'npm install --global vetted-imports',
  runner: 'npx --no --',
  command: 'npx --no -- vetted-imports',
  named: true,
};
const hook = `#!/bin/sh\n${blockOf(scriptLines(calls))}`;

let tools = '';
beforeAll(() => {
  tools = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-tools-')));
  // What is "run" by node here are scripts, so that no row waits for node.
  writeFileSync(path.join(tools, 'node'), '#!/bin/sh\nexec sh "$@"\n');
  chmodSync(path.join(tools, 'node'), 0o755);
});
afterAll(() => {
  rmSync(tools, { recursive: true, force: true });
});

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/** A repository whose hook is installed, and another branch that tracks a file below node_modules. */
async function repository(): Promise<Scratch> {
  const scratch = await Scratch.with({ '.gitignore': 'node_modules\n', 'app.py': 'import os\n' });
  open.push(scratch);
  scratch.env['PATH'] = `node_modules/.bin:${tools}:${scratch.env['PATH'] ?? ''}`;
  await scratch.git('switch', '--quiet', '--create', 'branch');
  scratch.write({ [`${PACKAGE}/${PROGRAM}`]: `echo branch >>'${scratch.home}/ran'\n` });
  await scratch.git('add', '--force', 'node_modules');
  await scratch.commitAll('a program');
  await scratch.git('switch', '--quiet', 'main');
  install(scratch);
  for (const name of ['pre-commit', 'pre-merge-commit'])
    writeHook(path.join(scratch.root, '.git/hooks', name));
  return scratch;
}

function writeHook(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, hook);
  chmodSync(file, 0o755);
}

/** Puts the stand-in where a package manager puts the tool. */
function install(scratch: Scratch, folder = '.'): void {
  scratch.write({ [path.join(folder, PACKAGE, PROGRAM)]: `echo "checked $*" >>'${scratch.home}/ran'\n` });
}

/** What ran since the last time that somebody asked. */
function ran(scratch: Scratch): string {
  if (!scratch.hasAtHome('ran')) return '';
  const text = readFileSync(path.join(scratch.home, 'ran'), 'utf8');
  rmSync(path.join(scratch.home, 'ran'));
  return text;
}

const checked = 'checked hook pre-commit\n';

interface Way {
  readonly title: string;
  /** Commits in some way, with a change of app.py in the work tree. */
  readonly commit: (scratch: Scratch) => Promise<Finished>;
}

const ways: readonly Way[] = [
  {
    title: 'what is staged',
    commit: async (scratch) => {
      await scratch.git('add', 'app.py');
      return scratch.tryGit('commit', '-qm', 'x');
    },
  },
  { title: 'everything', commit: (scratch) => scratch.tryGit('commit', '-aqm', 'x') },
  { title: 'one file', commit: (scratch) => scratch.tryGit('commit', '-qm', 'x', 'app.py') },
  { title: 'again', commit: (scratch) => scratch.tryGit('commit', '-aq', '--amend', '--no-edit') },
  {
    title: 'from elsewhere',
    commit: (scratch) =>
      run('git', ['-C', scratch.root, 'commit', '-aqm', 'x'], { cwd: scratch.home, env: scratch.env }),
  },
  {
    title: 'with paths taken literally',
    commit: (scratch) => scratch.tryGit('--literal-pathspecs', 'commit', '-aqm', 'x'),
  },
  {
    title: 'below the top folder',
    commit: async (scratch) => {
      mkdirSync(path.join(scratch.root, 'docs'), { recursive: true });
      return run('git', ['commit', '-aqm', 'x'], { cwd: path.join(scratch.root, 'docs'), env: scratch.env });
    },
  },
];

describe.each(ways)('git commits $title', ({ commit }) => {
  test('what is installed checks it; what a branch tracks does not run', async () => {
    const scratch = await repository();
    scratch.write({ 'app.py': 'import sys\n' });
    expect(await commit(scratch)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(ran(scratch)).toBe(checked);

    await scratch.git('checkout', '--quiet', '--force', 'branch');
    scratch.write({ 'app.py': 'import json\n' });
    const stopped = await commit(scratch);
    expect(stopped).toEqual({
      code: 1,
      stdout: '',
      stderr: `vetted-imports: git tracks ${PACKAGE}/${PROGRAM}, and what git tracks is not run, so the commit is stopped. Run: npm install --global vetted-imports\n`,
    });
    expect(ran(scratch)).toBe('');
  });
});

test('a merge without conflicts is checked by what is installed, and not by what it brings', async () => {
  const scratch = await repository();
  await scratch.git('switch', '--quiet', '--create', 'fine');
  scratch.write({ 'fine.py': 'import os\n' });
  await scratch.commitAll('fine');
  await scratch.git('switch', '--quiet', 'main');
  scratch.write({ 'app.py': 'import sys\n' });
  await scratch.commitAll('main goes on');
  expect(await scratch.tryGit('merge', '--quiet', '--no-edit', 'fine')).toMatchObject({ code: 0 });
  expect(ran(scratch)).toBe(checked);

  rmSync(path.join(scratch.root, 'node_modules'), { recursive: true });
  const merge = await scratch.tryGit('merge', '--quiet', '--no-edit', 'branch');
  expect([merge.code, merge.stderr.includes('what git tracks is not run')]).toEqual([1, true]);
  expect(ran(scratch)).toBe('');
});

test('who takes the program out of the index does not run it with that commit', async () => {
  const scratch = await repository();
  await scratch.git('checkout', '--quiet', '--force', 'branch');
  await scratch.git('rm', '-rq', '--cached', 'node_modules');
  const stopped = await scratch.tryGit('commit', '-qm', 'x');
  expect([stopped.code, stopped.stderr.includes('git tracks node_modules,')]).toEqual([1, true]);
  expect(ran(scratch)).toBe('');
});

test('who stops tracking an installation as the page says commits with the tool outside, then with the new one', async () => {
  const scratch = await repository();
  await scratch.git('checkout', '--quiet', '--force', 'branch');
  writeFileSync(path.join(tools, 'vetted-imports'), `#!/bin/sh\necho outside >>"${scratch.home}/ran"\n`);
  chmodSync(path.join(tools, 'vetted-imports'), 0o755);
  const page = readFileSync(path.join(projectRoot, 'docs/hooks.md'), 'utf8');
  const command = /\(`(git rm [^`]*)`\)/.exec(page)?.[1] ?? '';
  expect(await run('sh', ['-c', command], { cwd: scratch.root, env: scratch.env })).toMatchObject({
    code: 0,
  });
  install(scratch);
  expect(await scratch.tryGit('commit', '-qm', 'no more programs')).toMatchObject({ code: 0 });
  expect(ran(scratch)).toBe('outside\n');
  expect(await scratch.tryGit('commit', '-qm', 'x', '--allow-empty')).toMatchObject({ code: 0 });
  expect(ran(scratch)).toBe(checked);
  rmSync(path.join(tools, 'vetted-imports'));
});

test('what git has written and no longer tracks is not told from an installation, as SECURITY.md says', async () => {
  const scratch = await repository();
  await scratch.git('checkout', '--quiet', '--force', 'branch');
  await scratch.git('reset', '--quiet', 'main');
  await scratch.git('commit', '-qm', 'x', '--allow-empty');
  expect(ran(scratch)).toBe('branch\n');
});

test('the first commit is checked', async () => {
  const scratch = new Scratch();
  open.push(scratch);
  scratch.env['PATH'] = `${tools}:${scratch.env['PATH'] ?? ''}`;
  await scratch.git('init', '--quiet');
  writeHook(path.join(scratch.root, '.git/hooks/pre-commit'));
  install(scratch);
  scratch.write({ '.gitignore': 'node_modules\n' });
  await scratch.git('add', '--all');
  expect(await scratch.tryGit('commit', '-qm', 'first')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(ran(scratch)).toBe(checked);
});

test('in a linked work tree its own installation checks, whatever the main one tracks', async () => {
  const scratch = await repository();
  await scratch.git('checkout', '--quiet', '--force', 'branch');
  await scratch.git('worktree', 'add', '--quiet', '../linked', 'main');
  const root = path.join(scratch.root, '../linked');
  mkdirSync(path.join(root, PACKAGE, 'bin'), { recursive: true });
  writeFileSync(path.join(root, PACKAGE, PROGRAM), `echo linked >>'${scratch.home}/ran'\n`);
  writeFileSync(path.join(root, 'app.py'), 'import sys\n');
  const commit = () => run('git', ['commit', '-aqm', 'x'], { cwd: root, env: scratch.env });
  expect(await commit()).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(ran(scratch)).toBe('linked\n');

  await run('git', ['add', '--force', 'node_modules'], { cwd: root, env: scratch.env });
  expect(await commit()).toMatchObject({ code: 1 });
  expect(ran(scratch)).toBe('');
});

test('in a submodule its own installation checks', async () => {
  const [scratch, other] = [await repository(), await repository()];
  const allow = ['-c', 'protocol.file.allow=always'];
  await scratch.git(...allow, 'submodule', '--quiet', 'add', other.root, 'sub');
  await scratch.commitAll('a submodule');
  writeHook(path.join(scratch.root, '.git/modules/sub/hooks/pre-commit'));
  install(scratch, 'sub');
  scratch.write({ 'sub/app.py': 'import sys\n' });
  const commit = () => scratch.tryGit('-C', 'sub', 'commit', '-aqm', 'x');
  expect(await commit()).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(ran(scratch)).toBe(checked);

  await scratch.git('-C', 'sub', 'checkout', '--quiet', '--force', 'origin/branch');
  scratch.write({ 'sub/app.py': 'import json\n' });
  expect(await commit()).toMatchObject({ code: 1 });
  expect(ran(scratch)).toBe('');
});

test('a project below a home whose programs are on PATH, and one that is not checked out whole', async () => {
  const scratch = await repository();
  await scratch.git('sparse-checkout', 'set', 'docs');
  scratch.env['HOME'] = path.dirname(scratch.root);
  const programs = path.join(scratch.env['HOME'], 'bin');
  mkdirSync(programs);
  writeFileSync(path.join(programs, 'node'), `#!/bin/sh\necho "its own" >>'${scratch.home}/ran'\n`);
  chmodSync(path.join(programs, 'node'), 0o755);
  scratch.env['PATH'] = `${programs}:${scratch.env['PATH'] ?? ''}`;
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  expect(await scratch.tryGit(...who, 'commit', '-qm', 'x', '--allow-empty')).toMatchObject({ code: 0 });
  expect(ran(scratch)).toBe('its own\n');
});
