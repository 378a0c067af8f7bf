import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { toolCommand } from '../../src/tool-command/command.ts';
import { isCopyable } from '../../src/reporters/words.ts';
import { filesOf } from '../languages/javascript/resolve/project.ts';

/*
 * How people start this tool, by what a repository holds. No row may lead to a copy that the repository does not name:
 * npx asks the registry for a command that it does not find.
 */

const named = '{ "devDependencies": { "vetted-imports": "^0.1.0" } }';
const other = '{ "devDependencies": { "vite": "^6.0.0" } }';

interface Row {
  readonly there: Readonly<Record<string, string>>;
  /** The working folder. */
  readonly at?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The environment that runs the tool, and is not active. */
  readonly inactive?: string | null;
  readonly says: string;
}

const schema = v.parse(
  v.object({
    $defs: v.object({
      finding: v.object({
        properties: v.object({ next: v.object({ items: v.object({ pattern: v.string() }) }) }),
      }),
    }),
  }),
  JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8')),
);
const pattern = new RegExp(schema.$defs.finding.properties.next.items.pattern);

const command = ({ there, at = '', env: environment = {}, inactive = null }: Row) =>
  toolCommand(filesOf(new Map(Object.entries(there))), at, { environment, inactive });

describe('a package.json names it: its package manager runs it', () => {
  test.each<Row>([
    { there: { 'package.json': named }, says: 'npx --no -- vetted-imports' },
    { there: { 'package.json': named, 'package-lock.json': '' }, says: 'npx --no -- vetted-imports' },
    { there: { 'package.json': named, 'pnpm-lock.yaml': '' }, says: 'pnpm exec vetted-imports' },
    { there: { 'package.json': named, 'yarn.lock': '' }, says: 'yarn vetted-imports' },
    { there: { 'package.json': named, 'bun.lock': '' }, says: 'bunx --no-install vetted-imports' },
    { there: { 'package.json': named, 'bun.lockb': '' }, says: 'bunx --no-install vetted-imports' },
    {
      there: { 'package.json': '{ "dependencies": { "vetted-imports": "0.1.0" } }' },
      says: 'npx --no -- vetted-imports',
    },
    { there: { 'package.json': '{ "name": "vetted-imports" }' }, says: 'npx --no -- vetted-imports' },
    { there: { 'package.json': named, 'web/package.json': named }, says: 'npx --no -- vetted-imports' },
  ])('$says: $there', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('that package.json is in another folder: its package manager is sent there', () => {
  test.each<Row>([
    { there: { 'web/package.json': named }, says: 'npm --prefix web exec --no -- vetted-imports' },
    {
      there: { 'web/package.json': named },
      at: 'docs/api',
      says: 'npm --prefix ../../web exec --no -- vetted-imports',
    },
    { there: { 'web/package.json': named }, at: 'web/src', says: 'npx --no -- vetted-imports' },
    {
      there: { 'web/package.json': named, 'web/pnpm-lock.yaml': '' },
      says: 'pnpm --dir web exec vetted-imports',
    },
    {
      there: { 'web/package.json': named, 'web/pnpm-lock.yaml': '' },
      at: 'web',
      says: 'pnpm exec vetted-imports',
    },
    // pnpm does not look for the project above the working folder.
    {
      there: { 'web/package.json': named, 'web/pnpm-lock.yaml': '' },
      at: 'web/src',
      says: 'pnpm --dir .. exec vetted-imports',
    },
    { there: { 'web/package.json': named, 'web/yarn.lock': '' }, says: 'yarn --cwd web vetted-imports' },
    { there: { 'web/package.json': named, 'web/bun.lock': '' }, says: 'bun run --cwd web vetted-imports' },
    // A workspace: the lockfile stands at its root.
    {
      there: { 'package.json': other, 'pnpm-lock.yaml': '', 'tools/lint/package.json': named },
      says: 'pnpm --dir tools/lint exec vetted-imports',
    },
    {
      there: { 'pnpm-lock.yaml': '', 'web/package.json': named, 'web/package-lock.json': '' },
      says: 'npm --prefix web exec --no -- vetted-imports',
    },
  ])('$says: $there at $at', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('several name it: the root, then the nearest above the working folder, then the one highest up', () => {
  const there = { 'app/deep/package.json': named, 'api/package.json': named, 'web/package.json': named };
  test.each<Row>([
    { there, says: 'npm --prefix api exec --no -- vetted-imports' },
    { there, at: 'web/src', says: 'npx --no -- vetted-imports' },
    { there, at: 'app', says: 'npm --prefix ../api exec --no -- vetted-imports' },
    { there: { ...there, 'package.json': named }, at: 'web', says: 'npx --no -- vetted-imports' },
  ])('$says at $at', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('nothing names it: it is on PATH, and npx would fetch something', () => {
  test.each<Row>([
    { there: {}, says: 'vetted-imports' },
    { there: { 'requirements.txt': 'flask\n' }, says: 'vetted-imports' },
    { there: { 'package.json': other, 'yarn.lock': '' }, says: 'vetted-imports' },
    { there: { 'package.json': '{ "devDependencies": ["vetted-imports"] }' }, says: 'vetted-imports' },
    { there: { 'package.json': '{ vetted-imports' }, says: 'vetted-imports' },
    { there: { 'web/node_modules/x/package.json': named }, says: 'vetted-imports' },
    // A name that a shell would read as more than a name.
    { there: { 'web $(id)/package.json': named }, says: 'vetted-imports' },
    { there: { '-x/package.json': named }, says: 'vetted-imports' },
  ])('$there', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('a manifest of Python names it: what installed it runs it, and installs nothing', () => {
  const project = (text: string) => ({ 'pyproject.toml': `[project]\nname = "shop"\n${text}` });
  const group = '[dependency-groups]\ndev = ["pytest", "vetted-imports>=0.1"]\n';
  const poetry = '[tool.poetry.group.dev.dependencies]\nvetted-imports = "^0.1"\n';

  test.each<Row>([
    { there: { ...project(group), 'uv.lock': '' }, says: 'uv run --no-sync vetted-imports' },
    { there: { ...project(group), 'uv.lock': '' }, at: 'src', says: 'uv run --no-sync vetted-imports' },
    { there: project(`${group}[tool.uv]\npackage = false\n`), says: 'uv run --no-sync vetted-imports' },
    {
      there: { ...project('[tool.uv]\ndev-dependencies = ["vetted_imports"]\n'), 'uv.lock': '' },
      says: 'uv run --no-sync vetted-imports',
    },
    { there: project(poetry), says: 'poetry run vetted-imports' },
    { there: { ...project(group), 'poetry.lock': '' }, says: 'poetry run vetted-imports' },
    {
      there: project('[tool.poetry.dev-dependencies]\nVetted_Imports = { version = "*" }\n'),
      says: 'poetry run vetted-imports',
    },
    { there: { ...project(group), 'pdm.lock': '' }, says: 'pdm run vetted-imports' },
    {
      there: project('[tool.pdm.dev-dependencies]\nlint = ["vetted-imports==0.1.0"]\n'),
      says: 'pdm run vetted-imports',
    },
    // pip’s environment is active, or the command is nowhere.
    { there: project(group), says: 'vetted-imports' },
    { there: project('dependencies = ["vetted-imports"]\n'), says: 'vetted-imports' },
    { there: { 'requirements-dev.txt': 'vetted-imports==0.1.0\n' }, says: 'vetted-imports' },
    // Of two in one folder, package.json comes first.
    {
      there: { ...project(group), 'uv.lock': '', 'package.json': named },
      says: 'npx --no -- vetted-imports',
    },
    {
      there: { ...project(group), 'uv.lock': '', 'web/package.json': named },
      says: 'uv run --no-sync vetted-imports',
    },
  ])('$says: $there at $at', async (row) => {
    expect(await command(row)).toBe(row.says);
  });

  test.each<Row>([
    {
      there: { 'api/pyproject.toml': group, 'api/uv.lock': '' },
      says: 'uv run --no-sync --project api vetted-imports',
    },
    {
      there: { 'api/pyproject.toml': group, 'uv.lock': '' },
      at: 'api/x',
      says: 'uv run --no-sync vetted-imports',
    },
    { there: { 'api/pyproject.toml': poetry }, says: 'poetry --directory api run vetted-imports' },
    {
      there: { 'api/pyproject.toml': group, 'api/pdm.lock': '' },
      at: 'web',
      says: 'pdm run --project ../api vetted-imports',
    },
    {
      there: { '.venv/lib/python3.11/site-packages/x/pyproject.toml': group, 'uv.lock': '' },
      says: 'vetted-imports',
    },
  ])('from another folder, $says: $there at $at', async (row) => {
    expect(await command(row)).toBe(row.says);
  });

  test.each([
    '[tool.poetry.scripts]\nvetted-imports = "shop:main"\n',
    '[project.scripts]\n"vetted-imports" = "shop:main"\n',
    '[tool.pdm.scripts]\nvetted-imports = "echo"\n',
    '[tool.pdm.scripts]\nvetted-imports.cmd = "echo"\n',
    '[tool.pdm.scripts]\npre_run = "echo"\n',
    '[tool.pdm.scripts._]\nenv_file = ".env"\n',
  ])('not by one that would run something else: %s', async (scripts) => {
    for (const lockfile of ['poetry.lock', 'pdm.lock'])
      expect(await command({ there: { ...project(group + scripts), [lockfile]: '' }, says: '' })).toBe(
        'vetted-imports',
      );
    expect(
      await command({ there: { 'api/pyproject.toml': group + scripts, 'api/pdm.lock': '' }, says: '' }),
    ).toBe('vetted-imports');
  });

  test.each([
    '[tool.poetry.scripts]\nshop = "shop:main"\n',
    '[project.scripts]\nvetted-imports-shop = "shop:main"\n',
    '[project.gui-scripts]\nshop = "shop:main"\n',
  ])('the twin: %s', async (scripts) => {
    const there = { ...project(group + scripts), 'poetry.lock': '' };
    expect(await command({ there, says: '' })).toBe('poetry run vetted-imports');
  });

  test.each<Readonly<Record<string, string>>>([
    project('dependencies = ["vetted-imports-extra", "not-vetted-imports"]\n'),
    project('[tool.uv]\n[tool.vetted-imports]\nlookup = "off"\n'),
    project('[tool.uv.sources]\nvetted-imports = { path = "." }\n'),
    project('# vetted-imports\n[dependency-groups]\ndev = []\n'),
    { 'pyproject.toml': '[dependency-groups\n"vetted-imports"' },
  ])('not where it is no dependency: %s', async (there) => {
    expect(await command({ there: { ...there, 'uv.lock': '' }, says: '' })).toBe('vetted-imports');
  });
});

describe('the pre-commit framework brings it', () => {
  const mirror = 'https://github.com/vetted-imports/pre-commit';
  const from = (repository: string, id: string, rev = 'v1.2.3') => ({
    '.pre-commit-config.yaml': `repos:\n  - repo: ${repository}\n    rev: ${rev}\n    hooks:\n      - id: ${id}\n`,
  });
  const local = (language: string, specifier: string) => ({
    '.pre-commit-config.yaml': [
      'repos:',
      '- repo: local',
      '  hooks:',
      '  - id: check-imports',
      `    language: ${language}`,
      '    entry: vetted-imports hook pre-commit',
      `    additional_dependencies: ['${specifier}']`,
      '',
    ].join('\n'),
  });
  const cache = '/home/ada/.cache/pre-commit/repo1a2b3c';
  const node = { NODE_VIRTUAL_ENV: `${cache}/node_env-system` };
  const venv = { VIRTUAL_ENV: `${cache}/py_env-python3.11` };
  const env = { PRE_COMMIT: '1', ...node, ...venv };
  const [ofNode, ofPython] = [
    `${node.NODE_VIRTUAL_ENV}/bin/vetted-imports`,
    `${venv.VIRTUAL_ENV}/bin/vetted-imports`,
  ];

  test.each<Row>([
    { there: from(mirror, 'check-imports'), env, says: ofNode },
    { there: from(mirror, 'check-imports-python'), env, says: ofPython },
    { there: from(mirror, 'check-imports', '0123456789abcdef'), env, says: ofNode },
    { there: local('node', 'vetted-imports@0.1.0'), env, says: ofNode },
    { there: local('node', 'vetted-imports@^0.1.0'), env, says: ofNode },
    { there: local('python', 'vetted-imports==0.1.0'), env, says: ofPython },
    { there: local('python', 'vetted_imports'), env, says: ofPython },
    // A manifest that names it has it installed as well.
    {
      there: { ...from(mirror, 'check-imports'), 'package.json': named },
      env,
      says: 'npx --no -- vetted-imports',
    },
  ])('its own copy is named by a hook of it: $says: $there', async (row) => {
    expect(await command(row)).toBe(row.says);
  });

  test.each<Row>([
    { there: from(mirror, 'check-imports'), says: 'vetted-imports' },
    { there: from(mirror, 'check-imports-python'), env: venv, says: 'vetted-imports' },
    { there: from(mirror, 'check-imports-system'), env, says: 'vetted-imports' },
    { there: local('system', 'vetted-imports'), env, says: 'vetted-imports' },
    // An environment of another language is that of a person.
    { there: from(mirror, 'check-imports'), env: { PRE_COMMIT: '1', ...venv }, says: 'vetted-imports' },
    {
      there: from(mirror, 'check-imports-python'),
      env: { PRE_COMMIT: '1', ...node },
      says: 'vetted-imports',
    },
    {
      there: from(mirror, 'check-imports-python'),
      env: { PRE_COMMIT: '1', VIRTUAL_ENV: '/home/ada l/$(id)' },
      says: 'vetted-imports',
    },
    { there: from(`${mirror}s`, 'check-imports'), env, says: 'vetted-imports' },
    { there: from('https://git.example/vetted-imports', 'check-imports'), env, says: 'vetted-imports' },
    { there: local('node', 'other@1'), env, says: 'vetted-imports' },
    { there: { '.pre-commit-config.yaml': 'repos: [' }, env, says: 'vetted-imports' },
  ])('else it is on PATH: $there with $env', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('an environment runs it that is not active: its own path, unless a package manager runs it', () => {
  const requirements = { 'requirements.txt': 'vetted-imports' };
  test.each<Row & { readonly inactive: string }>([
    { there: {}, inactive: '.venv', says: '.venv/bin/vetted-imports' },
    { there: requirements, inactive: 'env', says: 'env/bin/vetted-imports' },
    { there: requirements, at: 'shop/web', inactive: '.venv', says: '../../.venv/bin/vetted-imports' },
    { there: requirements, at: 'shop', inactive: 'shop/.venv', says: '.venv/bin/vetted-imports' },
    { there: requirements, inactive: 'my env', says: 'vetted-imports' },
    { there: requirements, inactive: '-x', says: 'vetted-imports' },
    { there: requirements, inactive: '$(id)', says: 'vetted-imports' },
    { there: { 'package.json': named }, inactive: '.venv', says: 'npx --no -- vetted-imports' },
    {
      there: { 'pyproject.toml': '[tool.poetry.dependencies]\nvetted-imports = "*"\n' },
      inactive: '.venv',
      says: 'poetry run vetted-imports',
    },
  ])('$says: $inactive, at $at, $there', async (row) => {
    expect(await command(row)).toBe(row.says);
  });
});

describe('reports show a command where every shell reads it as written, and no other', () => {
  test.each([
    'npx --no -- vetted-imports review',
    'npm --prefix web exec --no -- vetted-imports review',
    'pnpm --dir .. exec vetted-imports review',
    'yarn --cwd ../../tools/lint vetted-imports request npm:@acme/ui',
    'uv run --no-sync --project ../api vetted-imports review',
    'poetry --directory api run vetted-imports review',
    '/home/ada/.cache/pre-commit/repo1a2b/py_env-python3.11/bin/vetted-imports review',
    '.venv/bin/vetted-imports review',
    '../../.venv/bin/vetted-imports request pypi:acme-ui --reason "…"',
    'bunx --no-install vetted-imports review',
    'npx --no -- vetted-imports request npm:@acme/ui --reason "…"',
  ])('%s', (text) => {
    expect([isCopyable(text), pattern.test(text)]).toEqual([true, true]);
  });

  test.each([
    'git add -x.yaml',
    'git add --force',
    'git add #x',
    'git add ..;id',
    'git add ~/x',
    'npx --yes vetted-imports@0.1.0 review',
    'vetted-imports -/x',
    '/home/$(id)/bin/vetted-imports review',
    '.$(id)/bin/vetted-imports review',
    './-x review',
    'npx --yes git+https://git.example/vetted-imports#v0.1.0 review',
    'npx --yes git+https://git.example/x#$(id) review',
    'npm --prefix  web exec',
    'npx --no -- vetted-imports request npm:x --reason "a"',
    'npx --no -- vetted-imports request npm:x --reason "…" --reason "…"',
  ])('not %s', (text) => {
    expect([isCopyable(text), pattern.test(text)]).toEqual([false, false]);
  });
});
