import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { whitelistHeader, whitelistText } from '../kit/whitelist.ts';
import { now, runIn } from '../kit/world.ts';

/*
 * What init makes of projects, and of states in which it can't do its work. The hook managers have a file of their own.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const whitelist = 'approved-packages.yaml';
const config = { '.check-importsrc.yaml': 'lookup: off\n' };

async function project(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

function withoutCommits(files: Readonly<Record<string, string>>): Scratch {
  const scratch = new Scratch();
  open.push(scratch);
  scratch.write(files);
  return scratch;
}

/** The lines of the whitelist below those that every new one begins with. */
function entries(scratch: Scratch): string[] {
  const [beforeHeader, lines = ''] = scratch.read(whitelist).split(whitelistHeader);
  expect(beforeHeader).toBe('');
  return lines.split('\n').filter((line) => line !== '');
}

const today = now.toISOString().slice(0, 10);
const baseline = (key: string) => `  ${key}: { baseline: ${today} }`;

test('the commit that brings this tool is not stopped by it', async () => {
  const manifest = { name: 'shop', dependencies: { react: '^19.0.0' } };
  const scratch = await project({ 'package.json': JSON.stringify(manifest), ...config });
  const devDependencies = { 'vetted-imports': '^0.1.0' };
  scratch.write({ 'package.json': JSON.stringify({ ...manifest, devDependencies }) });
  expect((await runIn(scratch, ['init', '--yes'])).code).toBe(0);
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  expect([code, stdout.split('\n').filter((line) => line.includes(': error '))]).toEqual([0, []]);
  expect(stdout).toContain('approved npm:vetted-imports');
});

describe('the whitelist of a project', () => {
  test('holds what every manifest at HEAD takes from a registry, and asks for what is in use besides', async () => {
    const scratch = await project({
      ...config,
      'package.json': JSON.stringify({
        name: 'shop',
        workspaces: ['packages/*'],
        dependencies: { react: '^19.0.0', '@acme/ui': 'workspace:*', 'left-pad': 'github:someone/left-pad' },
        devDependencies: { vitest: '^4.0.0', padded: 'npm:left-padder@1' },
      }),
      'packages/ui/package.json': JSON.stringify({ name: '@acme/ui', dependencies: { Zod: '^4.0.0' } }),
      'packages/ui/index.ts': "import 'Zod';\nimport '@acme/ui/button';\nimport 'undeclared';\n",
      'pyproject.toml':
        '[project]\nname = "shop-api"\ndependencies = ["Flask", "numpy>=2", "shop-api[all]"]\n',
      'requirements/dev.txt': 'pytest\n',
      'api/app.py': 'import os\nimport flask, jose\n\nimport jose.jwt\n',
      'vendor/x/requirements.txt': 'vendored\n',
    });
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(entries(scratch)).toEqual([
      baseline('npm:Zod'),
      baseline('npm:react'),
      `  npm:undeclared: { requested: in use in packages/ui/index.ts:3, date: ${today} }`,
      baseline('npm:vitest'),
      baseline('pypi:flask'),
      baseline('pypi:numpy'),
      baseline('pypi:pytest'),
      `  pypi:python-jose: { requested: in use in api/app.py:2, date: ${today} }`,
    ]);
    expect(done.stdout).toContain('npm:undeclared  in use in packages/ui/index.ts:3');
    expect(done.stdout).toContain('left-pad  package.json:1');
    expect(scratch.read('.gitattributes')).toBe(`${whitelist} merge=union\n`);
  });

  test('is taken from HEAD: what nobody has committed is not declared', async () => {
    const scratch = await project({ ...config, 'requirements.txt': 'flask\n', 'app.py': 'import flask\n' });
    scratch.write({ 'requirements.txt': 'flask\nnumpy-utils\n', 'new.py': 'import panda_tools\n' });
    await scratch.git('add', 'requirements.txt');
    await runIn(scratch, ['init', '--yes']);
    expect(entries(scratch)).toEqual([
      baseline('pypi:flask'),
      `  pypi:numpy-utils: { requested: declared in requirements.txt:2 since the last commit, date: ${today} }`,
    ]);
  });

  test.each([
    ['npm alone', { 'package.json': '{ "dependencies": { "lodash": "4" } }' }, [baseline('npm:lodash')]],
    ['Python alone', { 'requirements.txt': 'flask\n' }, [baseline('pypi:flask')]],
    ['no manifest', { 'app.py': 'import os\n' }, []],
    ['nothing but a manifest that can’t be read', { 'package.json': '{ "dependencies": ' }, []],
  ])('%s', async (_, files, lines) => {
    const scratch = await project(files);
    expect(await runIn(scratch, ['init', '--yes'])).toMatchObject({ code: 0, stderr: '' });
    expect(entries(scratch)).toEqual(lines);
    expect((await runIn(scratch, ['--all', '--offline'])).stdout).not.toContain('fault  whitelist');
  });

  test('before the first commit the manifests and programs of the work tree count', async () => {
    const scratch = withoutCommits({ ...config, 'requirements.txt': 'flask\n', 'app.py': 'import numpy\n' });
    await scratch.git('init', '--quiet');
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done.stdout).toContain('The baseline is what the work tree declares: 1 package (1 pypi).');
    expect(entries(scratch)).toEqual([
      baseline('pypi:flask'),
      `  pypi:numpy: { requested: in use in app.py:1, date: ${today} }`,
    ]);
    await scratch.git('add', '--all');
    const stopped = await scratch.tryGit('commit', '-m', 'first');
    expect(stopped.code).toBe(1);
  });

  test('a whitelist that is there never grows', async () => {
    const scratch = await project({ ...config, 'requirements.txt': 'flask\n' });
    await runIn(scratch, ['init', '--yes']);
    await scratch.commitAll('linter');
    scratch.write({ 'requirements.txt': 'flask\nnumpy-utils\n', 'app.py': 'import numpy_utils\n' });
    await scratch.commitAll('past the hook');
    const before = scratch.read(whitelist);
    const again = await runIn(scratch, ['init', '--yes']);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain(`${whitelist} is there already and stays as it is.`);
    expect(again.stdout).not.toContain('Wrote');
    expect(scratch.read(whitelist)).toBe(before);
  });

  test('one that was deleted is not made anew', async () => {
    const scratch = await project({ 'requirements.txt': 'flask\n', [whitelist]: whitelistText({}) });
    scratch.remove(whitelist);
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain(`git restore ${whitelist}`);
    expect(scratch.has('.git/hooks/pre-commit')).toBe(false);
  });

  test('stands where the config says', async () => {
    const scratch = await project({
      '.check-importsrc.yaml': 'whitelist: team/approved.yaml\n',
      'team/readme.md': '',
      'requirements.txt': 'flask\n',
    });
    await runIn(scratch, ['init', '--yes']);
    expect(scratch.read('team/approved.yaml')).toContain(baseline('pypi:flask'));
    expect(scratch.read('.gitattributes')).toBe('team/approved.yaml merge=union\n');
  });
});

describe('what only this machine shows', () => {
  const acme = `  pypi:acme-core: { baseline: ${today}, imports: [acmeshop], importsOf: "1.0" }`;
  const distribution = {
    '.venv/pyvenv.cfg': 'home = /usr/bin\n',
    '.venv/lib/python3.12/site-packages/acme_core-1.0.dist-info/RECORD':
      'acmeshop/__init__.py,sha256=x,1\nacmeshop/prices.py,,\n"tests/a, b.py",,\ntests/__init__.py,,\nacme_core-1.0.dist-info/RECORD,,\n',
    '.venv/lib/python3.12/site-packages/acmeshop/__init__.py': '',
    '.venv/lib/python3.12/site-packages/Flask-3.0.dist-info/RECORD': 'flask/__init__.py,,\n',
    '.venv/lib/python3.12/site-packages/opencv_python-4.0.dist-info/RECORD': 'cv2/__init__.py,,\n',
    '.venv/lib/python3.12/site-packages/undeclared-1.dist-info/RECORD': 'undeclared_module/__init__.py,,\n',
  };

  test('modules of an installed distribution go into its entry, so that nobody needs the environment later', async () => {
    const scratch = await project({
      '.gitignore': '.venv/\n',
      'requirements.txt': 'acme-core\nflask\nopencv-python\n',
      'app.py': 'import acmeshop.prices\nimport cv2, flask\n',
    });
    scratch.write(distribution);
    await runIn(scratch, ['init', '--yes']);
    expect(entries(scratch)).toEqual([acme, baseline('pypi:flask'), baseline('pypi:opencv-python')]);
    scratch.remove('.venv');
    expect(await runIn(scratch, ['--all', '--offline'])).toMatchObject({ code: 0 });
  });

  test('what an installed distribution declares (PEP 794) goes before what it installed', async () => {
    const scratch = await project({ '.gitignore': '.venv/\n', 'requirements.txt': 'acme-core\n' });
    const metadata = '.venv/lib/python3.12/site-packages/acme_core-1.0.dist-info/METADATA';
    scratch.write({ ...distribution, [metadata]: 'Import-Name: declared\n\nImport-Name: prose\n' });
    await runIn(scratch, ['init', '--yes']);
    expect(entries(scratch)).toContain(
      `  pypi:acme-core: { baseline: ${today}, imports: [declared], importsOf: "1.0" }`,
    );
  });

  test('the environment that is active tells too', async () => {
    const scratch = await project({ 'requirements.txt': 'acme-core\n' });
    mkdirSync(path.join(scratch.root, '../environment'));
    scratch.write(
      Object.fromEntries(
        Object.entries(distribution).map(([name, text]) => [name.replace('.venv', '../environment'), text]),
      ),
    );
    const env = { VIRTUAL_ENV: path.join(scratch.root, '../environment') };
    await runIn(scratch, ['init', '--yes'], { env });
    expect(entries(scratch)).toContain(acme);
  });

  test('modules that git ignores are shown, and written to a config where there is none', async () => {
    const files = {
      '.gitignore': 'generated/\nshop/api_pb2.py\nnode_modules/\n',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@generated/*": ["./generated/*"] } } }',
      'shop/prices.py': '',
      'app.py': 'import generated.client\nimport shop.api_pb2\nimport numpy_utils\n',
      'web.ts': "import '@generated/api';\n",
    };
    const onDisk = {
      'generated/__init__.py': '',
      'generated/client.py': '',
      'generated/api.ts': '',
      'shop/api_pb2.py': '',
      'node_modules/numpy_utils/__init__.py': '',
    };
    const scratch = await project(files);
    scratch.write(onDisk);
    const done = await runIn(scratch, ['init', '--yes', '--offline']);
    expect(done.stdout).toContain('Modules of this project that git ignores');
    expect(scratch.read('.check-importsrc.yaml')).toContain(
      // What an alias leads into an ignored folder is no package without that, and warns.
      'localModules:\n  - "generated"\n  - "shop.api_pb2"\n',
    );
    expect(entries(scratch)).toEqual([
      `  pypi:numpy-utils: { requested: in use in app.py:3, date: ${today} }`,
    ]);

    const configured = await project({ ...files, ...config });
    configured.write(onDisk);
    const shown = await runIn(configured, ['init', '--yes']);
    expect(shown.stdout).toContain('  shop.api_pb2\n');
    expect(configured.read('.check-importsrc.yaml')).toBe('lookup: off\n');
  });
});

describe('nothing is written', () => {
  async function untouched(run: (scratch: Scratch) => Promise<Finished>): Promise<Finished> {
    const scratch = await project({ 'requirements.txt': 'flask\n' });
    const done = await run(scratch);
    expect(await scratch.git('status', '--porcelain')).toBe('');
    expect(scratch.has('.git/hooks/pre-commit')).toBe(false);
    return done;
  }

  test('with --dry-run, which shows the difference', async () => {
    const done = await untouched((scratch) => runIn(scratch, ['init', '--dry-run']));
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('+++ b/approved-packages.yaml\n');
    expect(done.stdout).toContain(`+${baseline('pypi:flask')}\n`);
    expect(done.stdout).toContain('+++ b/.git/hooks/pre-commit\n');
  });

  test('where there is no terminal to ask on', async () => {
    const done = await untouched((scratch) => runIn(scratch, ['init']));
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('--yes');
  });

  test('by --check, which says that there is no hook', async () => {
    const done = await untouched((scratch) => runIn(scratch, ['init', '--check']));
    expect(done).toMatchObject({ code: 1, stderr: '' });
    expect(done.stdout).toContain('no hook calls vetted-imports');
  });

  test.each([
    [['--check', '--remove'], '--check and --remove cannot be combined'],
    [['--pre-push', '--remove'], '--pre-push and --remove cannot be combined'],
    [['--pre-push', '--ci', 'github'], '--pre-push and --ci cannot be combined'],
    [['--yes', '--dry-run'], '--yes and --dry-run cannot be combined'],
    [['--whitelist'], '--whitelist needs --remove'],
  ])('with %j', async (flags, message) => {
    const done = await untouched((scratch) => runIn(scratch, ['init', ...flags]));
    expect(done.code).toBe(2);
    expect(done.stderr).toContain(message);
  });

  test('outside of a repository', async () => {
    const scratch = withoutCommits({ 'requirements.txt': 'flask\n' });
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('git init');
    expect(scratch.has(whitelist)).toBe(false);
  });

  test('where the config can’t be read', async () => {
    const scratch = await project({ '.check-importsrc.yaml': 'whitelst: x\n' });
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('.check-importsrc.yaml:1');
    expect(scratch.has(whitelist)).toBe(false);
  });
});

describe('a coding assistant', () => {
  const env = { AI_AGENT: 'some' };

  test('may give a project the linter, and not settle it anew', async () => {
    const scratch = await project({ 'requirements.txt': 'flask\n' });
    expect(await runIn(scratch, ['init', '--yes'], { env })).toMatchObject({ code: 0 });
    const hook = scratch.read('.git/hooks/pre-commit');
    for (const flags of [['--yes'], ['--remove', '--yes']]) {
      const refused = await runIn(scratch, ['init', ...flags], { env });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('vetted-imports request');
    }
    expect(scratch.read('.git/hooks/pre-commit')).toBe(hook);
    expect((await runIn(scratch, ['init', '--check'], { env })).code).toBe(0);
  });

  test('may do both where the config trusts it', async () => {
    const scratch = await project({ '.check-importsrc.yaml': 'assistants: trusted\n' });
    await runIn(scratch, ['init', '--yes'], { env });
    expect((await runIn(scratch, ['init', '--yes'], { env })).code).toBe(0);
  });
});

describe('--remove', () => {
  test('with --whitelist takes the whitelist and its line too', async () => {
    const scratch = await project({ 'requirements.txt': 'flask\n', '.gitattributes': '*.png binary' });
    await runIn(scratch, ['init', '--yes']);
    const done = await runIn(scratch, ['init', '--remove', '--whitelist', '--yes']);
    expect(done.code).toBe(0);
    expect(scratch.has(whitelist)).toBe(false);
    expect(scratch.read('.gitattributes')).toBe('*.png binary');
    expect(await scratch.git('status', '--porcelain')).toBe('');
  });

  test('says where there is nothing to take away', async () => {
    const scratch = await project({});
    expect(await runIn(scratch, ['init', '--remove', '--yes'])).toMatchObject({
      code: 0,
      stdout: 'There is nothing to take away.\nCommits are no longer checked.\n',
    });
  });
});

describe('the folder that git takes hooks from', () => {
  const fake = { 'other.py': 'import numpy_utils\n' };

  /** A commit of a fake, with the built command on PATH. */
  async function commit(scratch: Scratch, folder: string): Promise<Finished> {
    scratch.write({ [path.join(folder, 'other.py')]: fake['other.py'] });
    await scratch.git('-C', folder, 'add', 'other.py');
    return scratch.tryGit('-C', folder, 'commit', '-m', 'fake');
  }

  test('of a linked worktree is that of the main one', async () => {
    const scratch = await project({ 'requirements.txt': 'flask\n' });
    await scratch.git('worktree', 'add', '--quiet', 'linked');
    const done = await runIn(scratch, ['init', '--yes'], { cwd: 'linked' });
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(scratch.has(`linked/${whitelist}`)).toBe(true);
    expect(scratch.has('.git/hooks/pre-commit')).toBe(true);
    expect((await commit(scratch, 'linked')).code).toBe(1);
  });

  test('of a submodule is its own', async () => {
    const [scratch, inner] = [await project({}), await project({ 'requirements.txt': 'flask\n' })];
    await scratch.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'inner');
    const done = await runIn(scratch, ['init', '--yes'], { cwd: 'inner' });
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(scratch.has(`inner/${whitelist}`)).toBe(true);
    expect(scratch.has('.git/modules/inner/hooks/pre-commit')).toBe(true);
    expect(scratch.has('.git/hooks/pre-commit')).toBe(false);
  });

  test('is found from a sub-folder', async () => {
    const scratch = await project({ 'deep/er/app.py': '' });
    await runIn(scratch, ['init', '--yes'], { cwd: 'deep/er' });
    expect(scratch.has(whitelist)).toBe(true);
    expect(scratch.has('.git/hooks/pre-commit')).toBe(true);
  });

  test('that serves other repositories too is left alone', async () => {
    const scratch = await project({ 'requirements.txt': 'flask\n' });
    await scratch.git('config', '--global', 'core.hooksPath', path.join(scratch.home, 'hooks'));
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain('git config core.hooksPath .githooks');
    expect(scratch.has(whitelist)).toBe(true);
    expect(scratch.has('.git/hooks/pre-commit')).toBe(false);
  });

  test.each([
    ['a hook in another language', '#!/usr/bin/env python3\nprint()\n', 0o755, 'is not a shell script'],
    ['a program', '\u007fELF\0\u0001', 0o755, 'is not a shell script'],
    ['a hook that is not executable', '#!/bin/sh\ntrue\n', 0o644, 'chmod +x'],
  ])('holds %s, which stays as it is', async (...[, text, mode, message]) => {
    const scratch = await project({ 'requirements.txt': 'flask\n' });
    scratch.write({ '.git/hooks/pre-commit': text });
    chmodSync(path.join(scratch.root, '.git/hooks/pre-commit'), mode);
    const done = await runIn(scratch, ['init', '--yes']);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain(message);
    expect(scratch.read('.git/hooks/pre-commit')).toBe(text);
    expect(scratch.has(whitelist)).toBe(true);
  });
});
