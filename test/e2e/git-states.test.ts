import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { byAda, whitelistLine, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * What a change is in each state that git can be in; git-table.test.ts holds the states in which a hook is called. Every
 * case is a real repository with real hooks that call the built command.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const fake = 'import numpy_utils\n';
const approvedFlask = whitelistText({ 'pypi:flask': { approved: 'the API', ...byAda } });

/** A service that declares flask and numpy, with hooks. */
async function service(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    'requirements.txt': 'flask\nnumpy\n',
    'app.py': 'import flask\nimport os\n',
    ...files,
  });
  scratch.installHooks();
  open.push(scratch);
  return scratch;
}

/** What a hook printed about a commit that it stopped, or 'passed'. */
function outcome({ code, stdout, stderr }: Finished): string {
  if (code === 0) return 'passed';
  const named = [...`${stdout}\n${stderr}`.matchAll(/\b(?:pypi|npm):[\w@/.-]*\w/g)].map(([name]) => name);
  return `stopped: ${[...new Set(named)].join(' ')}`;
}

async function staged(scratch: Scratch): Promise<{ code: number; findings: string[] }> {
  const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  return { code, findings: findingsIn(stdout) };
}

describe('what counts is what is staged', () => {
  test('an import that is only in the work tree is not in the commit', async () => {
    const scratch = await service();
    scratch.write({ 'other.py': 'import os\n' });
    await scratch.git('add', 'other.py');
    scratch.write({ 'other.py': fake });
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });

  test('an import that is staged and gone from the work tree is in the commit', async () => {
    const scratch = await service();
    scratch.write({ 'other.py': fake });
    await scratch.git('add', 'other.py');
    scratch.write({ 'other.py': 'import os\n' });
    expect(await staged(scratch)).toEqual({
      code: 1,
      findings: ['other.py:1:8 unapproved-package pypi:numpy-utils'],
    });
  });

  test('a file that is only intended to be added is not in the commit', async () => {
    const scratch = await service();
    scratch.write({ 'other.py': fake });
    await scratch.git('add', '--intent-to-add', 'other.py');
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });

  test.each([
    ['not staged', []],
    ['only intended to be added', ['--intent-to-add', 'helper.py']],
  ])('a module that is %s is no module of the commit, and the finding says so', async (_, added) => {
    const scratch = await service();
    scratch.write({ 'helper.py': '', 'other.py': 'import helper\n' });
    await scratch.git('add', 'other.py');
    if (added.length > 0) await scratch.git('add', ...added);
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect(code).toBe(1);
    expect(stdout).toContain('helper.py is in the work tree, but not in this commit');
    await scratch.git('add', 'helper.py');
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });

  test('the first commit has no HEAD to compare with', async () => {
    const scratch = new Scratch();
    open.push(scratch);
    await scratch.git('init', '--quiet');
    scratch.installHooks();
    scratch.write({ 'app.py': `import os\n${fake}` });
    await scratch.git('add', '--all');
    expect(outcome(await scratch.tryGit('commit', '--message', 'first'))).toBe('stopped: pypi:numpy-utils');
    scratch.write({ 'app.py': 'import os\n' });
    await scratch.git('add', '--all');
    expect(outcome(await scratch.tryGit('commit', '--message', 'first'))).toBe('passed');
  });
});

describe('ways to commit', () => {
  test('git commit FILE sees a whitelist only when it is named', async () => {
    const scratch = await service({ 'approved-packages.yaml': approvedFlask });
    const approval = `${whitelistLine('pypi:numpy-utils', { approved: 'ours', ...byAda })}\n`;
    scratch.write({ 'app.py': fake, 'approved-packages.yaml': approvedFlask + approval });
    await scratch.git('add', '--all');
    const alone = await scratch.tryGit('commit', '-m', 'x', 'app.py');
    expect(outcome(alone)).toBe('stopped: pypi:numpy-utils');
    expect(alone.stdout + alone.stderr).toContain('git add approved-packages.yaml');
    expect(outcome(await scratch.tryGit('commit', '-m', 'x', 'app.py', 'approved-packages.yaml'))).toBe(
      'passed',
    );
  });

  test('in a linked worktree and in a sub-folder', async () => {
    const scratch = await service();
    await scratch.git('worktree', 'add', '--quiet', 'linked');
    scratch.write({ 'linked/deep/other.py': fake });
    await scratch.git('-C', 'linked', 'add', 'deep/other.py');
    expect(outcome(await scratch.tryGit('-C', 'linked/deep', 'commit', '-m', 'x'))).toBe(
      'stopped: pypi:numpy-utils',
    );
  });

  test('in a submodule', async () => {
    const [scratch, inner] = [await service(), await service()];
    await scratch.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'inner');
    await scratch.commitAll('submodule');
    scratch.write({ 'inner/other.py': fake });
    await scratch.git('-C', 'inner', 'add', 'other.py');
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise'], {
      cwd: 'inner',
    });
    expect([code, findingsIn(stdout)]).toEqual([1, ['other.py:1:8 unapproved-package pypi:numpy-utils']]);
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });
});

describe('only new uses count', () => {
  test('an unapproved import that the file had already is old', async () => {
    const scratch = await service({ 'old.py': fake });
    scratch.write({ 'old.py': `import os\n${fake}import numpy_utils.more\n` });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });

  test('a renamed file keeps its old imports, and a new one in it is found', async () => {
    const text = `${Array.from({ length: 30 }, (_, at) => `value_${String(at)} = ${String(at)}`).join('\n')}\n`;
    const scratch = await service({ 'old.py': fake + text });
    await scratch.git('mv', 'old.py', 'moved.py');
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
    scratch.write({ 'moved.py': `${fake}import panda_tools\n${text}` });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({
      code: 1,
      findings: ['moved.py:2:8 unapproved-package pypi:panda-tools'],
    });
  });

  /** Two files take each other's name. */
  const swap = async (scratch: Scratch, [one, other]: readonly [string, string]) => {
    await scratch.git('mv', one, 'aside');
    await scratch.git('mv', other, one);
    await scratch.git('mv', 'aside', other);
  };
  const inEachScope = async (scratch: Scratch) => {
    const flags = [['--staged'], [], ['--since', 'HEAD~1']];
    const found: string[][] = [];
    for (const scope of flags) {
      if (scope[0] === '--since') await scratch.commitAll('swapped');
      const { stdout } = await runIn(scratch, [...scope, '--offline', '--format', 'concise']);
      found.push(findingsIn(stdout));
    }
    return found;
  };

  test.each<[what: string, move: (scratch: Scratch) => Promise<unknown>]>([
    ['swap their names', (scratch) => swap(scratch, ['a.py', 'b.py'])],
    [
      'change places in a ring',
      async (scratch) => {
        await swap(scratch, ['a.py', 'b.py']);
        await swap(scratch, ['b.py', 'deep/c.py']);
      },
    ],
    ['take the place of another', (scratch) => scratch.git('mv', '--force', 'a.py', 'b.py')],
    [
      'leave their place to a new one',
      async (scratch) => {
        await scratch.git('mv', 'a.py', 'd.py');
        scratch.write({ 'a.py': 'import os\n' });
        await scratch.git('add', 'a.py');
      },
    ],
  ])('files that %s bring nothing new', async (_, move) => {
    const scratch = await service({
      'a.py': fake,
      'b.py': 'import panda_tools\n',
      'deep/c.py': 'import flask_extras\n',
    });
    await move(scratch);
    expect(await inEachScope(scratch)).toEqual([[], [], []]);
  });

  const found = ['app.py:1:8 unapproved-package pypi:numpy-utils'];
  test.each<[what: string, files: Readonly<Record<string, string>>, from: string, findings: string[]]>([
    ['was prose', { 'notes.txt': fake }, 'notes.txt', found],
    [
      'nobody looked at',
      { 'examples/a.py': fake, '.check-importsrc.yaml': 'ignorePaths: [examples/**]\n' },
      'examples/a.py',
      found,
    ],
    [
      'meant its own neighbour elsewhere',
      { 'tool/a.py': fake, 'tool/numpy_utils.py': '', 'tool/__main__.py': '' },
      'tool/a.py',
      found,
    ],
  ])('but a program is new whose text %s', async (_, files, from, findings) => {
    const scratch = await service(files);
    await swap(scratch, ['app.py', from]);
    expect((await staged(scratch)).findings).toEqual(findings);
  });

  test('and what is written into a swapped file is new', async () => {
    const scratch = await service({ 'a.py': fake, 'b.py': 'import os\n' });
    await swap(scratch, ['a.py', 'b.py']);
    scratch.write({ 'a.py': 'import os\nimport panda_tools\n' });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({
      code: 1,
      findings: ['a.py:2:8 unapproved-package pypi:panda-tools'],
    });
  });

  test('what the change itself declares approves nothing', async () => {
    const scratch = await service();
    scratch.write({ 'requirements.txt': 'flask\nnumpy\nnumpy-utils\n', 'app.py': `import flask\n${fake}` });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({
      code: 1,
      findings: [
        'app.py:2:8 unapproved-package pypi:numpy-utils',
        'requirements.txt:3:1 unapproved-package pypi:numpy-utils',
      ],
    });
  });

  test('a version bump is nothing', async () => {
    const scratch = await service();
    scratch.write({ 'requirements.txt': 'flask==3.1.0\nnumpy>=2\n' });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });
});

describe('merges report what is new against every parent', () => {
  /** main and a branch both change app.py; main brings a package of its own past the hook. */
  async function conflict(): Promise<Scratch> {
    const scratch = await service({ 'app.py': 'import flask\nvalue = 1\n' });
    await scratch.git('switch', '--quiet', '--create', 'feature');
    scratch.write({ 'app.py': 'import flask\nvalue = 2\n' });
    await scratch.commitAll('feature');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({
      'app.py': 'import flask\nimport celery\nvalue = 3\n',
      'worker.py': 'import celery\n',
      'requirements.txt': 'flask\nnumpy\ncelery\n',
    });
    await scratch.commitAll('main brings celery');
    await scratch.git('switch', '--quiet', 'feature');
    return scratch;
  }

  test('a conflicted merge brings the packages of main in peace', async () => {
    const scratch = await conflict();
    expect((await scratch.tryGit('merge', 'main')).code).toBe(1);
    scratch.write({ 'app.py': 'import flask\nimport celery\nvalue = 4\n' });
    await scratch.git('add', '--all');
    expect(outcome(await scratch.tryGit('commit', '-m', 'merge'))).toBe('passed');
  });

  test('an import that is added while the conflict is resolved is found', async () => {
    const scratch = await conflict();
    await scratch.tryGit('merge', 'main');
    scratch.write({ 'app.py': `import flask\nimport celery\n${fake}value = 4\n` });
    await scratch.git('add', '--all');
    expect(outcome(await scratch.tryGit('commit', '-m', 'merge'))).toBe('stopped: pypi:numpy-utils');
  });

  test('unresolved conflicts are a fault', async () => {
    const scratch = await conflict();
    await scratch.tryGit('merge', 'main');
    const { code, findings } = await staged(scratch);
    expect([code, findings]).toEqual([2, ['app.py:1:1 fault unmerged']]);
  });

  test('a clean merge calls pre-merge-commit, and brings nothing that is new', async () => {
    const scratch = await conflict();
    await scratch.git('reset', '--quiet', '--hard', 'HEAD~');
    scratch.write({ 'more.py': 'import os\n' });
    await scratch.commitAll('more');
    expect(outcome(await scratch.tryGit('merge', '--no-edit', 'main'))).toBe('passed');
    expect(await scratch.git('log', '-1', '--format=%p')).toMatch(/ /);
  });

  test('a fake in a merge without commit is found at the commit', async () => {
    const scratch = await conflict();
    await scratch.git('reset', '--quiet', '--hard', 'HEAD~');
    scratch.write({ 'more.py': 'import os\n' });
    await scratch.commitAll('more');
    await scratch.git('merge', '--quiet', '--no-commit', 'main');
    scratch.write({ 'evil.py': fake });
    await scratch.git('add', '--all');
    expect(outcome(await scratch.tryGit('commit', '-m', 'merge'))).toBe('stopped: pypi:numpy-utils');
  });
});

describe('names that git quotes and shells trip over', () => {
  test.each([
    'with space.py',
    'new\nline.py',
    'quo"te\'s.py',
    'star*.py',
    '[id].py',
    '-dash.py',
    'größe/日本.py',
    ':colon.py',
    'tab\t.py',
  ])('%j', async (name) => {
    const scratch = await service();
    scratch.write({ [name]: fake });
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ file: name, package: 'pkg:pypi/numpy-utils' }] });
  });

  test('a name that is not UTF-8', async () => {
    const scratch = await service();
    writeFileSync(
      Buffer.concat([Buffer.from(`${scratch.root}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]),
      fake,
    );
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ file: 'caf\udce9.py', package: 'pkg:pypi/numpy-utils' }],
    });
  });
});

describe('scopes beside the hook', () => {
  test('the work tree against HEAD, with untracked files', async () => {
    const scratch = await service({ '.gitignore': 'ignored.py\n' });
    scratch.write({
      'untracked.py': fake,
      'ignored.py': fake,
      'app.py': 'import flask\nimport panda_tools\n',
    });
    const { code, stdout } = await runIn(scratch, ['--offline', '--format', 'concise']);
    expect(code).toBe(1);
    expect(findingsIn(stdout)).toEqual([
      'app.py:2:8 unapproved-package pypi:panda-tools',
      'untracked.py:1:8 unapproved-package pypi:numpy-utils',
    ]);
  });

  test('--since compares with the merge base', async () => {
    const scratch = await service();
    await scratch.git('switch', '--quiet', '--create', 'feature');
    scratch.write({ 'other.py': fake });
    await scratch.commitAll('feature');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({ 'main.py': 'import panda_tools\n' });
    await scratch.commitAll('main moves on');
    await scratch.git('switch', '--quiet', 'feature');
    const { code, stdout } = await runIn(scratch, ['--since', 'main', '--offline', '--format', 'concise']);
    expect([code, findingsIn(stdout)]).toEqual([1, ['other.py:1:8 unapproved-package pypi:numpy-utils']]);
  });

  test('--since without the history says how to fetch it', async () => {
    const scratch = await service();
    scratch.write({ 'other.py': 'import os\n' });
    await scratch.commitAll('second');
    await scratch.git('clone', '--quiet', '--depth', '1', `file://${scratch.root}`, 'shallow');
    const { code, stdout } = await runIn(scratch, ['--since', 'HEAD~1', '--offline'], { cwd: 'shallow' });
    expect(code).toBe(2);
    expect(stdout.replace(/\s+/g, ' ')).toContain('git fetch --unshallow');
  });

  test('paths are checked as a whole; what HEAD uses there is in use', async () => {
    const scratch = await service({ 'old.py': fake, 'folder/old.py': 'import panda_tools\n' });
    const { code, stdout } = await runIn(scratch, ['folder', '--offline', '--format', 'concise']);
    expect([code, findingsIn(stdout)]).toEqual([
      0,
      ['folder/old.py:1:8 unreviewed-package pypi:panda-tools'],
    ]);
    const all = await runIn(scratch, ['--all', '--offline', '--format', 'concise']);
    expect(findingsIn(all.stdout)).toHaveLength(2);
  });

  test('--stdin checks a text that is not on disk', async () => {
    const scratch = await service({ 'old.py': fake });
    const args = ['--stdin', '--stdin-filename', 'old.py', '--offline', '--format', 'concise'];
    const whole = await runIn(scratch, [...args], { stdin: `${fake}import panda_tools\n` });
    expect(findingsIn(whole.stdout)).toHaveLength(2);
    const fresh = await runIn(scratch, [...args, '--new-only'], { stdin: `${fake}import panda_tools\n` });
    expect(findingsIn(fresh.stdout)).toEqual(['old.py:2:8 unapproved-package pypi:panda-tools']);
  });
});

describe('the verdict does not depend on the machine', () => {
  test('an installed package settles nothing', async () => {
    const scratch = await service({ '.gitignore': 'node_modules/\n.venv/\n' });
    scratch.write({
      'node_modules/left-padder/package.json': '{"name":"left-padder"}',
      '.venv/lib/python3.11/site-packages/numpy_utils/__init__.py': '',
      'other.py': fake,
      'web.js': "import 'left-padder';\n",
    });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({
      code: 1,
      findings: [
        'other.py:1:8 unapproved-package pypi:numpy-utils',
        'web.js:1:9 unapproved-package npm:left-padder',
      ],
    });
  });
});

describe('files that can’t be parsed', () => {
  test('are checked as far as they look like imports, and the others as always', async () => {
    const scratch = await service();
    scratch.write({ 'broken.js': "import pad from 'left-padder';\nconst = pad;\n", 'other.py': fake });
    await scratch.git('add', '--all');
    const { code, findings } = await staged(scratch);
    expect(code).toBe(1);
    expect(findings).toContain('other.py:1:8 unapproved-package pypi:numpy-utils');
    expect(findings).toContain('broken.js:1:18 unapproved-package npm:left-padder');
  });

  test('are a fault with their place where only a parser could tell, and the others are still checked', async () => {
    const scratch = await service();
    scratch.write({ 'broken.js': "const load = require;\nconst = load('left-padder');\n", 'other.py': fake });
    await scratch.git('add', '--all');
    const { code, findings } = await staged(scratch);
    expect(code).toBe(2);
    expect(findings).toContain('other.py:1:8 unapproved-package pypi:numpy-utils');
    expect(findings.some((line) => /^broken\.js:2:\d+ fault unparsable$/.test(line))).toBe(true);
  });
});

describe('a first whitelist', () => {
  const declared = { baseline: '2026-01-02' };
  const first = whitelistText({ 'pypi:flask': declared, 'pypi:numpy': declared });

  test('that says what the manifests declare loosens nothing', async () => {
    const scratch = await service();
    scratch.write({ 'approved-packages.yaml': first });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({ code: 0, findings: [] });
  });

  test('that says more is listed, and is a fault', async () => {
    const scratch = await service();
    scratch.write({ 'approved-packages.yaml': `${first}${whitelistLine('pypi:numpy-utils', declared)}\n` });
    await scratch.git('add', '--all');
    expect(await staged(scratch)).toEqual({
      code: 2,
      findings: ['approved-packages.yaml:7:1 policy-change', 'approved-packages.yaml:7:1 fault whitelist'],
    });
  });
});
