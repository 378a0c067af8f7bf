import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * What a command installs is a reference like an import: an invented name is stopped by the hook, a declared one passes, and
 * the config says which files are read.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

const whitelist = 'approved-packages.yaml';
const config = '.check-importsrc.yaml';
const workflow = '.github/workflows/ci.yml';
const skill = '.claude/skills/numbers/SKILL.md';

const project: Files = {
  'package.json':
    '{ "name": "shop", "dependencies": { "zod": "3" }, "devDependencies": { "typescript": "5" } }\n',
  'requirements.txt': 'flask==3\n',
  [whitelist]: whitelistText({
    'npm:typescript': { approved: 'types' },
    'npm:zod': { approved: 'schemas' },
    'pypi:flask': { approved: 'the site' },
  }),
  Dockerfile: 'FROM python:3\nRUN pip install flask==2\n',
};

async function repository(files: Files = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ ...project, [config]: 'lookup: off\n', ...files });
  open.push(scratch);
  return scratch;
}

function steps(...commands: readonly string[]): string {
  const lines = commands.map((command) => `      - run: ${command}\n`);
  return `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${lines.join('')}`;
}

function server(command: string, ...args: readonly string[]): string {
  return JSON.stringify({ mcpServers: { numbers: { command, args } } });
}

/** @returns What the hook says of a change in one line each, and with what it ends. */
async function judged(scratch: Scratch, change: Files): Promise<{ code: number; told: readonly string[] }> {
  scratch.write(change);
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  const told = stdout.split('\n').flatMap((line) => {
    const [, place, severity, rule, label = ''] =
      /^(\S+:\d+:\d+): (\w+) (\S+) .*?(?: \[(\S+)\])?$/.exec(line) ?? [];
    return place === undefined ? [] : [`${place} ${severity} ${rule} ${label}`.trimEnd()];
  });
  return { code, told };
}

const invented = 'error unapproved-package/not-asked pypi:pandas-toolbelt';
const inventedServer = 'error unapproved-package/not-asked npm:zod-numbers-server';

describe('a name that a command of a change installs', () => {
  test.each<[where: string, path: string, invented: string, told: readonly string[], declared: string]>([
    [
      'an image',
      'Dockerfile',
      'FROM python:3\nRUN pip install flask pandas_toolbelt\n',
      [`Dockerfile:2:23 ${invented}`],
      'FROM python:3\nRUN apt-get install -y python3-pip && pip install -U pip flask==3.1\n',
    ],
    [
      'a workflow',
      workflow,
      steps('pip install -r requirements.txt', 'python -m pip install pandas_toolbelt'),
      [`${workflow}:7:36 ${invented}`],
      steps('pip install -r requirements.txt', 'npm i -g npm', 'npx tsc', 'npm install zod@4'),
    ],
    [
      'a server of an assistant',
      '.mcp.json',
      server('npx', '-y', 'zod-numbers-server@latest', '--port', '3000'),
      [`.mcp.json:1:57 ${inventedServer}`],
      server('npx', '-y', 'zod', '--port', '3000'),
    ],
    [
      'a skill of an assistant',
      skill,
      '# Numbers\n\nFirst `pip install pandas_toolbelt`, then:\n\n```bash\nuvx pandas_toolbelt\n```\n',
      [`${skill}:3:20 ${invented}`],
      '# Numbers\n\nFirst `pip install flask`, never `npx`, then read <page>:\n\n```bash\npip install <package>\n```\n',
    ],
    [
      'a script',
      'scripts/setup.sh',
      '#!/bin/sh\nif ! python -c "import numbers"; then\n  sudo -H pip3 install "pandas_toolbelt>=1" || exit 1\nfi\n',
      [`scripts/setup.sh:3:25 ${invented}`],
      '#!/bin/sh\n# pip install pandas_toolbelt\necho pip install pandas_toolbelt\npip3 install "flask>=1" .\n',
    ],
    [
      'a script of package.json',
      'package.json',
      '{ "name": "shop", "scripts": { "pages": "npx -y zod-numbers-server build" },\n  "dependencies": { "zod": "3" } }\n',
      [`package.json:1:49 ${inventedServer}`],
      '{ "name": "shop", "scripts": { "pages": "tsc && npx tsc", "test": "npm run pages" },\n  "dependencies": { "zod": "3" } }\n',
    ],
  ])('in %s is stopped where it is invented, and passes where it is declared', async (...row) => {
    const [, path, inventedText, told, declaredText] = row;
    expect(await judged(await repository(), { [path]: inventedText })).toEqual({ code: 1, told });
    expect(await judged(await repository(), { [path]: declaredText })).toEqual({ code: 0, told: [] });
  });

  test('through the installed hook ends the commit', async () => {
    const scratch = await repository();
    scratch.installHooks();
    scratch.write({ '.mcp.json': server('uvx', 'pandas_toolbelt') });
    await scratch.git('add', '--all');
    const stopped = await scratch.tryGit('commit', '--message', 'a server');
    expect(stopped.code).toBe(1);
    expect(stopped.stdout + stopped.stderr).toContain('nobody approved pypi:pandas-toolbelt');
    scratch.write({ '.mcp.json': server('uvx', 'flask') });
    await scratch.git('add', '--all');
    expect((await scratch.tryGit('commit', '--message', 'a server')).code).toBe(0);
  });

  test('is nothing new where only its line moves, its version changes or its file is called otherwise', async () => {
    const base = { Dockerfile: 'FROM python:3\nRUN pip install gunicorn==20\n' };
    const moved = await repository(base);
    const change = { Dockerfile: 'FROM python:3.12\n\n# The server.\nRUN pip install "gunicorn>=21"\n' };
    expect(await judged(moved, change)).toEqual({ code: 0, told: [] });
    const renamed = await repository(base);
    await renamed.git('mv', 'Dockerfile', 'web.Dockerfile');
    expect(await judged(renamed, {})).toEqual({ code: 0, told: [] });
  });
});

describe('what a base uses already', () => {
  test.each<[what: string, base: Files, change: Files, told: readonly string[]]>([
    [
      'a command of another file makes no import known',
      { Dockerfile: 'FROM python:3\nRUN pip install pandas_toolbelt\n' },
      { 'shop.py': 'import pandas_toolbelt\n' },
      [`shop.py:1:8 ${invented}`],
    ],
    [
      'an import of another file has no command install it',
      { 'shop.py': 'import pandas_toolbelt\n' },
      { 'setup.sh': 'pip install pandas_toolbelt\n' },
      [`setup.sh:1:13 ${invented}`],
    ],
    [
      'a command makes another command known',
      { Dockerfile: 'FROM python:3\nRUN pip install pandas_toolbelt\n' },
      { 'setup.sh': 'pip install pandas_toolbelt\n' },
      ['setup.sh:1:13 warn unreviewed-package/not-asked pypi:pandas-toolbelt'],
    ],
  ])('%s', async (_, base, change, told) => {
    const { told: findings } = await judged(await repository(base), change);
    expect(findings).toEqual(told);
  });
});

describe('which commands count', () => {
  const page = '# shop\n\n```sh\npip install pandas_toolbelt\n```\n';
  const variable = 'FROM python:3\nARG TOOL\nRUN pip install "$TOOL"\n';
  test.each<[setting: string, path: string, text: string, told: readonly string[]]>([
    ['agents', 'README.md', page, []],
    ['all', 'README.md', page, [`README.md:4:13 ${invented}`]],
    ['off', '.mcp.json', server('uvx', 'pandas_toolbelt'), []],
    ['agents', '.mcp.json', server('uvx', 'pandas_toolbelt'), [`.mcp.json:1:52 ${invented}`]],
    ['agents', 'Dockerfile', variable, []],
    ['all', 'Dockerfile', variable, ['Dockerfile:3:18 warn unclear-import']],
  ])('with commands: %s in %s', async (setting, path, text, told) => {
    const scratch = await repository({ [config]: `lookup: off\ncommands: ${setting}\n` });
    expect(await judged(scratch, { [path]: text })).toEqual({
      code: told.some((line) => line.includes(' error ')) ? 1 : 0,
      told,
    });
  });

  test('is a setting that a change can’t lower for itself', async () => {
    const scratch = await repository();
    const change = {
      [config]: 'lookup: off\ncommands: off\n',
      '.mcp.json': server('uvx', 'pandas_toolbelt'),
    };
    expect(await judged(scratch, change)).toEqual({
      code: 1,
      told: [`${config}:2:1 warn policy-change`, `.mcp.json:1:52 ${invented}`],
    });
  });
});

describe('a whitelist of a version that read no commands', () => {
  const older = whitelistText({ 'npm:zod': { approved: 'schemas' } }).replace(', commands]', ']');

  test('makes what they install a warning at most, and a note says how to cover it', async () => {
    const scratch = await repository({ [whitelist]: older });
    const change = { '.mcp.json': server('uvx', 'pandas_toolbelt') };
    const { code, told } = await judged(scratch, change);
    expect({ code, told }).toEqual({
      code: 0,
      told: [`.mcp.json:1:52 ${invented.replace('error', 'warn')}`],
    });
    const { stdout } = await runIn(scratch, ['--staged']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `${whitelist} does not cover commands: what they install is a warning at most. Run \`vetted-imports init --update\` to cover them.`,
    );
  });

  test('covers them after the command of that note, with what is in use there', async () => {
    const scratch = await repository({
      [whitelist]: older,
      Dockerfile: 'FROM python:3\nRUN pip install gunicorn\n',
    });
    expect((await runIn(scratch, ['init', '--update', '--yes', '--offline'])).code).toBe(0);
    expect(scratch.read(whitelist)).toContain('covers: [npm, pypi, golang, cargo, commands]\n');
    expect(scratch.read(whitelist)).toMatch(/^ {2}pypi:gunicorn: \{ requested: in use in Dockerfile:2, /m);
    await scratch.commitAll('cover commands');
    const { code, told } = await judged(scratch, { '.mcp.json': server('uvx', 'pandas_toolbelt') });
    expect({ code, told }).toEqual({ code: 1, told: [`.mcp.json:1:52 ${invented}`] });
  });
});
