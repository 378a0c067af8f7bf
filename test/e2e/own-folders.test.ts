import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A line that takes a package from a folder of this repository takes the project's own code. What leads anywhere else is
 * a foreign source.
 */

type Files = Readonly<Record<string, string>>;

const pyproject = (lines: string): Files => ({
  'pyproject.toml': `[project]\nname = "root"\nversion = "1"\n${lines}\n`,
});
const requirements = (line: string, file = 'requirements.txt'): Files => ({ [file]: `requests\n${line}\n` });
const npm = (value: string, file = 'package.json'): Files => ({
  [file]: `${JSON.stringify({ dependencies: { foo: value } })}\n`,
});
const linked = (value: string): Files => ({
  'package.json': `${JSON.stringify({ workspaces: ['libs/*'], dependencies: { foo: value } })}\n`,
});
const other = (value: string): Files => ({ 'package.json': `{ "dependencies": { "bar": "${value}" } }\n` });
const unapproved = (ecosystem: string) => [`unapproved-package ${ecosystem}:foo`];
const uv = (source: string) => pyproject(`dependencies = ["foo"]\n[tool.uv.sources]\nfoo = ${source}`);
const poetry = (value: string) => pyproject(`[tool.poetry.dependencies]\nfoo = ${value}`);
const conda = (line: string, file = 'environment.yml'): Files => ({
  [file]: `dependencies:\n  - pip:\n    ${line}\n`,
});
const foo = '[project]\nname = "foo"\nversion = "1"\n';

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    '.gitignore': 'build/\n',
    'approved-packages.yaml': whitelistText({ 'pypi:requests': { approved: 'http' } }),
    'requirements.txt': 'requests\n',
    'libs/foo/pyproject.toml': foo,
    'libs/foo/package.json': '{ "name": "foo", "version": "1.0.0" }\n',
    'libs/old/setup.py': 'from setuptools import setup\nsetup(name="old")\n',
    'libs/computed/setup.py': 'from setuptools import setup\nsetup(name=NAME)\n',
    'libs/money/pyproject.toml': '[tool.poetry]\nname = "Acme_Money"\n',
    'libs/lists/requirements.txt': '',
    'libs/notes/README.md': '',
    'libs/%66oo/pyproject.toml': foo,
    'libs/$HOME/pyproject.toml': foo,
    '~/foo/pyproject.toml': foo,
    'vendor/foo/pyproject.toml': foo,
    'vendor/foo/package.json': '{ "name": "foo" }\n',
    'services/api/main.py': '',
  });
});
afterAll(() => {
  scratch.dispose();
});

/** @returns What is said of a change that is staged, and undone again. */
async function said(change: Files, prepare: () => unknown = () => null, ...args: readonly string[]) {
  scratch.write(change);
  await scratch.git('add', '--all');
  await prepare();
  const scope = args.length > 0 ? args : ['--staged'];
  const { stdout } = await runIn(scratch, [...scope, '--offline', '--format', 'concise']);
  await scratch.git('reset', '--quiet', '--hard');
  await scratch.git('clean', '--quiet', '-ffdx');
  return findingsIn(stdout).map((line) => line.replace(/^\S+ /, '').replace(/^(foreign-source) .*/, '$1'));
}

describe('a folder of the repository with a manifest is the project’s own', () => {
  test.each<[string, Files]>([
    ['pip', requirements('./libs/foo')],
    ['pip, editable', requirements('-e ./libs/foo')],
    ['pip, editable, without a dot', requirements('-e libs/foo/')],
    ['pip, editable, with an extra', requirements('-e libs/foo[extra]')],
    ['pip, editable, after an equals sign', requirements('--editable=./libs/foo')],
    ['pip, in quotes', requirements('-e "./libs/foo"')],
    ['pip, of a name in another spelling', requirements('acme.money @ file:libs/money')],
    ['pip, of a name that a program computes', requirements('computed @ file:libs/computed')],
    ['pip, from where it is started', requirements('-e ${PWD}/libs/foo')],
    ['pip, a file from where it is started', requirements('foo @ file://${PWD}/libs/foo')],
    [
      'a setup script, from where it is started',
      {
        'setup.py':
          'import os\nfrom setuptools import setup\nsetup(install_requires=[f"foo @ file://localhost/{os.getcwd()}/libs/foo"])\n',
      },
    ],
    ['conda', conda('- -e ./libs/foo')],
    ['conda, from the manifest’s folder', conda('- ../libs/foo', 'envs/environment.yml')],
    ['pip, with extra and marker', requirements('./libs/foo[extra] ; python_version > "3.8"')],
    ['pip, with an egg', requirements('-e ./libs/foo#egg=foo')],
    ['pip, a file', requirements('foo @ file:libs/foo')],
    ['pip, a file alone', requirements('-e file:./libs/foo')],
    ['pip, a setup script', requirements('./libs/old')],
    ['pip, from the manifest’s folder', requirements('-e ../../libs/foo', 'services/api/requirements.txt')],
    ['pip, from the root where it is started', requirements('-e libs/foo', 'services/api/requirements.txt')],
    ['pip, the folder above', { ...pyproject(''), ...requirements('-e ..', 'docs/requirements.txt') }],
    ['PEP 508', pyproject('dependencies = ["foo @ file:libs/foo"]')],
    ['PEP 508, from the root', pyproject('dependencies = ["foo @ file:///${PROJECT_ROOT}/libs/foo"]')],
    ['PDM, of a table', pyproject('[tool.pdm.dependencies]\nfoo = { path = "./libs/foo", editable = true }')],
    ['PDM', pyproject('[tool.pdm.dev-dependencies]\ndev = ["-e file:///${PROJECT_ROOT}/libs/foo#egg=foo"]')],
    ['Hatch', pyproject('[tool.hatch.envs.test]\ndependencies = ["foo @ {root:uri}/libs/foo"]')],
    ['Hatch, of the project', pyproject('dependencies = ["foo @ {root:uri}/libs/foo"]')],
    [
      'Poetry, of a name unlike the folder’s',
      pyproject('[tool.poetry.dependencies]\nacme-money = { path = "libs/money", develop = true }'),
    ],
    [
      'npm, of a name unlike the folder’s',
      { 'package.json': '{ "dependencies": { "ui": "file:./libs/foo" } }\n' },
    ],
    ['pip, of a name unlike the folder’s', requirements('ui @ file:libs/foo')],
    [
      'pixi, with its manifest alone',
      {
        'tools/hull/pixi.toml': '[package]\nname = "foo"\nversion = "1"\n',
        'pixi.toml': '[dependencies]\nfoo = { path = "tools/hull" }\n',
      },
    ],
    ['pixi', { 'pixi.toml': '[pypi-dependencies]\nfoo = { path = "./libs/foo", editable = true }\n' }],
    ['uv', uv('{ path = "libs/foo" }')],
    ['uv, editable', uv('{ path = "./libs/foo", editable = true }')],
    ['uv, of a workspace', uv('{ workspace = true }')],
    ['Poetry', poetry('{ path = "libs/foo", develop = true }')],
    [
      'Poetry, above',
      { 'services/api/pyproject.toml': '[tool.poetry.dependencies]\nfoo = { path = "../../libs/foo" }\n' },
    ],
    ['Pipenv', { Pipfile: '[packages]\nfoo = { path = "./libs/foo", editable = true }\n' }],
    ['npm', npm('file:./libs/foo')],
    ['npm, without a dot', npm('file:libs/foo')],
    ['npm, the path alone', npm('./libs/foo')],
    ['npm, from the manifest’s folder', npm('file:../../libs/foo', 'services/api/package.json')],
    ['pnpm', npm('link:./libs/foo')],
    ['Yarn', npm('portal:./libs/foo')],
    ['what the change adds itself', { ...requirements('./libs/new'), 'libs/new/pyproject.toml': foo }],
  ])('%s', async (_, change) => {
    expect(await said(change)).toEqual([]);
  });
});

describe('is a foreign source', () => {
  const foreign = ['foreign-source'];
  test.each<[string, Files, readonly string[], (() => unknown)?]>([
    ['a folder outside', requirements('-e ../foo'), foreign],
    ['a folder outside, with a twin inside', { ...requirements('-e ../twin'), 'twin/setup.py': '' }, foreign],
    ['a folder outside, by way of one inside', requirements('-e libs/../../foo'), foreign],
    ['a folder outside, from the manifest’s', npm('file:../../../foo', 'services/api/package.json'), foreign],
    ['an absolute path', requirements('/libs/foo'), foreign],
    ['an absolute file', requirements('foo @ file:///libs/foo'), foreign],
    ['a folder of a person', requirements('~/foo'), foreign],
    ['a folder of a variable', requirements('./libs/$HOME'), foreign],
    ['a folder of another variable', requirements('-e ${HOME}/libs/foo'), foreign],
    ['a folder outside, from where pip is started', requirements('-e ${PWD}/../foo'), foreign],
    ['a folder behind such a variable', requirements('-e ./${PWD}/libs/foo'), foreign],
    ['a folder in escapes', npm('file:libs/%66oo'), foreign],
    ['a folder in escapes, of pip', requirements('foo @ file:libs/%66oo'), foreign],
    ['a folder below what is named', requirements('./libs/foo#subdirectory=../../foo'), foreign],
    ['a folder without a manifest', requirements('./libs/notes'), foreign],
    ['a folder with another manifest', requirements('./libs/lists'), foreign],
    ['a folder with a manifest of another ecosystem', npm('file:./libs/old'), foreign],
    ['a folder that nobody reads', requirements('./vendor/foo'), foreign],
    ['a package that npm has installed', npm('file:./node_modules/foo'), foreign],
    ['a wheel', { ...requirements('./libs/foo.whl'), 'libs/foo.whl': '' }, foreign],
    ['a tarball', { ...npm('file:./libs/foo.tgz'), 'libs/foo.tgz': '' }, foreign],
    ['git beside it', requirements('git+https://git.example.org/libs/foo'), foreign],
    ['an ignored folder', { ...requirements('./build/foo'), 'build/foo/pyproject.toml': foo }, foreign],
    [
      'a folder that is not staged',
      requirements('./libs/late'),
      foreign,
      () => {
        scratch.write({ 'libs/late/pyproject.toml': foo });
      },
    ],
    [
      'a link that leads outside',
      requirements('./libs/link'),
      foreign,
      async () => {
        symlinkSync('../../foo', path.join(scratch.root, 'libs/link'));
        await scratch.git('add', '--all');
      },
    ],
    [
      'a submodule',
      requirements('./libs/sub'),
      foreign,
      () => scratch.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},libs/sub`),
    ],
  ])('%s', async (_, change, expected, prepare) => {
    expect(await said(change, prepare)).toEqual(expected);
  });
});

describe('the name of such a folder', () => {
  const kit = { 'libs/kit/pyproject.toml': '[project]\nname = "evil"\n', ...requirements('-e libs/kit') };
  test('is the project’s where its files are', async () => {
    expect(await said({ ...kit, 'libs/kit/src/evil/__init__.py': '', 'app.py': 'import evil\n' })).toEqual(
      [],
    );
    expect(
      await said({ ...npm('file:./libs/foo'), 'libs/foo/index.js': '', 'app.js': "import 'foo';\n" }),
    ).toEqual([]);
  });

  test('is that of a registry where it has none', async () => {
    expect(await said({ ...kit, 'app.py': 'import evil\n' })).toEqual(['unapproved-package pypi:evil']);
    expect(await said({ ...requirements('-e libs/kit\nevil', 'dev-requirements.txt'), ...kit })).toEqual([
      'unapproved-package pypi:evil',
    ]);
  });
});

test('the same holds for all files of the work tree', async () => {
  expect(await said(requirements('./libs/foo\n./libs/notes'), undefined, 'requirements.txt')).toEqual([
    'foreign-source',
  ]);
});

test('init shows what comes from elsewhere alone', async () => {
  const project = await Scratch.with({
    'requirements.txt': '-e ./libs/foo\n-e ./libs/notes\n',
    'libs/foo/pyproject.toml': foo,
  });
  const { stdout, stderr } = await runIn(project, ['init', '--dry-run']);
  project.dispose();
  expect(stdout + stderr).toContain('./libs/notes');
  expect(stdout + stderr).not.toContain('./libs/foo');
});

describe('a line that led to a folder of the project', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'asks the registry for its name now',
      requirements('-e ./libs/foo'),
      requirements('foo==99'),
      ['unapproved-package pypi:foo'],
    ],
    ['of npm asks the registry now', npm('file:libs/foo'), npm('^9'), unapproved('npm')],
    ['of npm, a link, asks it now', npm('link:libs/foo'), npm('^9'), unapproved('npm')],
    ['of npm asks under an alias now', npm('file:libs/foo'), npm('npm:foo@9'), unapproved('npm')],
    [
      'of npm led to git, and asks it now',
      other('github:me/bar'),
      other('^9'),
      ['unapproved-package npm:bar'],
    ],
    [
      'of npm led to an archive, and asks it now',
      other('https://a.example/f.tgz'),
      other('^9'),
      ['unapproved-package npm:bar'],
    ],
    ['of npm named a workspace', linked('workspace:*'), npm('^9'), unapproved('npm')],
    ['of npm is that of a workspace, which goes', linked('^1'), npm('^1'), unapproved('npm')],
    [
      'of npm stays as it is, and the workspace of pnpm goes',
      { ...npm('^1', 'web/package.json'), 'pnpm-workspace.yaml': 'packages: [web, libs/foo]\n' },
      { 'pnpm-workspace.yaml': 'packages: [web]\n' },
      unapproved('npm'),
    ],
    [
      'of npm stays as it is, and the member gets another name',
      linked('^1'),
      { 'libs/foo/package.json': '{ "name": "bar" }\n' },
      unapproved('npm'),
    ],
    ['of uv asks the registry now', uv('{ workspace = true }'), uv('{}'), unapproved('pypi')],
    ['of uv, a path, asks it now', uv('{ path = "libs/foo" }'), uv('{}'), unapproved('pypi')],
    [
      'of a member of uv’s workspace stays as it is, and the root has no source for it',
      {
        ...pyproject(
          '[tool.uv.workspace]\nmembers = ["apps/*"]\n[tool.uv.sources]\nfoo = { path = "libs/foo" }',
        ),
        'apps/a/pyproject.toml': '[project]\nname = "a"\nversion = "1"\ndependencies = ["foo"]\n',
      },
      pyproject('[tool.uv.workspace]\nmembers = ["apps/*"]'),
      unapproved('pypi'),
    ],
    ['of npm is linked all the same', linked('workspace:*'), linked('^1'), []],
    [
      'of npm is linked by another file',
      linked('^1'),
      { ...npm('^1'), 'pnpm-workspace.yaml': 'packages: [libs/*]\n' },
      [],
    ],
    ['of npm is linked from now on', npm('file:libs/foo'), linked('^1'), []],
    ['of npm leads to a workspace now', npm('file:libs/foo'), linked('workspace:*'), []],
    ['of npm is written otherwise', npm('file:libs/foo'), npm('file:./libs/foo'), []],
    ['of npm goes with the workspace', linked('^1'), { 'package.json': '{}\n' }, []],
    ['of npm asked the registry before', npm('^1'), npm('^2'), []],
    ['gets an extra', requirements('-e ./libs/foo'), requirements('-e ./libs/foo[all]'), []],
    ['goes', requirements('-e ./libs/foo'), { 'requirements.txt': 'requests\n' }, []],
    ['asked for its name before', requirements('foo'), requirements('foo==2'), []],
  ])('%s', async (_, base, change, expected) => {
    scratch.write(base);
    await scratch.git('add', '--all');
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'Base');
    const lines = await said(change);
    await scratch.git('reset', '--quiet', '--hard', 'HEAD~1');
    expect(lines).toEqual(expected);
  });
});
