import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findProgram } from '../kit/find-program.ts';
import { isLong } from '../kit/length.ts';
import { installIn, installed, leave, vettedImports } from '../kit/packed.ts';
import { projectRoot, run, Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/*
 * The real hook managers, each in a repository of its own, installed with the packed tool. Every row takes the same way: init
 * recognises the manager, a commit with an invented package is stopped, the mended one passes, a second init changes
 * nothing, --check names the file that calls the tool, and --remove leaves every byte as it was.
 */

interface Row {
  /** The manager's id, as init says it. */
  readonly manager: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** What a person runs once in a clone, before init and again after it, as the manager's manual says. A bare name is a command that npm installed. */
  readonly setUp: readonly string[] | null;
  /** Files that --remove has to leave as they were, or absent. */
  readonly touched: readonly string[];
  /** The file that --check names. */
  readonly calls: string;
  /** The manager itself prints nothing when all is well. */
  readonly quiet: boolean;
}

const preCommitProgram = findProgram('pre-commit');

function manifest(extra: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ name: 'shop', private: true, ...extra }, null, 2)}\n`;
}

const rows: readonly Row[] = [
  {
    manager: 'git',
    title: 'no manager',
    files: { 'package.json': manifest({}) },
    setUp: null,
    touched: ['.git/hooks/pre-commit', '.git/hooks/pre-merge-commit'],
    calls: '.git/hooks/pre-commit',
    quiet: true,
  },
  {
    manager: 'git',
    title: 'a hook that somebody wrote, which ends with exit',
    files: { '.git/hooks/pre-commit': '#!/usr/bin/env bash\nset -euo pipefail\ntrue\nexit 0' },
    setUp: null,
    touched: ['.git/hooks/pre-commit', '.git/hooks/pre-merge-commit'],
    calls: '.git/hooks/pre-commit',
    quiet: true,
  },
  {
    manager: 'git',
    title: 'core.hooksPath',
    files: { '.githooks/pre-commit': '#!/bin/sh\ntrue\n' },
    setUp: ['git', 'config', 'core.hooksPath', '.githooks'],
    touched: ['.githooks/pre-commit', '.githooks/pre-merge-commit'],
    calls: '.githooks/pre-commit',
    quiet: true,
  },
  {
    manager: 'husky',
    title: 'with a hook',
    files: {
      'package.json': manifest({ devDependencies: { husky: '^9.0.0' } }),
      '.husky/pre-commit': 'true\n',
    },
    setUp: ['husky'],
    touched: ['.husky/pre-commit', '.husky/pre-merge-commit'],
    calls: '.husky/pre-commit',
    quiet: true,
  },
  {
    manager: 'husky',
    title: 'without hooks',
    files: { 'package.json': manifest({ devDependencies: { husky: '^9.0.0' } }) },
    setUp: ['husky'],
    touched: ['.husky/pre-commit', '.husky/pre-merge-commit'],
    calls: '.husky/pre-commit',
    quiet: true,
  },
  {
    manager: 'lefthook',
    title: 'with commands and comments',
    files: {
      'package.json': manifest({ devDependencies: { lefthook: '^2.0.0' } }),
      'lefthook.yml':
        '# our hooks\npre-commit:\n  parallel: true # fast\n  commands:\n    lint:\n      run: "true"   # quoted\n\n# the end\n',
    },
    setUp: ['lefthook', 'install'],
    touched: ['lefthook.yml'],
    calls: 'lefthook.yml',
    quiet: false,
  },
  {
    manager: 'lefthook',
    title: 'with jobs, in a file without a last line break',
    files: { '.lefthook.yaml': 'pre-commit:\n    jobs:\n        - name: lint\n          run: "true"' },
    setUp: ['lefthook', 'install'],
    touched: ['.lefthook.yaml'],
    calls: '.lefthook.yaml',
    quiet: false,
  },
  {
    manager: 'lefthook',
    title: 'without a config',
    files: { 'package.json': manifest({ devDependencies: { lefthook: '^2.0.0' } }) },
    setUp: null,
    touched: ['lefthook.yml'],
    calls: 'lefthook.yml',
    quiet: false,
  },
  {
    manager: 'simple-git-hooks',
    title: 'in package.json',
    files: {
      'package.json': manifest({
        'simple-git-hooks': { 'pre-commit': "echo 'it''s é' >/dev/null; true" },
        devDependencies: { 'simple-git-hooks': '^2.0.0' },
      }),
    },
    setUp: ['simple-git-hooks'],
    touched: ['package.json'],
    calls: 'package.json',
    quiet: true,
  },
  {
    manager: 'simple-git-hooks',
    title: 'in a file of its own',
    files: {
      'package.json': manifest({ devDependencies: { 'simple-git-hooks': '^2.0.0' } }),
      '.simple-git-hooks.json': '{\n\t"commit-msg": "true"\n}',
    },
    setUp: ['simple-git-hooks'],
    touched: ['.simple-git-hooks.json'],
    calls: '.simple-git-hooks.json',
    quiet: true,
  },
  ...(preCommitProgram === null
    ? []
    : [
        {
          manager: 'pre-commit',
          title: 'with a hook',
          files: {
            'package.json': manifest({}),
            '.pre-commit-config.yaml':
              'repos:\n- repo: local   # ours\n  hooks:\n  - id: lint\n    name: lint\n    entry: "true"\n    language: system\n',
          },
          setUp: [
            preCommitProgram,
            'install',
            '--hook-type',
            'pre-commit',
            '--hook-type',
            'pre-merge-commit',
          ],
          touched: ['.pre-commit-config.yaml'],
          calls: '.pre-commit-config.yaml',
          quiet: false,
        } satisfies Row,
      ]),
];

const lefthookInstall = ['lefthook', 'install'];

const open: Scratch[] = [];
afterAll(() => {
  for (const scratch of open) dispose(scratch);
});

/** Ends with a project, whose installed packages the next one takes over. */
function dispose(scratch: Scratch): void {
  leave(scratch);
  scratch.dispose();
}

async function project({ files }: Pick<Row, 'files'>): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.gitignore': 'node_modules/\n',
    '.check-importsrc.yaml': 'lookup: off\n',
    'requirements.txt': 'flask\nnumpy\n',
    'app.py': 'import flask\n',
    ...files,
  });
  open.push(scratch);
  installIn(scratch);
  for (const name of Object.keys(files))
    if (name.includes('hooks/')) chmodSync(path.join(scratch.root, name), 0o755);
  return scratch;
}

async function setUp(scratch: Scratch, command: readonly string[] | null): Promise<void> {
  const [program, ...args] = command ?? [];
  if (program === undefined) return;
  const isInstalled = existsSync(installed(scratch, program));
  const done = await run(isInstalled ? installed(scratch, program) : program, args, {
    cwd: scratch.root,
    env: scratch.env,
  });
  expect(done).toMatchObject({ code: 0 });
}

/** The texts of files; null for those that are not there. */
function textsOf(scratch: Scratch, names: readonly string[]): (string | null)[] {
  return names.map((name) => (scratch.has(name) ? scratch.read(name) : null));
}

/** In every run one form of each manager, and all of git itself: what other forms write is held without the manager. */
const isFirst = ({ manager }: Row, at: number) =>
  manager === 'git' || rows.findIndex((row) => row.manager === manager) === at;

describe.each(isLong ? rows : rows.filter(isFirst))('$manager: $title', (row) => {
  test('init, a stopped commit, a mended one, init again, --check and --remove', async () => {
    const scratch = await project(row);
    await setUp(scratch, row.setUp);
    const before = textsOf(scratch, row.touched);

    // The packed one, where nothing else stands between; what it writes is the same for all of them.
    const init = await (row.setUp === null ? vettedImports : runIn)(scratch, ['init', '--yes']);
    expect(init).toMatchObject({ code: 0, stderr: '' });
    expect(init.stdout).toContain(`The hook goes to ${row.manager}, because `);
    await setUp(scratch, row.setUp ?? (row.manager === 'lefthook' ? lefthookInstall : null));
    await scratch.commitAll('the linter');

    scratch.write({ 'other.py': 'import numpy_utils\n' });
    await scratch.git('add', '--all');
    const stopped = await scratch.tryGit('commit', '-m', 'fake');
    expect(stopped.code).toBe(1);
    expect(stopped.stdout + stopped.stderr).toContain('pypi:numpy-utils');

    scratch.write({ 'other.py': 'import numpy\n' });
    await scratch.git('add', '--all');
    const passed = await scratch.tryGit('commit', '--quiet', '-m', 'mended');
    expect(passed).toMatchObject(row.quiet ? { code: 0, stdout: '', stderr: '' } : { code: 0 });
    expect(passed.stdout + passed.stderr).not.toContain('numpy');

    // A program that a branch brings into node_modules, which the tool might load, stops the commit before it is started.
    scratch.write({ 'node_modules/added/index.js': '' });
    await scratch.git('add', '--force', 'node_modules/added');
    const refused = await scratch.tryGit('commit', '-m', 'a program');
    expect(refused.code).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('git tracks node_modules/added/index.js');
    await scratch.git('rm', '-rqf', 'node_modules/added');

    const installed = textsOf(scratch, row.touched);
    const again = await runIn(scratch, ['init', '--yes']);
    expect(again.code).toBe(0);
    expect(again.stdout).not.toContain('Wrote');
    expect(textsOf(scratch, row.touched)).toEqual(installed);
    expect(await scratch.git('status', '--porcelain')).toBe('');

    const check = await runIn(scratch, ['init', '--check']);
    expect(check.stdout).toContain(`${row.calls} calls vetted-imports (${row.manager})`);
    expect(check.code).toBe(0);

    const removed = await runIn(scratch, ['init', '--remove', '--yes']);
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    expect(textsOf(scratch, row.touched)).toEqual(before);
    expect(scratch.has('approved-packages.yaml')).toBe(true);
    await setUp(scratch, row.setUp);
    expect((await runIn(scratch, ['init', '--check'])).code).toBe(1);
    dispose(scratch);
  });
});

describe('a hook that somebody wrote', () => {
  const hook = '.git/hooks/pre-commit';
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await project({ files: { 'package.json': manifest({}) } });
    scratch.write({ 'other.py': 'import numpy_utils\n' });
    await scratch.git('add', '--all');
  });
  afterAll(() => {
    dispose(scratch);
  });

  /** The project as it is with this hook: what an earlier row of the table added to it is gone. */
  function withHook(script: string): void {
    for (const name of ['.git/hooks/pre-merge-commit', 'approved-packages.yaml'])
      rmSync(path.join(scratch.root, name), { force: true });
    scratch.write({ [hook]: script });
    chmodSync(path.join(scratch.root, hook), 0o755);
  }

  /** @returns The exit code of a commit with the invented package. */
  async function commitFake(): Promise<number> {
    return (await scratch.tryGit('commit', '-m', 'fake')).code;
  }

  test.each([
    ['with an end behind a command', 'true; exit 0\n'],
    ['with an end behind another', 'true && exit\n'],
    ['with an end in a function', 'main() {\n  exit 0\n}\nmain\n'],
    ['that becomes another program', 'if true; then\n  exec true\nfi\n'],
    ['with a text that is not closed', 'cat >/dev/null <<END\nhello\n'],
    ['with a last line that goes on', 'true \\\n'],
  ])('%s: what init adds is run', async (_, script) => {
    withHook(`#!/bin/sh\n${script}`);
    expect(await runIn(scratch, ['init', '--yes'])).toMatchObject({ code: 0, stderr: '' });
    expect(await commitFake()).toBe(1);
    await runIn(scratch, ['init', '--remove', '--yes']);
    expect(scratch.read(hook)).toBe(`#!/bin/sh\n${script}`);
  });

  test.each([
    ['a call that is never reached', 'exit 0\nnode_modules/.bin/vetted-imports hook pre-commit\n'],
    ['a call behind another program', 'exec true\nnode_modules/.bin/vetted-imports hook pre-commit\n'],
    ['a call whose failure does not count', 'node_modules/.bin/vetted-imports hook pre-commit || true\n'],
    ['a call in a comment', '# node_modules/.bin/vetted-imports hook pre-commit\n'],
    ['a call in a comment behind a command', 'true # node_modules/.bin/vetted-imports hook pre-commit\n'],
    ['a call that is only printed', 'echo "run node_modules/.bin/vetted-imports hook pre-commit"\n'],
    ['a call in the background', 'node_modules/.bin/vetted-imports hook pre-commit &\n'],
    ['a call before something that succeeds', 'node_modules/.bin/vetted-imports --staged ; true\n'],
  ])('%s is not effective: --check says so, and init mends it', async (_, script) => {
    withHook(`#!/bin/sh\n${script}`);
    const check = await runIn(scratch, ['init', '--check']);
    expect([check.code, check.stdout.endsWith('Run: vetted-imports init\n')]).toEqual([1, true]);
    await runIn(scratch, ['init', '--yes']);
    expect(await runIn(scratch, ['init', '--check'])).toMatchObject({ code: 0 });
    expect(await commitFake()).toBe(1);
  });

  test('that redirects itself goes on, and a call behind that is effective', async () => {
    withHook('#!/bin/sh\nexec 3>&1 </dev/null\nnode_modules/.bin/check-imports --staged\n');
    expect(await runIn(scratch, ['init', '--check'])).toMatchObject({ code: 0 });
    expect(await commitFake()).toBe(1);
  });

  test('with Windows line ends runs in no shell: init says so and leaves it alone', async () => {
    withHook('#!/bin/sh\r\ntrue\r\n');
    const init = await runIn(scratch, ['init', '--yes']);
    expect(init.code).toBe(2);
    expect(init.stderr).toContain('.git/hooks/pre-commit has Windows line endings (CRLF)');
    expect(scratch.read(hook)).toBe('#!/bin/sh\r\ntrue\r\n');
  });
});

describe('husky', () => {
  const files = {
    'package.json': manifest({ devDependencies: { husky: '^9.0.0', 'vetted-imports': '^0.1.0' } }),
    '.husky/pre-commit': 'true\n',
  };

  /** What init and husky have set up. */
  let scratch: Scratch;
  let commit: string;
  beforeAll(async () => {
    scratch = await project({ files });
    await setUp(scratch, ['husky']);
    await vettedImports(scratch, ['init', '--yes']);
    await scratch.commitAll('the linter');
    commit = (await scratch.git('rev-parse', 'HEAD')).trim();
  });
  afterAll(() => {
    dispose(scratch);
  });
  afterEach(async () => {
    await scratch.git('reset', '--quiet', '--hard', commit);
  });

  test('after a pull without an installation the hook says what to run', async () => {
    const modules = path.join(scratch.root, 'node_modules');
    const elsewhere = path.join(scratch.home, 'node_modules');
    renameSync(modules, elsewhere);
    scratch.write({ 'other.py': 'import os\n' });
    await scratch.git('add', '--all');
    const done = await scratch.tryGit('commit', '-m', 'x');
    renameSync(elsewhere, modules);
    expect(done.code).toBe(1);
    expect(done.stderr).toContain(
      'vetted-imports: not installed, so the commit is stopped. Run: npm install\n',
    );
    expect(done.stderr).not.toContain('not found');
  });

  test('a clean merge calls the hook, and brings nothing that is new', async () => {
    await scratch.git('switch', '--quiet', '--create', 'feature');
    scratch.write({ 'one.py': 'import numpy_utils\n' });
    await scratch.commitAll('past the hook');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({ 'two.py': 'import flask\n' });
    await scratch.commitAll('two');
    const merge = ['merge', '--quiet', '--no-edit', 'feature'];
    expect(await scratch.tryGit(...merge)).toEqual({ code: 0, stdout: '', stderr: '' });
    await scratch.git('reset', '--quiet', '--hard', 'HEAD~');
    const env = { ...scratch.env, CHECK_IMPORTS: '0' };
    const called = await run('git', merge, { cwd: scratch.root, env });
    expect(called.stderr).toContain('switched off by CHECK_IMPORTS=0');
  });

  test('CHECK_IMPORTS=0 switches off this check, with one line', async () => {
    scratch.write({ 'other.py': 'import numpy_utils\n' });
    await scratch.git('add', '--all');
    const env = { ...scratch.env, CHECK_IMPORTS: '0' };
    const done = await run('git', ['commit', '--quiet', '-m', 'x'], { cwd: scratch.root, env });
    expect(done).toMatchObject({ code: 0, stdout: '' });
    expect(done.stderr).toBe('vetted-imports: switched off by CHECK_IMPORTS=0; nothing was checked.\n');
  });

  test('that has not been set up in this clone is not effective yet, and --check says what to run', async () => {
    const scratch = await project({ files });
    await vettedImports(scratch, ['init', '--yes']);
    const check = await vettedImports(scratch, ['init', '--check']);
    expect(check).toMatchObject({ code: 1, stderr: '' });
    const [, command = ''] = /Run: (.*)\n$/.exec(check.stdout) ?? [];
    expect(command).toBe('npx --no -- husky');
    // Nothing listens on port 9 ("discard"): whatever is fetched ends with an error.
    const env = { ...scratch.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };
    expect(await run('sh', ['-c', command], { cwd: scratch.root, env })).toMatchObject({ code: 0 });
    expect(await vettedImports(scratch, ['init', '--check'])).toMatchObject({ code: 0 });
    dispose(scratch);
  });
});

const hooksPage = readFileSync(path.join(projectRoot, 'docs/hooks.md'), 'utf8');

describe('lint-staged', () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await project({ files: { 'old.py': 'import panda_tools\n' } });
  });
  afterAll(() => {
    dispose(scratch);
  });

  /** Stages files of which the last is the one with an invented package. */
  async function stage(names: readonly string[]): Promise<void> {
    const text = (name: string) => (name === names.at(-1) ? 'import numpy_utils\n' : 'import flask\n');
    scratch.write(Object.fromEntries(names.map((name) => [name, text(name)])));
    scratch.write({ 'old.py': 'import panda_tools\nimport flask\n' });
    await scratch.git('add', '--all');
  }

  async function staged(config: unknown): Promise<{ code: number; output: string }> {
    // The program stops at every row, and puts back what was staged.
    scratch.write({ '.git/lintstaged.json': JSON.stringify(config) });
    const args = ['--config', '.git/lintstaged.json', '--max-arg-length', '60000'];
    const done = await run(installed(scratch, 'lint-staged'), args, { cwd: scratch.root, env: scratch.env });
    return { code: done.code, output: done.stdout + done.stderr };
  }

  const names = ['[id].py', 'with space.py', "quo'te.py", 'deep/er.py', 'größe/last.py'];

  describe('with a few files', () => {
    beforeAll(() => stage(names));

    test.each([
      'check-imports --staged',
      'check-imports --staged --format concise --',
      'check-imports hook pre-commit',
    ])('%s: what is staged is judged, by what it adds', async (task) => {
      const { code, output } = await staged({ '*.py': task });
      expect(code).toBe(1);
      expect(output).toContain('pypi:numpy-utils');
      expect(output).toContain('größe/last.py');
      expect(output).not.toContain('panda');
    });

    test('the task of docs/hooks.md', async () => {
      const documented: unknown = JSON.parse(/^```json\n([^]*?)^```$/m.exec(hooksPage)?.[1] ?? '');
      const { code, output } = await staged(documented);
      expect([code, output.includes('größe/last.py')]).toEqual([1, true]);
    });
  });

  test('thousands of files, in chunks that run at the same time', async () => {
    await scratch.git('reset', '--quiet', '--hard');
    await stage(Array.from({ length: 2000 }, (_, at) => `folder${String(at % 7)}/[file] ${String(at)}.py`));
    const { code, output } = await staged({ '*.py': 'check-imports --staged --format concise' });
    expect(code).toBe(1);
    expect(output.match(/unapproved-package/g)).toHaveLength(1);
    expect(output).not.toContain('fault');
  });

  test('init says that it needs no task', async () => {
    const scratch = await project({
      files: { 'package.json': manifest({ devDependencies: { 'lint-staged': '^16.0.0' } }) },
    });
    const done = await runIn(scratch, ['init', '--dry-run']);
    expect(done.stdout).toContain('lint-staged needs no task for it');
    dispose(scratch);
  });
});

describe.runIf(preCommitProgram !== null)('the pre-commit framework', () => {
  const preCommit = (scratch: Scratch, ...args: readonly string[]) =>
    run(preCommitProgram ?? '', args, { cwd: scratch.root, env: scratch.env });
  const files = { 'package.json': manifest({}), '.pre-commit-config.yaml': 'repos: []\n' };

  /** A project whose hook init wrote; it is not installed, because people also run the framework by hand. */
  let hooked: Scratch;
  beforeAll(async () => {
    hooked = await project({
      files: { ...files, '.pre-commit-config.yaml': 'repos:\n' },
    });
    await vettedImports(hooked, ['init', '--yes']);
    await hooked.commitAll('the linter');
    hooked.write({ 'old.py': 'import numpy_utils\n' });
    await hooked.commitAll('past the hook');
  });

  test('a list between brackets is nothing that a line can be added to', async () => {
    const list = 'repos: [{ repo: local, hooks: [] }]\n';
    const scratch = await project({ files: { ...files, '.pre-commit-config.yaml': list } });
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('.pre-commit-config.yaml cannot be edited safely to add a hook');
    expect(scratch.read('.pre-commit-config.yaml')).toBe(list);
    dispose(scratch);
  });

  test('run --all-files checks every file, where nothing is staged: what is in use stops nobody', async () => {
    const done = await preCommit(hooked, 'run', '--all-files', '--verbose');
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('unreviewed-package');
    expect(done.stdout).toContain('pypi:numpy-utils');
    expect(await preCommit(hooked, 'run', '--files', 'app.py')).toMatchObject({ code: 0 });
  });

  test('run --from-ref --to-ref checks what the range adds', async () => {
    hooked.write({ 'old.py': 'import numpy_utils\nimport flask\n' });
    await hooked.commitAll('new');
    const range = (from: string) => preCommit(hooked, 'run', '--from-ref', from, '--to-ref', 'HEAD');
    expect(await range('HEAD~1')).toMatchObject({ code: 0 });
    expect(await range('HEAD~2')).toMatchObject({ code: 1 });
  });

  test('in a project without package.json it brings the tool itself', async () => {
    const scratch = await project({ files: { 'requirements-dev.txt': 'pre-commit>=3\n' } });
    const done = await vettedImports(scratch, ['init', '--yes']);
    expect(done.stdout).toContain('The hook goes to pre-commit, because requirements-dev.txt names it.');
    expect(scratch.read('.pre-commit-config.yaml')).toContain(
      'repo: https://github.com/vetted-imports/pre-commit\n',
    );
    expect(await preCommit(scratch, 'validate-config', '.pre-commit-config.yaml')).toMatchObject({ code: 0 });
    // docs/hooks.md shows the same for people who write it themselves.
    const documented = /^```yaml\n([^]*?)^```$/m.exec(hooksPage)?.[1] ?? '';
    expect(parse(`repos:\n${documented}`)).toEqual(parse(scratch.read('.pre-commit-config.yaml')));
    await runIn(scratch, ['init', '--remove', '--yes']);
    expect(scratch.has('.pre-commit-config.yaml')).toBe(false);
  });
});
