import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { bin, run, Scratch, type Finished } from '../kit/scratch.ts';

/*
 * The states that git can be in when a commit is made, as one table: what was done, what git told the hook, and what
 * the hook said. Every row is a real repository; https://git-scm.com/docs/githooks says when git calls which hook.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const fake = 'import numpy_utils\n';
const stopped = 'stopped by pypi:numpy-utils';

interface Row {
  readonly done: string;
  /** The hooks that git called, with the index that it named; `+ GIT_DIR` where it named the repository too. */
  readonly told: readonly string[];
  readonly said: string;
  /** What leads to the commit; the last command is the one that is judged. */
  readonly steps: (scratch: Scratch) => Promise<Finished>;
}

/** Runs several git commands, each of them words with blanks between them. */
async function git(scratch: Scratch, ...commands: readonly string[]): Promise<void> {
  for (const command of commands) await scratch.git(...command.split(' '));
}

const tryGit = (scratch: Scratch, command: string) => scratch.tryGit(...command.split(' '));

async function withFake(scratch: Scratch, command: string): Promise<Finished> {
  scratch.write({ 'other.py': fake });
  await git(scratch, 'add other.py');
  return tryGit(scratch, command);
}

/** The same with another package, in a file that no branch has. */
async function withMore(scratch: Scratch, command: string): Promise<Finished> {
  scratch.write({ 'more.py': 'import panda_tools\n' });
  await git(scratch, 'add more.py');
  return tryGit(scratch, command);
}

/** A branch that brings the fake past the hook, and a main that went on; on main. */
async function branches(scratch: Scratch, names: readonly string[] = ['feature']): Promise<void> {
  for (const name of names) {
    await git(scratch, `switch --quiet --create ${name} main`);
    scratch.write({ [`${name}.py`]: fake });
    await scratch.commitAll(name);
  }
  await git(scratch, 'switch --quiet main');
  scratch.write({ 'main.py': 'import os\n' });
  await scratch.commitAll('main');
}

/** Both sides change app.py; the merge of main into feature has stopped there. */
async function conflict(scratch: Scratch, resolved: string): Promise<Finished> {
  await git(scratch, 'switch --quiet --create feature');
  scratch.write({ 'app.py': 'import flask\nvalue = 2\n' });
  await scratch.commitAll('feature');
  await git(scratch, 'switch --quiet main');
  scratch.write({ 'app.py': 'import celery\nvalue = 3\n', 'worker.py': 'import celery\n' });
  await scratch.commitAll('main brings celery, past the hook');
  await git(scratch, 'switch --quiet feature');
  expect((await tryGit(scratch, 'merge --quiet main')).code).toBe(1);
  scratch.write({ 'app.py': resolved });
  await git(scratch, 'add app.py');
  return tryGit(scratch, 'commit -m merge');
}

const rows: readonly Row[] = [
  {
    done: 'git commit',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: (scratch) => withFake(scratch, 'commit -m x'),
  },
  {
    done: 'git commit -a',
    told: ['pre-commit ROOT/.git/index.lock'],
    said: stopped,
    steps: (scratch) => {
      scratch.write({ 'app.py': fake });
      return tryGit(scratch, 'commit -a -m x');
    },
  },
  {
    done: 'git commit -p, of one of two hunks',
    told: ['pre-commit ROOT/.git/index.lock'],
    said: stopped,
    steps: (scratch) => {
      scratch.write({ 'app.py': `import flask\n${'\n'.repeat(20)}${fake}` });
      return run('git', ['commit', '-p', '-m', 'x'], { cwd: scratch.root, env: scratch.env, stdin: 'y\n' });
    },
  },
  {
    done: 'git commit -p, of the other one',
    told: ['pre-commit ROOT/.git/index.lock'],
    said: 'passed',
    steps: async (scratch) => {
      scratch.write({ 'app.py': `import flask\n${'value = 1\n'.repeat(20)}` });
      await scratch.commitAll('long');
      scratch.write({ 'app.py': `import flask\nimport sys\n${'value = 1\n'.repeat(20)}${fake}` });
      return run('git', ['commit', '-p', '-m', 'x'], {
        cwd: scratch.root,
        env: scratch.env,
        stdin: 'y\nn\n',
      });
    },
  },
  {
    done: 'git commit FILE',
    told: ['pre-commit ROOT/.git/next-index-PID.lock'],
    said: stopped,
    steps: (scratch) => withFake(scratch, 'commit -m x other.py'),
  },
  {
    done: 'git commit of another FILE',
    told: ['pre-commit ROOT/.git/next-index-PID.lock'],
    said: 'passed',
    steps: (scratch) => {
      scratch.write({ 'app.py': 'import flask\nimport sys\n' });
      return withFake(scratch, 'commit -m x app.py');
    },
  },
  {
    done: 'git commit --amend',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: (scratch) => withFake(scratch, 'commit --amend -m x'),
  },
  {
    done: 'git commit --amend, of a commit that went past the hook',
    told: ['pre-commit .git/index'],
    said: 'passed',
    steps: async (scratch) => {
      scratch.write({ 'other.py': fake });
      await scratch.commitAll('past the hook');
      return tryGit(scratch, 'commit --amend -m reworded');
    },
  },
  {
    done: 'git commit with an index of its own',
    told: ['pre-commit ROOT/own-index'],
    said: stopped,
    steps: async (scratch) => {
      scratch.write({ 'other.py': fake });
      const env = { ...scratch.env, GIT_INDEX_FILE: path.join(scratch.root, 'own-index') };
      for (const args of [
        ['read-tree', 'HEAD'],
        ['add', 'other.py'],
      ])
        await run('git', args, { cwd: scratch.root, env });
      return run('git', ['commit', '-m', 'x'], { cwd: scratch.root, env });
    },
  },
  {
    done: 'git commit --no-verify',
    told: [],
    said: 'passed',
    steps: (scratch) => withFake(scratch, 'commit --no-verify -m x'),
  },
  {
    done: 'git -C FOLDER commit',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: (scratch) => {
      scratch.write({ 'deep/clean.py': '' });
      return withFake(scratch, '-C deep commit -m x');
    },
  },
  {
    done: 'git commit in a linked worktree',
    told: ['pre-commit ROOT/.git/worktrees/linked/index + GIT_DIR'],
    said: stopped,
    steps: async (scratch) => {
      await git(scratch, 'worktree add --quiet linked');
      scratch.write({ 'linked/other.py': fake });
      await git(scratch, '-C linked add other.py');
      return tryGit(scratch, '-C linked commit -m x');
    },
  },
  {
    done: 'git commit in a submodule',
    told: ['pre-commit ROOT/.git/modules/inner/index + GIT_DIR'],
    said: stopped,
    steps: async (scratch) => {
      await git(scratch, `-c protocol.file.allow=always submodule --quiet add ${scratch.root} inner`);
      await scratch.commitAll('submodule');
      recordHooks(scratch, '.git/modules/inner/hooks');
      scratch.write({ 'inner/other.py': fake });
      await git(scratch, '-C inner add other.py');
      return tryGit(scratch, '-C inner commit -m x');
    },
  },
  {
    done: 'git commit of a submodule’s new state',
    told: ['pre-commit .git/index'],
    said: 'passed',
    steps: async (scratch) => {
      await git(scratch, `-c protocol.file.allow=always submodule --quiet add ${scratch.root} inner`);
      await scratch.commitAll('submodule');
      scratch.write({ 'inner/other.py': fake });
      await git(scratch, '-C inner add other.py', '-C inner commit --quiet --no-verify -m x', 'add inner');
      return tryGit(scratch, 'commit -m x');
    },
  },
  {
    done: 'the first commit of a SHA-256 repository',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: async (scratch) => {
      rmSync(path.join(scratch.root, '.git'), { recursive: true });
      await git(scratch, 'init --quiet --object-format=sha256');
      recordHooks(scratch);
      return withFake(scratch, 'commit -m first');
    },
  },
  {
    done: 'the first commit',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: async (scratch) => {
      rmSync(path.join(scratch.root, '.git'), { recursive: true });
      await git(scratch, 'init --quiet');
      recordHooks(scratch);
      return withFake(scratch, 'commit -m first');
    },
  },
  {
    done: 'the second commit of a SHA-256 repository',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: async (scratch) => {
      rmSync(path.join(scratch.root, '.git'), { recursive: true });
      await git(scratch, 'init --quiet --object-format=sha256');
      recordHooks(scratch);
      await scratch.commitAll('first');
      return withFake(scratch, 'commit -m second');
    },
  },
  {
    done: 'a commit in a sparse checkout, of a file that imports one that is not there',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: async (scratch) => {
      scratch.write({ 'away/helper.py': '', 'here/clean.py': '' });
      await scratch.commitAll('two folders');
      await git(scratch, 'sparse-checkout set here');
      expect(scratch.has('away')).toBe(false);
      scratch.write({ 'here/other.py': `from away import helper\n${fake}` });
      await git(scratch, 'add here');
      return tryGit(scratch, 'commit -m x');
    },
  },
  {
    done: 'a conflicted merge that brings what main brought past the hook',
    told: ['pre-commit .git/index'],
    said: 'passed',
    steps: (scratch) => conflict(scratch, 'import flask\nimport celery\nvalue = 4\n'),
  },
  {
    done: 'a conflicted merge into which somebody writes more',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: (scratch) => conflict(scratch, `import celery\n${fake}`),
  },
  {
    done: 'a clean merge',
    told: ['pre-merge-commit .git/index'],
    said: 'passed',
    steps: async (scratch) => {
      await branches(scratch);
      return tryGit(scratch, 'merge --no-edit feature');
    },
  },
  {
    done: 'a clean merge without a commit, to which somebody adds more',
    told: ['pre-commit .git/index'],
    said: 'stopped by pypi:panda-tools',
    steps: async (scratch) => {
      await branches(scratch);
      await git(scratch, 'merge --quiet --no-commit feature');
      return withMore(scratch, 'commit -m merge');
    },
  },
  {
    done: 'a merge of three branches',
    told: ['pre-merge-commit .git/index'],
    said: 'passed',
    steps: async (scratch) => {
      await branches(scratch, ['one', 'two']);
      return tryGit(scratch, 'merge --no-edit one two');
    },
  },
  {
    done: 'a merge of three branches without a commit, to which somebody adds more',
    told: ['pre-commit .git/index'],
    said: 'stopped by pypi:panda-tools',
    steps: async (scratch) => {
      await branches(scratch, ['one', 'two']);
      await git(scratch, 'merge --quiet --no-commit one two');
      return withMore(scratch, 'commit -m merge');
    },
  },
  {
    done: 'a file that is only intended to be added',
    told: ['pre-commit .git/index'],
    said: 'passed',
    steps: async (scratch) => {
      scratch.write({ 'other.py': fake, 'clean.py': '' });
      await git(scratch, 'add --intent-to-add other.py', 'add clean.py');
      return tryGit(scratch, 'commit -m x');
    },
  },
  {
    done: 'a file that becomes a symbolic link to one with the fake',
    told: ['pre-commit .git/index'],
    said: 'passed',
    steps: async (scratch) => {
      scratch.write({ 'untracked.py': fake, '.gitignore': 'untracked.py\n' });
      scratch.remove('app.py');
      symlinkSync('untracked.py', path.join(scratch.root, 'app.py'));
      await git(scratch, 'add --all');
      return tryGit(scratch, 'commit -m x');
    },
  },
  {
    done: 'a symbolic link that becomes a file with the fake',
    told: ['pre-commit .git/index'],
    said: stopped,
    steps: async (scratch) => {
      symlinkSync('app.py', path.join(scratch.root, 'other.py'));
      await scratch.commitAll('link');
      scratch.remove('other.py');
      return withFake(scratch, 'commit -m x');
    },
  },
  {
    done: 'a file that becomes executable',
    told: ['pre-commit .git/index'],
    said: 'passed',
    steps: async (scratch) => {
      scratch.write({ 'other.py': fake });
      await scratch.commitAll('past the hook');
      await git(scratch, 'update-index --chmod=+x other.py');
      return tryGit(scratch, 'commit -m x');
    },
  },
];

/** Hooks that write down how git called them, and call this checkout's command. */
function recordHooks(scratch: Scratch, folder = '.git/hooks'): void {
  const log = path.join(scratch.home, 'told');
  const lines = [
    '#!/bin/sh',
    `echo "$(basename "$0") $GIT_INDEX_FILE\${GIT_DIR:+ + GIT_DIR}" >>'${log}'`,
    `exec '${process.execPath}' '${bin}' hook pre-commit`,
  ];
  for (const name of ['pre-commit', 'pre-merge-commit']) {
    scratch.write({ [`${folder}/${name}`]: `${lines.join('\n')}\n` });
    chmodSync(path.join(scratch.root, folder, name), 0o755);
  }
  writeFileSync(log, '');
}

async function service(): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.check-importsrc': 'lookup: off\n',
    'requirements.txt': 'flask\nnumpy\n',
    'app.py': 'import flask\nimport os\n',
  });
  open.push(scratch);
  recordHooks(scratch);
  return scratch;
}

/** What git told the hooks, with the folder and process numbers replaced. */
function toldIn(scratch: Scratch): string[] {
  const text = readFileSync(path.join(scratch.home, 'told'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => line.replaceAll(scratch.root, 'ROOT').replace(/-\d+\.lock/, '-PID.lock'));
}

function saidBy({ code, stdout, stderr }: Finished): string {
  if (code === 0) return 'passed';
  const named = [...`${stdout}\n${stderr}`.matchAll(/\berror\b.*?((?:pypi|npm):\S+)/g)].map(
    ([, name]) => name,
  );
  return `stopped by ${[...new Set(named)].join(' ')}`;
}

describe('what was done, what git told the hook, what the hook said', () => {
  test.each(rows)('$done', async ({ steps, told, said }) => {
    const scratch = await service();
    const done = await steps(scratch);
    expect(saidBy(done), done.stdout + done.stderr).toBe(said);
    expect(toldIn(scratch)).toEqual(told);
  });
});

describe('where git calls no hook, --since finds what came in', () => {
  const onFeature = async (scratch: Scratch, command: string) => {
    await branches(scratch);
    await git(scratch, command);
  };

  test.each<[string, (scratch: Scratch) => Promise<void>]>([
    [
      'a fast-forward',
      async (scratch) => {
        await branches(scratch);
        await git(scratch, 'reset --quiet --hard HEAD~', 'merge --quiet --ff-only feature');
      },
    ],
    ['a cherry-pick', (scratch) => onFeature(scratch, 'cherry-pick feature')],
    [
      'a revert',
      async (scratch) => {
        scratch.write({ 'feature.py': fake });
        await scratch.commitAll('past the hook');
        scratch.remove('feature.py');
        await scratch.commitAll('gone');
        await git(scratch, 'tag --force base', 'revert --no-edit HEAD');
      },
    ],
    [
      'a rebase',
      async (scratch) => {
        await branches(scratch);
        await git(scratch, 'tag --force base main', 'switch --quiet feature', 'rebase --quiet main');
      },
    ],
    [
      'git am',
      async (scratch) => {
        await branches(scratch);
        const patch = await scratch.git('format-patch', '--stdout', '-1', 'feature');
        writeFileSync(path.join(scratch.home, 'patch'), patch);
        await git(scratch, `am --quiet ${path.join(scratch.home, 'patch')}`);
      },
    ],
  ])('%s', async (_, bring) => {
    const scratch = await service();
    await git(scratch, 'tag base');
    await bring(scratch);
    expect(toldIn(scratch)).toEqual([]);
    const { code, stdout } = await scratch.check('--since', 'base', '--offline', '--format', 'concise');
    expect([code, findingsIn(stdout)]).toEqual([1, ['feature.py:1:8 unapproved-package pypi:numpy-utils']]);
  });
});
