import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import type { Scratch } from '../kit/scratch.ts';
import { shop, shopWhitelist } from '../kit/shop.ts';
import { byAda, whitelistLine, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * A new local module that bears the name of a well-known package makes every later import of that name local: it
 * hides what people think they approved. Each row is a real commit in a shop that approves numpy, flask, lodash and
 * @acme/*, or, without a whitelist, whose manifests declare numpy, flask and lodash.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

async function opened(files: Files): Promise<Scratch> {
  const scratch = await shop(files);
  open.push(scratch);
  return scratch;
}

/** The files that the hook names for taking a name, and the name; everything else that it says stays as it is. */
async function taken(scratch: Scratch, ...flags: readonly string[]): Promise<string[]> {
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, [
    ...(flags.length > 0 ? flags : ['--staged']),
    '--format',
    'concise',
  ]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) =>
        /^\S+:1:1: warn policy-change (\S+) has the name of (\S+): imports of (\S+) lead to it from now on, by Ada L <ada@example.org>$/
          .exec(line)
          ?.slice(1)
          .join(' ') ?? line,
    );
}

const x = 'x = 1\n';
const ts = 'export const x = 1;\n';
const json = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
const baseUrl = (folder: string): Files => ({
  'tsconfig.json': json({ compilerOptions: { baseUrl: folder } }),
});
const workspaces: Files = {
  'package.json': json({ name: 'shop', workspaces: ['packages/*'], dependencies: { lodash: '4' } }),
};

/** What is new, in a project that has some files more, and what is said of it. */
type Row = readonly [title: string, before: Files, added: Files, says: readonly string[]];

const takes: readonly Row[] = [
  ['a module at the root', {}, { 'numpy.py': x }, ['numpy.py pypi:numpy numpy']],
  ['an empty one', {}, { 'numpy.py': '' }, ['numpy.py pypi:numpy numpy']],
  [
    'a package at the root, once',
    {},
    { 'requests/__init__.py': '', 'requests/api.py': x, 'requests/sub/__init__.py': '' },
    ['requests/__init__.py pypi:requests requests'],
  ],
  ['in src', {}, { 'src/numpy/__init__.py': '' }, ['src/numpy/__init__.py pypi:numpy numpy']],
  ['in lib', {}, { 'lib/numpy.py': x }, ['lib/numpy.py pypi:numpy numpy']],
  [
    'in a folder that a setting makes importable',
    { 'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["code"]\n' },
    { 'code/numpy.py': x },
    ['code/numpy.py pypi:numpy numpy'],
  ],
  [
    'in a project of its own',
    { 'services/api/pyproject.toml': '[project]\nname = "api"\n' },
    { 'services/api/numpy.py': x },
    ['services/api/numpy.py pypi:numpy numpy'],
  ],
  [
    'beside scripts, which find it before any package',
    { 'scripts/train.py': 'import numpy\n' },
    { 'scripts/numpy.py': x },
    ['scripts/numpy.py pypi:numpy numpy'],
  ],
  ['a module with another name than its package', {}, { 'yaml.py': x }, ['yaml.py pypi:pyyaml yaml']],
  ['one that capitals belong to', {}, { 'PIL/__init__.py': '' }, ['PIL/__init__.py pypi:pillow PIL']],
  [
    'one below a namespace',
    {},
    { 'google/cloud/storage/__init__.py': '' },
    ['google/cloud/storage/__init__.py pypi:google-cloud-storage google.cloud.storage'],
  ],
  [
    'a compiled module',
    {},
    { 'numpy.cpython-312-x86_64-linux-gnu.so': '' },
    ['numpy.cpython-312-x86_64-linux-gnu.so pypi:numpy numpy'],
  ],
  [
    'a workspace',
    workspaces,
    { 'packages/lodash/package.json': json({ name: 'lodash' }) },
    ['packages/lodash/package.json npm:lodash lodash'],
  ],
  [
    'a workspace in a folder of another name',
    workspaces,
    { 'packages/helpers/package.json': json({ name: 'axios' }) },
    ['packages/helpers/package.json npm:axios axios'],
  ],
  [
    'a workspace that changes its name',
    { ...workspaces, 'packages/helpers/package.json': json({ name: 'helpers' }) },
    { 'packages/helpers/package.json': json({ name: 'lodash' }) },
    ['packages/helpers/package.json npm:lodash lodash'],
  ],
  [
    'a workspace that pnpm knows',
    { 'pnpm-workspace.yaml': 'packages: ["libs/*"]\n' },
    { 'libs/react/package.json': json({ name: 'react' }) },
    ['libs/react/package.json npm:react react'],
  ],
  [
    'a module below a well-known name that the change imports',
    {},
    { 'requests/api.py': '', 'shop/new.py': 'from requests import api\n' },
    ['requests/api.py pypi:requests requests.api'],
  ],
  [
    'the same by its whole path',
    {},
    { 'requests/api.py': '', 'shop/new.py': 'import requests.api\n' },
    ['requests/api.py pypi:requests requests.api'],
  ],
  [
    'the same by a name in it, deeper',
    {},
    { 'redis/asyncio/client.py': x, 'shop/new.py': 'from redis.asyncio.client import x\n' },
    ['redis/asyncio/client.py pypi:redis redis.asyncio.client'],
  ],
  [
    'the same in a folder of sources',
    {},
    { 'src/requests/api.py': '', 'shop/new.py': 'from requests import api\n' },
    ['src/requests/api.py pypi:requests requests.api'],
  ],
  [
    'a module below the name of an approved package that the change imports',
    {},
    { 'numpy/evil.py': x, 'shop/new.py': 'import numpy.evil\n' },
    ['numpy/evil.py pypi:numpy numpy.evil'],
  ],
  [
    'the same by a name in it',
    {},
    { 'numpy/evil.py': x, 'shop/new.py': 'from numpy import (\n    array,\n    evil,\n)\n' },
    ['numpy/evil.py pypi:numpy numpy.evil'],
  ],
  [
    'a folder below the base of paths',
    baseUrl('src'),
    { 'src/react/index.ts': ts },
    ['src/react/index.ts npm:react react'],
  ],
  ['a file below it', baseUrl('src'), { 'src/lodash.tsx': ts }, ['src/lodash.tsx npm:lodash lodash']],
  [
    'a component below it',
    baseUrl('src'),
    { 'src/react.vue': '<script></script>\n' },
    ['src/react.vue npm:react react'],
  ],
  [
    'a file for one platform',
    baseUrl('src'),
    { 'src/react.web.tsx': ts },
    ['src/react.web.tsx npm:react react'],
  ],
  [
    'a source that is imported by its output’s name',
    baseUrl('src'),
    { 'src/discord.ts': ts },
    ['src/discord.ts npm:discord.js discord.js'],
  ],
  [
    'a scope below it',
    baseUrl('src'),
    { 'src/@angular/core.ts': ts },
    ['src/@angular/core.ts npm:@angular/core @angular/core'],
  ],
  [
    'where the base of paths comes in the same commit',
    {},
    { ...baseUrl('src'), 'src/react.ts': ts },
    ['src/react.ts npm:react react'],
  ],
  [
    'a style sheet, by its whole name',
    {
      ...baseUrl('src'),
      'approved-packages.yaml': whitelistText({ 'npm:normalize.css': { approved: 'resets', ...byAda } }),
      'package.json': json({ name: 'shop', dependencies: { lodash: '4', 'normalize.css': '8' } }),
    },
    { 'src/normalize.css': '', 'src/normalize.scss': '' },
    ['src/normalize.css npm:normalize.css normalize.css'],
  ],
  [
    'where an alias leads',
    { 'tsconfig.json': json({ compilerOptions: { paths: { '*': ['./lib/*'] } } }) },
    { 'lib/express/index.ts': ts },
    ['lib/express/index.ts npm:express express'],
  ],
];

const silent: readonly Row[] = [
  ['usual names', {}, { 'utils.py': x, 'config.py': x, 'types_.py': x, 'helpers/__init__.py': '' }, []],
  ['a folder without a module', {}, { 'docker/build.py': x, 'alembic/env.py': x, 'redis/conf/a.py': x }, []],
  [
    'tests',
    {},
    {
      'tests/__init__.py': '',
      'tests/requests.py': x,
      'tests/test_numpy.py': 'import numpy\n',
      'tests/redis/__init__.py': '',
    },
    [],
  ],
  ['tests whose folder is no package', {}, { 'tests/redis/__init__.py': '', 'tests/conftest.py': x }, []],
  [
    'Django’s celery.py',
    { 'manage.py': x, 'proj/__init__.py': '', 'proj/settings.py': x },
    { 'proj/celery.py': x },
    [],
  ],
  [
    'a module of a package',
    { 'app/__init__.py': '' },
    { 'app/requests.py': x, 'app/numpy/__init__.py': '' },
    [],
  ],
  ['a module of a package that has a neighbour', {}, { 'shop/flask.py': x, 'shop/redis.py': x }, []],
  ['a module of a package in src', { 'src/app/__init__.py': '' }, { 'src/app/redis.py': x }, []],
  ['a module below a well-known name', {}, { 'numpy/linalg.py': x }, []],
  [
    'a module below an approved name, where the change imports the package alone',
    {},
    { 'numpy/linalg.py': x, 'shop/new.py': 'import numpy  # not numpy.linalg\n' },
    [],
  ],
  [
    'one more in a package of the project that is named like an approved one, and an import of it',
    { 'numpy/__init__.py': '' },
    { 'numpy/api.py': x, 'shop/new.py': 'from numpy import api\n' },
    [],
  ],
  [
    'a module below a name that nobody knows, and an import of it',
    {},
    { 'harbour/api.py': x, 'shop/new.py': 'from harbour import api\n' },
    [],
  ],
  [
    'one more in a package of the project, and an import of it',
    { 'redis/__init__.py': '' },
    { 'redis/api.py': x, 'shop/new.py': 'from redis import api\n' },
    [],
  ],
  [
    'an import of a module that was there, below a well-known name',
    { 'docker/build.py': x },
    { 'shop/new.py': 'from docker import build\n' },
    [],
  ],
  ['what only looks like one', {}, { 'numpy_utils.py': x, 'Numpy2.py': x, 'my_flask/__init__.py': '' }, []],
  ['a module of the standard library', {}, { 'random.py': x }, []],
  ['a name on no list but the long one', {}, { 'attrdict.py': x, 'markdown2.py': x }, []],
  ['a stub', {}, { 'typings/numpy/__init__.pyi': x, 'numpy.pyi': x }, []],
  [
    'prose, pictures and data',
    baseUrl('src'),
    { 'src/react.md': x, 'src/react.svg': x, 'numpy.txt': '', 'numpy.json': '{}\n' },
    [],
  ],
  ['a folder for vendored code', {}, { 'vendor/numpy/__init__.py': '' }, []],
  ['an edit of one that was there', { 'numpy.py': '' }, { 'numpy.py': x }, []],
  ['one that was there in another form', { 'numpy.py': x }, { 'numpy/__init__.py': '' }, []],
  [
    'a workspace of an approved scope',
    workspaces,
    { 'packages/ui/package.json': json({ name: '@acme/ui' }), 'packages/ui/index.ts': ts },
    [],
  ],
  [
    'a workspace with a name of its own',
    workspaces,
    { 'packages/react/package.json': json({ name: 'shop-react' }) },
    [],
  ],
  [
    'a package that is no workspace',
    workspaces,
    { 'corner/package.json': json({ name: 'lodash', exports: './x.js' }) },
    [],
  ],
  [
    'a workspace whose dependencies change',
    { ...workspaces, 'packages/lodash/package.json': json({ name: 'lodash' }) },
    { 'packages/lodash/package.json': json({ name: 'lodash', version: '2.0.0' }) },
    [],
  ],
  [
    'a folder that no base of paths reaches',
    {},
    { 'src/react/index.ts': ts, 'react.ts': ts, 'axios/index.js': '' },
    [],
  ],
  [
    'a folder below another one',
    baseUrl('src'),
    { 'src/vendor-shims/react.ts': ts, 'src/lib/lodash/index.ts': ts },
    [],
  ],
  [
    'types beside a package',
    baseUrl('src'),
    { 'src/lodash.d.ts': ts, 'src/@types/react/index.d.ts': ts },
    [],
  ],
];

async function withoutWhitelist(files: Files): Promise<Scratch> {
  const scratch = await opened(files);
  scratch.remove('approved-packages.yaml');
  await scratch.commitAll('no whitelist');
  return scratch;
}

describe.each([
  ['with a whitelist', opened],
  ['without a whitelist', withoutWhitelist],
])('%s', (_, prepare) => {
  test.each(takes)('says that a name is taken: %s', async (_title, before, added, says) => {
    const scratch = await prepare(before);
    scratch.write(added);
    expect(await taken(scratch)).toEqual(says);
  });

  test.each(silent)('says nothing: %s', async (_title, before, added, says) => {
    const scratch = await prepare(before);
    scratch.write(added);
    expect(await taken(scratch)).toEqual(says);
  });
});

describe('which packages people think they know', () => {
  const whitelist = (key: string, fields: WhitelistFields): Files => ({
    'approved-packages.yaml': whitelistText({ [key]: fields }),
  });

  test.each<readonly [title: string, files: Files, added: Files, says: readonly string[]]>([
    [
      'one that is approved, by a module that only the whitelist knows',
      whitelist('pypi:acme-billing', { approved: 'x', imports: ['billing'], ...byAda }),
      { 'billing.py': x },
      ['billing.py pypi:acme-billing billing'],
    ],
    [
      'one of the baseline',
      whitelist('pypi:acme-billing', { baseline: '2026-01-02' }),
      { 'acme_billing/__init__.py': '' },
      ['acme_billing/__init__.py pypi:acme-billing acme_billing'],
    ],
    [
      'one whose approval has expired',
      whitelist('pypi:acme-billing', { approved: 'x', expires: '2026-01-03', ...byAda }),
      { 'acme_billing.py': x },
      ['acme_billing.py pypi:acme-billing acme_billing'],
    ],
    [
      'one that is denied: the name would pass from now on',
      { ...baseUrl('src'), ...whitelist('npm:left-pad', { denied: 'x', ...byAda }) },
      { 'src/left-pad.ts': ts },
      ['src/left-pad.ts npm:left-pad left-pad'],
    ],
    [
      'one of several that provide the module: the usual one is named',
      whitelist('pypi:opencv-python-headless', { approved: 'x', ...byAda }),
      { 'cv2/__init__.py': '' },
      ['cv2/__init__.py pypi:opencv-python cv2'],
    ],
    [
      'one that is approved in the same commit',
      {},
      {
        'approved-packages.yaml': shopWhitelist.replace(
          '  pypi:flask:',
          `${whitelistLine('pypi:acme-billing', { approved: 'x', ...byAda })}\n  pypi:flask:`,
        ),
        'acme_billing.py': x,
      },
      [
        'acme_billing.py pypi:acme-billing acme_billing',
        'approved-packages.yaml:8:1: warn policy-change approved pypi:acme-billing, by Ada L <ada@example.org>: x',
      ],
    ],
    [
      'one that a colleague asked for',
      whitelist('pypi:acme-billing', { requested: 'x', ...byAda }),
      { 'acme_billing.py': x },
      [],
    ],
    [
      'one that is declared and not approved',
      { 'requirements.txt': 'acme-billing\n' },
      { 'acme_billing.py': x },
      [],
    ],
    ['one that nobody knows', {}, { 'acme_billing.py': x }, []],
  ])('%s', async (_, files, added, says) => {
    const scratch = await opened(files);
    scratch.write(added);
    expect(await taken(scratch)).toEqual(says);
  });

  test.each<readonly [title: string, files: Files, added: Files, says: readonly string[]]>([
    [
      'one that a manifest declares',
      { 'requirements.txt': 'acme-billing\n' },
      { 'acme_billing.py': x },
      ['acme_billing.py pypi:acme-billing acme_billing'],
    ],
    [
      'one that package.json declares',
      { ...baseUrl('src'), 'package.json': json({ dependencies: { 'chart.js': '4' } }) },
      { 'src/chart.ts': ts },
      ['src/chart.ts npm:chart.js chart.js'],
    ],
    [
      'one that a manifest declares elsewhere',
      { 'tools/requirements.txt': 'acme-billing\n' },
      { 'acme_billing.py': x },
      [],
    ],
  ])('%s, where there is no whitelist', async (_, files, added, says) => {
    const scratch = await withoutWhitelist(files);
    scratch.write(added);
    expect(await taken(scratch)).toEqual(says);
  });
});

describe('what is new', () => {
  test('a file that is renamed to such a name', async () => {
    const scratch = await opened({ 'arrays.py': 'one = 1\ntwo = 2\nthree = 3\n' });
    await scratch.git('mv', 'arrays.py', 'numpy.py');
    expect(await taken(scratch)).toEqual(['numpy.py pypi:numpy numpy']);
  });

  test('a file that moves from a place that hid the package already is not', async () => {
    const scratch = await opened({ 'src/numpy/__init__.py': 'one = 1\ntwo = 2\nthree = 3\n' });
    await scratch.git('mv', 'src/numpy', 'numpy');
    expect(await taken(scratch)).toEqual([]);
  });

  test('what the other branch of a merge had is not, and what only the merge has is', async () => {
    const scratch = await opened({});
    await scratch.git('checkout', '--quiet', '-b', 'side');
    scratch.write({ 'numpy.py': x });
    await scratch.commitAll('side');
    await scratch.git('checkout', '--quiet', 'main');
    scratch.write({ 'web/more.ts': ts });
    await scratch.commitAll('main');
    await scratch.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
    expect(await taken(scratch)).toEqual([]);
    scratch.write({ 'flask.py': x });
    expect(await taken(scratch)).toEqual(['flask.py pypi:flask flask']);
  });

  test('in CI and in the work tree too; where nothing stood before, nothing is new', async () => {
    const scratch = await opened({});
    scratch.write({ 'numpy.py': x });
    const says = ['numpy.py pypi:numpy numpy'];
    const { stdout } = await runIn(scratch, ['--format', 'concise']);
    expect(findingsIn(stdout)).toEqual(['numpy.py:1:1 policy-change']);
    await scratch.commitAll('numpy');
    expect(await taken(scratch, '--since', 'HEAD~1')).toEqual(says);
    expect(await taken(scratch, '--since', 'HEAD~1', '--policy-from', 'base')).toEqual(says);
    expect(await taken(scratch, '--all')).toEqual([]);
    expect(await taken(scratch, 'numpy.py')).toEqual([]);
  });

  test('a module that the config calls local takes no name', async () => {
    const scratch = await opened({ '.check-importsrc': 'lookup: off\nlocalModules: [numpy]\n' });
    scratch.write({ 'numpy.py': x });
    expect(await taken(scratch)).toEqual([]);
  });
});

describe('a symbolic link', () => {
  test('takes the names of what it stands for, as a file or folder does', async () => {
    const scratch = await opened({ ...baseUrl('src'), 'shop/tables/__init__.py': '', 'src/ui/index.ts': ts });
    scratch.link({
      'requests.py': 'shop/app.py',
      redis: 'shop',
      'src/numpy.py': '../shop/app.py',
      'src/lodash.ts': '../web/price.ts',
      'src/react': 'ui',
    });
    expect((await taken(scratch)).toSorted()).toEqual([
      'redis pypi:redis redis',
      'requests.py pypi:requests requests',
      'src/lodash.ts npm:lodash lodash',
      'src/numpy.py pypi:numpy numpy',
      'src/react npm:react react',
    ]);
  });

  test('takes nothing by another name, out of reach, or where it leads to nothing', async () => {
    const scratch = await opened({ ...baseUrl('src'), 'flask.py': x });
    await scratch.git('rm', '--quiet', 'flask.py');
    scratch.link({
      'flask.py': 'shop/app.py',
      store: 'shop',
      'shop/redis.py': 'app.py',
      'requests.py': 'missing.py',
      numpy: '/usr/lib',
      'react.ts': 'web/price.ts',
      'tests/redis.py': '../shop/app.py',
      'docs/axios.md': '../web/price.ts',
    });
    expect(await taken(scratch)).toEqual([
      'note: requests.py: the link leads to no file that git tracks here, so its imports were not checked',
    ]);
  });

  test('is told of where nothing but a link to a folder changes', async () => {
    const scratch = await opened({});
    scratch.link({ redis: 'shop' });
    expect(await taken(scratch)).toEqual(['redis pypi:redis redis']);
    const before = await opened({});
    before.link({ store: 'shop' });
    expect(await taken(before)).toEqual([]);
  });
});

describe('how it is told', () => {
  test('a commit passes, with one sentence', async () => {
    const scratch = await opened({});
    scratch.write({ 'numpy.py': x });
    await scratch.git('add', '--all');
    const { code, stderr } = await scratch.tryGit('commit', '--quiet', '--message', 'numpy');
    expect(code).toBe(0);
    expect(stderr.trim().split('\n')).toEqual([
      'policy  numpy.py:1  numpy.py has the name of pypi:numpy: imports of numpy lead',
      '        to it from now on, by Ada L <ada@example.org>',
    ]);
  });

  test('an assistant leaves it to a person, unless the project trusts assistants', async () => {
    const scratch = await opened({});
    scratch.write({ 'numpy.py': x });
    await scratch.git('add', '--all');
    const asAssistant = () => runIn(scratch, ['--staged', '--format', 'json'], { env: { CLAUDECODE: '1' } });
    const { code, stdout } = await asAssistant();
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [
        {
          rule: 'policy-change',
          severity: 'error',
          file: 'numpy.py',
          next: ['git commit numpy.py'],
        },
      ],
      policyChanges: [{ file: 'numpy.py', line: 1 }],
    });
    await scratch.git('reset', '--quiet', 'numpy.py');
    scratch.write({ '.check-importsrc': 'lookup: off\nassistants: trusted\n' });
    await scratch.git('add', '.check-importsrc');
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'trusted');
    await scratch.git('add', '--all');
    expect((await asAssistant()).code).toBe(0);
  });

  test('a rule that is off stops nobody, and the report still lists it', async () => {
    const scratch = await opened({ '.check-importsrc': 'lookup: off\nrules: { policy-change: off }\n' });
    scratch.write({ 'numpy.py': x });
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [],
      policyChanges: [{ file: 'numpy.py', line: 1 }],
    });
  });
});
