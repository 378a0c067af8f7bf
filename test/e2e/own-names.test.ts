import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A manifest says how its package is called. Whoever asks for that name gets the project's own package where something
 * connects the two, and what a registry serves under it everywhere else.
 */

type Files = Readonly<Record<string, string>>;

const json = (value: unknown) => `${JSON.stringify(value)}\n`;
const pyproject = (name: string, lines = '') => `[project]\nname = "${name}"\nversion = "1.0"\n${lines}`;
const path = (folder: string) => `tariffs = { path = "${folder}" }\n`;

const whitelist = whitelistText({
  'npm:left': { approved: 'margins', ...byAda },
  'pypi:flask': { approved: 'the API', ...byAda },
});

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({ 'approved-packages.yaml': whitelist });
});
afterAll(() => {
  scratch.dispose();
});

/** @returns What the hook says of a change to a state that has passed already; nothing of it stays. */
async function said(base: Files, change: Files): Promise<readonly string[]> {
  const start = (await scratch.git('rev-parse', 'HEAD')).trim();
  scratch.write(base);
  await scratch.commitAll('the state before');
  scratch.write(change);
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  await scratch.git('reset', '--quiet', '--hard', start);
  await scratch.git('clean', '--quiet', '-ffdx');
  return findingsIn(stdout).map((line) => line.replace(/^\S+ /, ''));
}

const unapproved = (ecosystem: string) => [`unapproved-package ${ecosystem}:tariffs`];

describe('a name that a manifest in a corner bears is a registry’s', () => {
  test.each<[string, string, Files, Files]>([
    [
      'npm',
      'for the root',
      { 'attic/package.json': json({ name: 'tariffs' }) },
      { 'package.json': json({ dependencies: { tariffs: '1' } }) },
    ],
    [
      'npm',
      'for a folder beside it',
      { 'attic/package.json': json({ name: 'tariffs' }), 'web/package.json': json({ name: 'web' }) },
      { 'web/package.json': json({ name: 'web', devDependencies: { tariffs: '*' } }) },
    ],
    [
      'npm',
      'for what is no member of its workspace',
      {
        'attic/package.json': json({ workspaces: ['x/*'] }),
        'attic/x/t/package.json': json({ name: 'tariffs', version: '1.0.0' }),
      },
      { 'package.json': json({ dependencies: { tariffs: '1.0.0' } }) },
    ],
    [
      'npm',
      'for a package in the folder of a workspace that does not have it',
      {
        'package.json': json({ workspaces: ['libs/*'] }),
        'libs/t/package.json': json({ name: 'tariffs', version: '1.0.0' }),
      },
      { 'docs/package.json': json({ name: 'docs', dependencies: { tariffs: '1.0.0' } }) },
    ],
    [
      'npm',
      'where the workspace comes in the same change',
      {},
      {
        'attic/package.json': json({ workspaces: ['x/*'] }),
        'attic/x/t/package.json': json({ name: 'tariffs', version: '1.0.0' }),
        'package.json': json({ dependencies: { tariffs: '1.0.0' } }),
      },
    ],
    [
      'pypi',
      'for a list',
      { 'attic/pyproject.toml': pyproject('tariffs') },
      { 'requirements.txt': 'tariffs\n' },
    ],
    [
      'pypi',
      'for another package',
      { 'attic/setup.cfg': '[metadata]\nname = tariffs\n', 'api/pyproject.toml': pyproject('api') },
      { 'api/pyproject.toml': pyproject('api', 'dependencies = ["tariffs"]\n') },
    ],
    [
      'pypi',
      'where a list in that corner alone leads to it',
      { 'attic/requirements.txt': '-e ./t\n', 'attic/t/pyproject.toml': pyproject('tariffs') },
      { 'requirements.txt': 'tariffs\n' },
    ],
    [
      'pypi',
      'for what a program installs',
      { 'attic/pyproject.toml': pyproject('tariffs') },
      { 'tools/run.py': '# /// script\n# dependencies = ["tariffs"]\n# ///\n' },
    ],
    [
      'pypi',
      'where nobody reads that folder',
      { 'third_party/t/pyproject.toml': pyproject('tariffs'), 'requirements.txt': 'flask\n' },
      { 'requirements.txt': 'flask\ntariffs\n' },
    ],
  ])('%s, %s', async (ecosystem, _, base, change) => {
    expect(await said(base, change)).toEqual(unapproved(ecosystem));
  });

  test('and the finding says which manifest, and what would connect the two', async () => {
    scratch.write({ 'attic/package.json': json({ name: 'tariffs' }) });
    scratch.write({ 'package.json': json({ dependencies: { tariffs: '1' } }) });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json']);
    await scratch.git('reset', '--quiet', '--hard');
    await scratch.git('clean', '--quiet', '-ffdx');
    expect(stdout).toContain(
      'attic/package.json describes a package of this name, but nothing connects the two',
    );
  });
});

describe('a name that a connected manifest bears is the project’s own', () => {
  test.each<[string, Files, Files]>([
    [
      'a member that the root asks for',
      {
        'package.json': json({ name: 'shop', workspaces: ['libs/*'] }),
        'libs/t/package.json': json({ name: 'tariffs', version: '1.0.0' }),
      },
      { 'package.json': json({ name: 'shop', workspaces: ['libs/*'], dependencies: { tariffs: '1.0.0' } }) },
    ],
    [
      'a member that another one asks for',
      {
        'pnpm-workspace.yaml': 'packages: [libs/*, apps/*]\nlinkWorkspacePackages: true\n',
        'package.json': json({ name: 'shop' }),
        'libs/t/package.json': json({ name: 'tariffs', version: '1.0.0' }),
        'apps/web/package.json': json({ name: 'web' }),
      },
      { 'apps/web/package.json': json({ name: 'web', dependencies: { tariffs: '^1.0.0' } }) },
    ],
    [
      'a member in a folder that nobody reads',
      {
        'package.json': json({ name: 'shop', workspaces: ['vendor/*'] }),
        'vendor/t/package.json': json({ name: 'tariffs', version: '1.0.0' }),
      },
      {
        'package.json': json({ name: 'shop', workspaces: ['vendor/*'], dependencies: { tariffs: '1.0.0' } }),
      },
    ],
    [
      'the root, for its examples and its documentation',
      { 'pyproject.toml': pyproject('tariffs') },
      { 'docs/requirements.txt': 'tariffs\n', 'examples/a/requirements.txt': 'tariffs[all]\n' },
    ],
    [
      'what a list of the root leads to, for another package',
      {
        'requirements-dev.txt': '-e ./libs/t\n-e ./libs/api\n',
        'libs/t/pyproject.toml': pyproject('tariffs'),
        'libs/api/pyproject.toml': pyproject('api'),
      },
      { 'libs/api/pyproject.toml': pyproject('api', 'dependencies = ["tariffs"]\n') },
    ],
    [
      'what a list that the root includes leads to',
      {
        'requirements.txt': '-r lists/own.txt\n',
        'lists/own.txt': '-e ../t\n',
        't/setup.cfg': '[metadata]\nname = tariffs\n',
      },
      { 'requirements.txt': '-r lists/own.txt\ntariffs\n' },
    ],
    [
      'what a package leads to that the root leads to',
      {
        'pyproject.toml': `[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\napi = { path = "api" }\n`,
        'api/pyproject.toml': `[tool.poetry]\nname = "api"\n[tool.poetry.dependencies]\n${path('../t')}`,
        't/pyproject.toml': `[tool.poetry]\nname = "tariffs"\n`,
      },
      { 'requirements.txt': 'tariffs\n' },
    ],
    [
      'a member of a uv workspace, for a list of the root',
      {
        'pyproject.toml': pyproject('shop', '[tool.uv.workspace]\nmembers = ["libs/*"]\n'),
        'libs/t/pyproject.toml': pyproject('tariffs'),
      },
      {
        'pyproject.toml': pyproject(
          'shop',
          'dependencies = ["tariffs"]\n[tool.uv.sources]\ntariffs = { workspace = true }\n[tool.uv.workspace]\nmembers = ["libs/*"]\n',
        ),
      },
    ],
    [
      'a member of a uv workspace, for one that uv does not read',
      {
        'pyproject.toml': pyproject('shop', '[tool.uv.workspace]\nmembers = ["libs/*"]\n'),
        'libs/t/pyproject.toml': pyproject('tariffs'),
        'libs/old/setup.cfg': '[metadata]\nname = old\n',
      },
      { 'libs/old/setup.cfg': '[metadata]\nname = old\n[options]\ninstall_requires =\n    tariffs\n' },
    ],
    [
      'a package of Lerna, for another one',
      {
        'lerna.json': json({ version: 'independent', packages: ['libs/*'] }),
        'libs/t/package.json': json({ name: 'tariffs', version: '1.0.0' }),
        'libs/web/package.json': json({ name: 'web' }),
      },
      { 'libs/web/package.json': json({ name: 'web', dependencies: { tariffs: '^1.0.0' } }) },
    ],
    [
      'a project of Rush, for another one',
      {
        'rush.json':
          '{\n  // Folders\n  "projects": [{ "projectFolder": "t" }, { "projectFolder": "apps/web" }]\n}\n',
        't/package.json': json({ name: 'tariffs', version: '1.0.0' }),
        'apps/web/package.json': json({ name: 'web' }),
      },
      { 'apps/web/package.json': json({ name: 'web', dependencies: { tariffs: '^1.0.0' } }) },
    ],
    [
      'what the change itself leads to',
      { 't/pyproject.toml': pyproject('tariffs') },
      { 'requirements.txt': '-e ./t\ntariffs\n' },
    ],
  ])('%s', async (_, base, change) => {
    expect(await said(base, change)).toEqual([]);
  });
});
