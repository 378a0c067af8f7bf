import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uvCompiled } from '../kit/compiled.ts';
import { startPypi, wheel, type Project, type ProjectFile } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import type { TestServer } from '../kit/server.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What a package provides is asked of the version that the project has: a later one may have lost a module. */

const old = '2015-03-04T00:00:00Z';
const kit = (version: string, ...modules: readonly string[]): ProjectFile =>
  wheel(
    'setuptools',
    old,
    modules.map((module) => `${module}/__init__.py`),
    version,
  );
const project: Project = {
  files: [
    kit('69.0', 'setuptools', 'setuptools_old'),
    kit('70.0.0', 'setuptools', 'pkg_resources'),
    { filename: 'setuptools-71.0.tar.gz', uploaded: old },
    { ...kit('72.0', 'setuptools', 'pkg_resources'), yanked: true },
    kit('82.0.0', 'setuptools', '_distutils_hack'),
    kit('83.0rc1', 'setuptools_next'),
  ],
};

const quarry: Project = {
  files: [
    wheel('quarry-kit', old, ['quarry/__init__.py', 'pit/__init__.py'], '70.0.0'),
    wheel('quarry-kit', old, ['quarry/__init__.py'], '82.0.0'),
  ],
};

let pypi: TestServer;
let scratch: Scratch;
beforeAll(async () => {
  pypi = await startPypi(
    new Map([
      ['setuptools', project],
      ['quarry-kit', quarry],
    ]),
  );
  scratch = await Scratch.with({ 'approved-packages.yaml': whitelistText({}) });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
  await scratch.git('tag', 'start');
});
afterAll(async () => {
  scratch.dispose();
  await pypi.close();
});
beforeEach(async () => {
  await scratch.git('reset', '--quiet', '--hard', 'start');
  await scratch.git('clean', '--quiet', '-ffdx');
});

type Files = Readonly<Record<string, string>>;

/** @returns What `pretty` says, in one line. */
async function pretty(module: string, files: Files, base: Files): Promise<string> {
  scratch.write({ 'README.md': '', ...base });
  await scratch.commitAll('base');
  scratch.write({ ...files, 'app.py': `import ${module}\n` });
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged']);
  return stdout.replace(/\s+/g, ' ');
}

/** @returns The grade, the version that was looked into, and whether it and the newest provide the module. */
async function told(module: string, files: Files, base: Files = {}): Promise<readonly unknown[]> {
  const text = await pretty(module, files, base);
  const [, grade] = /unapproved-package\/(\S+) pypi:setuptools/.exec(text) ?? [];
  const [, version] = /version looked into: (\S+?)[; ]/.exec(text) ?? [];
  const [, provides] = / provides module: (\w+)/.exec(text) ?? [];
  const [, newest] = /newest provides module: (\w+)/.exec(text) ?? [];
  return [grade, version, provides, ...(newest === undefined ? [] : [`newest: ${newest}`])];
}

const locked = (version: string, source = 'source = { registry = "https://pypi.org/simple" }') =>
  `version = 1\n\n[[package]]\nname = "setuptools"\nversion = "${version}"\n${source}\n`;
const pyproject = (lines: string): Files => ({
  'pyproject.toml': `[project]\nname = "root"\nversion = "1"\n${lines}\n`,
});
const requirements = (...lines: readonly string[]): Files => ({
  'requirements.txt': `${lines.join('\n')}\n`,
});

describe('the version that the project has', () => {
  const table: readonly (readonly [what: string, files: Files])[] = [
    ['uv.lock', { 'uv.lock': locked('70.0.0') }],
    ['uv.lock of a part of the project', { 'services/api/uv.lock': locked('70.0.0') }],
    [
      'poetry.lock',
      {
        'poetry.lock':
          '[[package]]\nname = "setuptools"\nversion = "70.0.0"\n\n[metadata]\ncontent-hash = "x"\n',
      },
    ],
    [
      'pdm.lock',
      {
        'pdm.lock':
          '[metadata]\nlock_version = "4.5"\n\n[[package]]\nname = "setuptools"\nversion = "70.0.0"\n',
      },
    ],
    [
      'Pipfile.lock',
      {
        'Pipfile.lock':
          '{ "_meta": { "pipfile-spec": 6 }, "default": { "SetupTools": { "version": "==70.0.0" } } }\n',
      },
    ],
    [
      'pylock.toml',
      {
        'pylock.toml':
          'lock-version = "1.0"\n\n[[packages]]\nname = "setuptools"\nversion = "70.0.0"\nindex = "https://pypi.org/simple"\n',
      },
    ],
    ['a pin', requirements('setuptools==70.0.0')],
    ['a pin with marker and extra', requirements('setuptools[all] == 70.0.0 ; python_version > "3.8"')],
    ['a compiled list', requirements('setuptools==70.0.0 \\', '    --hash=sha256:0123', '    # via acme')],
    [
      'a list that uv compiled from its source',
      {
        'requirements.in': 'acme\n',
        'requirements.txt': uvCompiled({ direct: ['acme'], graph: { acme: ['setuptools'] } }).replace(
          'setuptools==1.0.0',
          'setuptools==70.0.0',
        ),
      },
    ],
    ['a pin that is written in short', requirements('setuptools===70')],
    ['a pin of pyproject.toml', pyproject('dependencies = ["setuptools (==70.0.0)"]')],
    ['a pin of Poetry', pyproject('[tool.poetry.dependencies]\nsetuptools = "70.0.0"')],
    [
      'a pin of Poetry in a table',
      pyproject('[tool.poetry.dependencies]\nsetuptools = { version = "==70.0.0" }'),
    ],
    ['a pin of Pipfile', { Pipfile: '[packages]\nsetuptools = "==70.0.0"\n' }],
    ['the highest of several', { 'uv.lock': `${locked('69.0')}\n${locked('70.0.0')}` }],
    ['a lockfile before a pin', { 'uv.lock': locked('70.0.0'), ...requirements('setuptools==69.0') }],
  ];
  test.each(table)('%s of the change', async (_, files) => {
    expect(await told('pkg_resources', files)).toEqual(['exists', '70.0.0', 'yes', 'newest: no']);
  });

  test('is that of a lockfile at the base', async () => {
    const base = { 'uv.lock': locked('70.0.0') };
    expect(await told('pkg_resources', {}, base)).toEqual(['exists', '70.0.0', 'yes', 'newest: no']);
  });

  test('is that after the change', async () => {
    const base = { 'uv.lock': locked('70.0.0') };
    expect(await told('pkg_resources', { 'uv.lock': locked('82.0.0') }, base)).toEqual([
      'unproven',
      '82.0.0',
      'no',
    ]);
  });

  test('may lack what only a later one has', async () => {
    expect(await told('_distutils_hack', requirements('setuptools==70.0.0'))).toEqual([
      'unproven',
      '70.0.0',
      'no',
      'newest: yes',
    ]);
  });

  test('may be one that was yanked since', async () => {
    expect(await told('pkg_resources', requirements('setuptools==72.0'))).toEqual([
      'exists',
      '72.0',
      'yes',
      'newest: no',
    ]);
  });
});

describe('without one, or without a wheel of it, the newest is looked into', () => {
  test.each<[what: string, files: Files]>([
    ['nothing', {}],
    ['a range', requirements('setuptools>=70.0.0,<71')],
    ['all that begin alike', requirements('setuptools==70.*')],
    ['a caret', pyproject('[tool.poetry.dependencies]\nsetuptools = "^70.0.0"')],
    ['a version that is none', requirements('setuptools===70.0.0-of-ours')],
    ['a version without a wheel', requirements('setuptools==71.0')],
    ['a version that nobody has', requirements('setuptools==4.0')],
    ['a lockfile of another package', { 'uv.lock': locked('70.0.0').replace('setuptools', 'setup') }],
    [
      'a lockfile that takes it from git',
      { 'uv.lock': locked('70.0.0', 'source = { git = "https://git.example/x" }') },
    ],
  ])('%s', async (_, files) => {
    expect(await told('pkg_resources', files)).toEqual(['unproven', '82.0.0', 'no']);
  });
});

test('an answer that was kept for another version is asked for again, and its archive kept', async () => {
  const asked = async (version: string) => {
    await scratch.git('reset', '--quiet', '--hard', 'start');
    const before = pypi.requests.length;
    const [, inspected] = await told('pkg_resources', requirements(`setuptools==${version}`));
    const paths = pypi.requests.slice(before).map(({ path }) => path.replace(/^.*\/(?=.)/, ''));
    return [inspected, ...new Set(paths)];
  };
  await asked('69.0');
  expect(await asked('69.0')).toEqual(['69.0']);
  const [inspected, ...paths] = await asked('70.0.0');
  expect(inspected).toBe('70.0.0');
  expect(paths).toContain('setuptools/');
});

test('what is recorded of a package is what its locked version shows', async () => {
  const files = {
    ...requirements('quarry-kit>=1'),
    'uv.lock': locked('70.0.0').replace('setuptools', 'quarry-kit'),
  };
  const entries = {
    'pypi:quarry-kit': { approved: 'stones', by: 'Ada L <ada@example.org>', date: '2026-01-02' },
  };
  scratch.write({ ...files, 'approved-packages.yaml': whitelistText(entries) });
  await scratch.commitAll('lock');
  await runIn(scratch, ['approve', '--record-imports']);
  const [, record] = /(imports: .*?\], importsOf: \S+),/.exec(scratch.read('approved-packages.yaml')) ?? [];
  expect(record).toBe('imports: [pit, quarry], importsOf: "70.0.0"');
});

describe('the newest version, which is named again where another one was looked into,', () => {
  const whole = (...versions: readonly string[]): Project => ({
    files: versions.map((version) => kit(version, 'setuptools')),
  });
  test.each<[what: string, project: Project, latest: string, inspected: string]>([
    ['has the highest number', whole('1.9', '1.10', '1.2'), '1.10', '1.10'],
    ['of the highest epoch', whole('2024.1', '1!1.0'), '1!1.0', '1!1.0'],
    ['is a post-release', whole('1.0.post1', '1.0', '1.0rc2'), '1.0.post1', '1.0.post1'],
    ['is a final one', whole('2.0rc1', '2.0.dev3', '1.9'), '1.9', '1.9'],
    [
      'is the last pre-release where there is no other',
      whole('1.0a2', '1.0.dev9', '1.0b1'),
      '1.0b1',
      '1.0b1',
    ],
    [
      'was not withdrawn',
      { files: [kit('1.0', 'setuptools'), { ...kit('2.0', 'setuptools'), yanked: true }] },
      '1.0',
      '1.0',
    ],
    [
      'has no wheel',
      { files: [kit('1.0', 'setuptools'), { filename: 'setuptools-2.0.tar.gz', uploaded: old }] },
      '2.0',
      '1.0',
    ],
  ])('%s', async (_, versions, latest, inspected) => {
    const index = await startPypi(new Map([['setuptools', versions]]));
    const home = scratch.env['PIP_INDEX_URL'] ?? '';
    scratch.env['PIP_INDEX_URL'] = `${index.url}/simple`;
    const text = await pretty('setuptools', {}, {});
    scratch.env['PIP_INDEX_URL'] = home;
    await index.close();
    expect(text).toContain(` latest: ${latest};`);
    const [, other = latest] = /version looked into: (\S+?)[; ]/.exec(text) ?? [];
    expect(other).toBe(inspected);
  });
});
