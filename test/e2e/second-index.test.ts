import { rmSync } from 'node:fs';
import path from 'node:path';
import { array, nullable, object, parse, string } from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runPrinted } from '../kit/printed.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A second index is approved: what the finding prints is run in a shell as it is printed, the commit passes in the hook,
 * and once the approval is merged the change passes where the base judges. One repository for all rows.
 */

type Files = Readonly<Record<string, string>>;

const whitelistFile = 'approved-packages.yaml';
const config = '.check-importsrc.yaml';
const index = 'https://index.example/simple';
const url = `url = "${index}"`;

const reportSchema = object({
  findings: array(
    object({ rule: string(), package: nullable(string()), message: string(), next: array(string()) }),
  ),
});

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    [whitelistFile]: whitelistText({
      'npm:@acme/*': { approved: 'our own scope' },
      'pypi:acme-core': { approved: 'our own' },
      'pypi:acme-money': { approved: 'our own' },
      'pypi:flask': { approved: 'the API' },
    }),
    'package.json': '{ "dependencies": { "@acme/ui": "1", "@acme/kit": "1" } }\n',
    'pyproject.toml': '[project]\nname = "app"\nversion = "1"\ndependencies = ["acme-core", "flask"]\n',
    'requirements.txt': 'flask\n',
  });
  await scratch.git('tag', 'start');
});
afterAll(() => {
  scratch.dispose();
});

async function found(...scope: readonly string[]) {
  const { code, stdout } = await runIn(scratch, [...scope, '--offline', '--format', 'json']);
  const { findings } = parse(reportSchema, JSON.parse(stdout));
  return { code, findings: findings.filter(({ rule }) => rule !== 'policy-change') };
}

/** As it is printed. No registry answers. */
async function obey(command: string): Promise<void> {
  const env = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', NPM_CONFIG_REGISTRY: 'http://127.0.0.1:9/' };
  expect(await runPrinted(scratch, command, { env })).toMatchObject({ code: 0 });
}

async function commit(files: Files, message: string): Promise<void> {
  scratch.write(files);
  await scratch.git('add', '--all');
  await scratch.git('commit', '--quiet', '--no-verify', '--message', message);
}

/** The approvals are merged first; then the change is judged by the base. */
async function judgedByBase(change: Files, decisions: Files): Promise<number> {
  await scratch.git('reset', '--quiet', '--hard', 'start');
  await commit(decisions, 'Approve');
  await scratch.git('tag', '--force', 'merged');
  await commit(change, 'Change');
  return (await found('check', '--since', 'merged', '--policy-from', 'base')).code;
}

async function staged(change: Files): Promise<void> {
  await scratch.git('reset', '--quiet', '--hard', 'start');
  await scratch.git('clean', '--quiet', '-ffdx');
  scratch.write(change);
  await scratch.git('add', '--all');
}

const project = (lines: string): Files => ({
  'pyproject.toml': `[project]\nname = "app"\nversion = "1"\ndependencies = ["acme-core", "flask"]\n${lines}\n`,
});
const poetry = (lines: string): Files => ({
  'pyproject.toml': `[tool.poetry.dependencies]\nacme-core = { version = "1", source = "acme" }\n${lines}\n`,
});
const poetryExplicit = `[[tool.poetry.source]]\nname = "acme"\n${url}\npriority = "explicit"\n`;
const enriched = (list: string, table: string): Files => ({
  'pyproject.toml': `[project]\nname = "app"\nversion = "1"\n${list}\n${poetryExplicit}${table}\n`,
});
const uvIndex = `[[tool.uv.index]]\nname = "acme"\n${url}\nexplicit = true\n`;
const uv = project(`${uvIndex}[tool.uv.sources]\nacme-core = { index = "acme" }`);
const twoBound = project(
  `${uvIndex}[tool.uv.sources]\nacme-core = { index = "acme" }\nacme-money = { index = "acme" }`,
);

const workspace = (root: string, member: string, folder = 'libs/m'): Files => ({
  ...project(`${uvIndex}[tool.uv.workspace]\nmembers = ["./libs/*/", "./"]\nexclude = ["libs/old"]\n${root}`),
  [`${folder}/pyproject.toml`]: `[project]\nname = "m"\nversion = "1"\ndependencies = ["acme-money"]\n${member}`,
});
const moneyBound = '[tool.uv.sources]\nacme-money = { index = "acme" }\n';

describe('an index that serves some packages alone', () => {
  const explicit = (names: string) =>
    `an explicit index (${index}) serves only what is bound to it: ${names}; no approval covers that source`;
  const scope =
    'every package of @acme comes from a registry (https://npm.index.example) instead of its registry; no approval covers that source';
  const npm = 'https://npm.index.example';
  test.each<[string, Files, string, readonly string[]]>([
    ['uv', uv, explicit('acme-core'), ['pypi:acme-core']],
    [
      'uv, of what a member of the workspace names',
      workspace(moneyBound, ''),
      explicit('acme-money'),
      ['pypi:acme-money'],
    ],
    [
      'uv, of what a member binds to an index of the workspace',
      workspace('', moneyBound),
      explicit('acme-money'),
      ['pypi:acme-money'],
    ],
    ['uv, two packages', twoBound, explicit('acme-core, acme-money'), ['pypi:acme-core', 'pypi:acme-money']],
    [
      'Poetry',
      poetry(`[[tool.poetry.source]]\nname = "acme"\n${url}\npriority = "explicit"`),
      explicit('acme-core'),
      ['pypi:acme-core'],
    ],
    [
      'Poetry, of what the project’s own list names',
      enriched(
        'dependencies = ["Acme_Money>=1"]',
        '[tool.poetry.dependencies]\nacme-money = { source = "acme" }',
      ),
      explicit('acme-money'),
      ['pypi:acme-money'],
    ],
    [
      'Poetry, of what a group names',
      enriched(
        '[dependency-groups]\nDev = ["acme-money"]',
        '[tool.poetry.group.dev.dependencies]\nacme-money = { source = "acme" }',
      ),
      explicit('acme-money'),
      ['pypi:acme-money'],
    ],
    [
      'PDM',
      project(
        `[[tool.pdm.source]]\nname = "acme"\n${url}\ninclude_packages = ["acme-*"]\nexclude_packages = ["*"]`,
      ),
      explicit('acme-core'),
      ['pypi:acme-core'],
    ],
    [
      'Pipenv',
      {
        Pipfile: `[[source]]\nname = "pypi"\nurl = "https://pypi.org/simple"\n[[source]]\nname = "acme"\n${url}\n[packages]\nacme-core = { version = "*", index = "acme" }\n`,
      },
      explicit('acme-core'),
      ['pypi:acme-core'],
    ],
    [
      'npm',
      { '.npmrc': `@acme:registry=${npm}/\n` },
      scope.replace('example)', 'example/)'),
      ['npm:@acme/kit', 'npm:@acme/ui'],
    ],
    [
      'Yarn',
      { '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: ${npm}\n` },
      scope,
      ['npm:@acme/kit', 'npm:@acme/ui'],
    ],
    [
      'bun',
      { 'bunfig.toml': `[install.scopes]\nacme = "${npm}"\n` },
      scope,
      ['npm:@acme/kit', 'npm:@acme/ui'],
    ],
    [
      'pnpm',
      { 'pnpm-workspace.yaml': `registries:\n  "@acme": ${npm}\n` },
      scope,
      ['npm:@acme/kit', 'npm:@acme/ui'],
    ],
  ])('%s', async (_, change, message, packages) => {
    await staged(change);
    const { findings } = await found('check', '--staged');
    expect(findings.map((finding) => finding.message)).toContain(message);
    const commands = [...new Set(findings.flatMap(({ next }) => next))];
    expect(commands.map((command) => command.split(' ')[2]).toSorted()).toEqual(packages);
    for (const command of commands) await obey(command);
    await scratch.git('add', '--all');
    expect(await found('check', '--staged')).toEqual({ code: 0, findings: [] });
    const whitelist = await scratch.git('show', `:${whitelistFile}`);
    expect(await judgedByBase(change, { [whitelistFile]: whitelist })).toBe(0);
  });

  test.each<[string, Files]>([
    [
      'on one platform',
      enriched(
        'dependencies = ["acme-money"]',
        '[tool.poetry.dependencies]\nacme-money = { source = "acme", platform = "win32" }',
      ),
    ],
    [
      'in another group',
      enriched(
        'dependencies = ["acme-money"]',
        '[tool.poetry.group.dev.dependencies]\nacme-money = { source = "acme" }',
      ),
    ],
  ])('is not approved for what Poetry takes from it only %s', async (_, change) => {
    await staged(change);
    await obey(`vetted-imports approve pypi:acme-money --source "${index}" --reason "…"`);
    await scratch.git('add', '--all');
    expect((await found('check', '--staged')).findings.map(({ rule }) => rule)).toEqual([
      'unapproved-package',
    ]);
  });

  test.each<[string, Files]>([
    [
      'has a source of its own',
      workspace(moneyBound, '[tool.uv.sources]\nacme-money = { index = "pypi" }\n'),
    ],
    ['is excluded', workspace(moneyBound, '', 'libs/old')],
    ['is in no folder of the workspace', workspace(moneyBound, '', 'tools/m')],
    ['has a workspace of its own', workspace(moneyBound, '[tool.uv.workspace]\n')],
  ])('is not approved for a manifest of the repository that %s', async (_, change) => {
    await staged(change);
    await obey(`vetted-imports approve pypi:acme-money --source "${index}" --reason "…"`);
    await scratch.git('add', '--all');
    expect((await found('check', '--staged')).findings.map(({ rule }) => rule)).toEqual([
      'unapproved-package',
    ]);
  });

  test('is not approved by one of its packages alone', async () => {
    await staged(twoBound);
    await obey(`vetted-imports approve pypi:acme-core --source "${index}" --reason "…"`);
    await scratch.git('add', '--all');
    const { findings } = await found('check', '--staged');
    expect(findings.map(({ message }) => message)).toContain(explicit('acme-core, acme-money'));
    expect([...new Set(findings.flatMap(({ next }) => next))]).toEqual([
      `vetted-imports approve pypi:acme-money --source "${index}" --reason "…"`,
    ]);
  });

  test('is said to be approved in the change, where the base judges', async () => {
    await staged(twoBound);
    for (const name of ['acme-core', 'acme-money'])
      await obey(`vetted-imports approve pypi:${name} --source "${index}" --reason "…"`);
    await commit({}, 'Change and approval');
    const { findings } = await found('check', '--since', 'start', '--policy-from', 'base');
    const messages = findings.map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(2);
    for (const message of messages)
      expect(message).toMatch(/is approved in this change \(.*\), but the base’s policy judges/);
    expect(findings.flatMap(({ next }) => next)).toEqual([]);
  });

  test('needs no approval of its packages where the config names it', async () => {
    const settings = { [config]: `registries: { pypi: ['https://pypi.org/simple', '${index}'] }\n` };
    expect(await judgedByBase(twoBound, settings)).toBe(0);
    const text = `${uvIndex}[tool.uv.sources]\nacme-new = { index = "acme" }\n`;
    const stranger = { 'pyproject.toml': `[project]\nname = "app"\ndependencies = ["acme-new"]\n${text}` };
    expect(await judgedByBase(stranger, settings)).toBe(1);
  });

  test.each<[string, Files]>([
    ['nothing is bound to it', project(uvIndex)],
    [
      'it is PyPI',
      project('[[tool.uv.index]]\nname = "pypi"\nurl = "https://pypi.org/simple"\nexplicit = true'),
    ],
  ])('is nothing to look at where %s', async (_, change) => {
    await staged(change);
    expect(await found('check', '--staged')).toEqual({ code: 0, findings: [] });
  });

  test('is looked at where another manifest binds to it by its name', async () => {
    await staged({
      ...project(uvIndex),
      'tools/pyproject.toml':
        '[project]\nname = "tools"\ndependencies = ["acme-core"]\n[tool.uv.sources]\nacme-core = { index = "acme" }\n',
    });
    const { findings } = await found('check', '--staged');
    expect(findings.map(({ message }) => message)).toContain(explicit('packages of other manifests'));
  });

  test('is one for every package where it is not exclusive', async () => {
    await staged(project(`[[tool.pdm.source]]\nname = "acme"\n${url}\ninclude_packages = ["acme-*"]`));
    const { findings } = await found('check', '--staged');
    expect(findings.map(({ message }) => message)).toContain(
      `every package comes from an index (${index}) instead of its registry; no approval covers that source`,
    );
  });
});

describe('an index that any package may come from', () => {
  const list = `registries: { pypi: [https://pypi.org/simple, ${index}/] }\n`;
  test.each<[string, Files]>([
    ['pip', { 'requirements.txt': `--extra-index-url ${index}\nflask\n` }],
    ['uv', project(`[[tool.uv.index]]\nname = "acme"\n${url}`)],
    ['Poetry', project(`[[tool.poetry.source]]\nname = "acme"\n${url}\npriority = "supplemental"`)],
  ])('%s', async (_, change) => {
    await staged(change);
    expect((await found('check', '--staged')).findings.map(({ next }) => next)).toEqual([
      ['vetted-imports explain foreign-source'],
    ]);
    scratch.write({ [config]: list });
    await scratch.git('add', '--all');
    expect(await found('check', '--staged')).toEqual({ code: 0, findings: [] });
    expect(await judgedByBase(change, { [config]: list })).toBe(0);
    rmSync(path.join(scratch.root, config));
  });

  test('of a list that has another one', async () => {
    await staged({
      'requirements.txt': `--extra-index-url ${index}/other\nflask\n`,
      [config]: list,
    });
    expect((await found('check', '--staged')).code).toBe(1);
  });
});

describe('what a change takes away', () => {
  const npmrc = '@acme:registry=https://npm.index.example\n';
  test.each<[string, Files, Files, readonly string[]]>([
    ['of a package', uv, project(uvIndex), ['pypi:acme-core']],
    ['of a scope', { '.npmrc': npmrc }, { '.npmrc': '' }, ['npm:@acme/kit', 'npm:@acme/ui']],
  ])('is approved by what the finding prints: %s', async (_, base, change, packages) => {
    await scratch.git('reset', '--quiet', '--hard', 'start');
    await commit(base, 'Base');
    scratch.write(change);
    await scratch.git('add', '--all');
    const { findings } = await found('check', '--staged');
    const commands = findings.flatMap(({ next }) => next);
    expect(commands.map((command) => command.split(' ')[2]).toSorted()).toEqual(packages);
    for (const command of commands) await obey(`${command} --offline`);
    await scratch.git('add', '--all');
    expect(await found('check', '--staged')).toEqual({ code: 0, findings: [] });
  });
});

describe('an approval with a source holds for that source alone', () => {
  const source = 'git+https://git.example.org/core.git';
  const approved = { [whitelistFile]: whitelistText({ 'pypi:acme-core': { approved: 'our own', source } }) };
  const line = `acme-core @ ${source}\n`;
  test.each<[string, Files, readonly string[]]>([
    ['a line from there', { 'tools.txt': '', 'requirements.txt': line }, []],
    ['a line and a program', { 'requirements.txt': line, 'app.py': 'import acme_core\n' }, []],
    ['a line from the registry', { 'requirements.txt': 'acme-core\n' }, ['unapproved-package']],
    ['both', { 'requirements.txt': line, 'more/requirements.txt': 'acme-core\n' }, ['unapproved-package']],
    [
      'a program whose package comes from the registry',
      { 'requirements.txt': 'acme-core\n', 'app.py': 'import acme_core\n' },
      ['unapproved-package', 'unapproved-package'],
    ],
    ['a program whose package nothing declares', { 'app.py': 'import acme_core\n' }, ['unapproved-package']],
  ])('%s', async (_, change, rules) => {
    await scratch.git('reset', '--quiet', '--hard', 'start');
    await commit(
      { ...approved, 'pyproject.toml': '[project]\nname = "app"\n', 'requirements.txt': '' },
      'Base',
    );
    scratch.write(change);
    await scratch.git('add', '--all');
    const { findings } = await found('check', '--staged');
    expect(findings.map(({ rule }) => rule)).toEqual(rules);
  });
});
