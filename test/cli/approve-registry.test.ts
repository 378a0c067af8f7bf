import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { runWithKeys, type Step } from '../kit/keys.ts';
import { startPypi, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

/* `approve` asks the registry first, and writes what it learned; registries are canned. */

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const file = 'approved-packages.yaml';
const by = 'by: Ada L <ada@example.org>, date: 2026-11-23';
const old = '2015-03-04T00:00:00Z';

const distributions = new Map<string, Project>([
  ['plain', { files: [wheel('plain', old, ['plain/__init__.py', 'plain-1.0.dist-info/METADATA'])] }],
  [
    'other-name',
    { files: [wheel('other-name', old, ['othername/__init__.py', 'tests/__init__.py', '_othername.py'])] },
  ],
  [
    'grabby',
    { files: [wheel('grabby', old, ['grabby/__init__.py', 'numpy/__init__.py', 'yaml/__init__.py'])] },
  ],
  ['spaced', { files: [wheel('spaced', old, ['ns/part/__init__.py'])] }],
  ['locked', { status: 'quarantined', files: [wheel('locked', old, ['locked.py'])] }],
]);

const npmPackages = new Map([
  [
    'undici',
    {
      name: 'undici',
      'dist-tags': { latest: '1.0.0' },
      time: { created: '2018-07-11T10:00:00Z', '1.0.0': '2018-07-11T10:00:00Z' },
      versions: { '1.0.0': {} },
      repository: { type: 'git', url: 'git+https://example.org/nodejs/undici.git' },
    },
  ],
  ['gone', { name: 'gone', time: { created: old, unpublished: { time: old } } }],
]);

/** A repository whose user's settings lead to canned registries. */
async function repository(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ 'README.md': '', ...files });
  const pypi = await startPypi(distributions);
  const npm = await startNpm();
  scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
  open.push(
    () => {
      scratch.dispose();
    },
    () => pypi.close(),
    () => npm.close(),
  );
  return scratch;
}

function startNpm(packages: ReadonlyMap<string, object> = npmPackages): Promise<TestServer> {
  return startServer((request, response) => {
    const found = packages.get(decodeURIComponent(request.path.slice(1)));
    reply(response, found ? json(found) : (clientPage(request.path) ?? json({ error: 'Not found' }, 404)));
  });
}

/** The line of a package (`npm:undici`) in the whitelist, or null. */
function entryOf(scratch: Scratch, name: string): string | null {
  if (!scratch.has(file)) return null;
  return (
    scratch
      .read(file)
      .split('\n')
      .find((line) => line.startsWith(`  ${name}: `))
      ?.trim() ?? null
  );
}

describe('what the registry told is kept in the entry', () => {
  test.each([
    [
      'npm:undici',
      `npm:undici: { approved: x, ${by}, created: 2018-07-11, repository: https://example.org/nodejs/undici }`,
    ],
    ['pypi:plain', `pypi:plain: { approved: x, imports: [plain], importsOf: "1.0", ${by} }`],
    ['pypi:other-name', `pypi:other-name: { approved: x, imports: [othername], importsOf: "1.0", ${by} }`],
    ['pypi:spaced', `pypi:spaced: { approved: x, imports: [ns.part], importsOf: "1.0", ${by} }`],
  ])('%s', async (name, entry) => {
    const scratch = await repository();
    const { code, stderr } = await runIn(scratch, ['approve', name, '--reason', 'x']);
    expect(stderr).toContain('exists: yes');
    // The earliest file of an index that is not the public one is shown, and not written.
    if (name.startsWith('pypi:')) expect(stderr).toContain('earliest file: 2015-03-04');
    expect([code, entryOf(scratch, name)]).toEqual([0, entry]);
  });

  test.each([
    '-000001-01-01T00:00:00Z',
    '10000-01-01T00:00:00Z',
    '+010000-01-01',
    '2015-02-30',
    'version 7',
    '',
  ])('but no day that is none: %j', async (day) => {
    const files = [wheel('odd', day, ['odd/__init__.py'])];
    const odd = { ...npmPackages.get('undici'), name: 'odd', time: { created: day, '1.0.0': day } };
    const scratch = await repository();
    const [npm, pypi] = [
      await startNpm(new Map([['odd', odd]])),
      await startPypi(new Map([['odd', { files }]])),
    ];
    open.push(
      () => npm.close(),
      () => pypi.close(),
    );
    scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
    const approve = ['approve', 'npm:odd', 'pypi:odd', '--reason', 'x'];
    const { code, stdout } = await runIn(scratch, approve, { env: { PIP_INDEX_URL: `${pypi.url}/simple` } });
    expect([code, stdout.match(/created/g)]).toEqual([0, null]);
    expect(stdout.match(/approved: \w+:odd/g)).toHaveLength(2);
  });

  test('modules that belong to other distributions are left out, and that is said', async () => {
    const scratch = await repository();
    const { stderr } = await runIn(scratch, ['approve', 'pypi:grabby', '--reason', 'x']);
    expect(entryOf(scratch, 'pypi:grabby')).toBe(
      `pypi:grabby: { approved: x, imports: [grabby], importsOf: "1.0", ${by} }`,
    );
    expect(stderr).toMatch(/module numpy.* not recorded[^]*module yaml.* not recorded/);
  });

  test('what the person names counts', async () => {
    const scratch = await repository();
    await runIn(scratch, ['approve', 'pypi:grabby', '--reason', 'x', '--imports', 'grabby,yaml']);
    expect(entryOf(scratch, 'pypi:grabby')).toBe(
      `pypi:grabby: { approved: x, imports: [grabby, yaml], ${by} }`,
    );
  });

  test('offline it stays unverified, and nobody is asked', async () => {
    const scratch = await repository();
    await runIn(scratch, ['approve', 'pypi:other-name', '--reason', 'x', '--offline']);
    expect(entryOf(scratch, 'pypi:other-name')).toBe(
      `pypi:other-name: { approved: x, unverified: true, ${by} }`,
    );
  });

  test('an index that can’t be reached leaves it unverified', async () => {
    const scratch = await repository();
    const env = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple' };
    const { code } = await runIn(scratch, ['approve', 'pypi:plain', '--reason', 'x'], { env });
    expect([code, entryOf(scratch, 'pypi:plain')]).toEqual([
      0,
      `pypi:plain: { approved: x, unverified: true, ${by} }`,
    ]);
  });
});

describe('an answer that was kept', () => {
  test.each([
    ['dated ahead of the clock is not believed', '2031-01-01T00:00:00.000Z', 0],
    ['a moment ago is', new Date().toISOString(), 2],
  ])('%s', async (_, asOf, code) => {
    const scratch = await repository();
    const published = new Map<string, object>();
    const npm = await startNpm(published);
    open.push(() => npm.close());
    scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
    const approve = () => runIn(scratch, ['approve', 'npm:later', '--reason', 'x']);
    expect((await approve()).stderr).toContain('no package of this name');
    const folder = path.join(scratch.home, '.cache/vetted-imports');
    for (const name of readdirSync(folder).map((entry) => path.join(folder, entry)))
      writeFileSync(name, readFileSync(name, 'utf8').replaceAll(/(?<="(?:asOf|absentOn)":")[^"]*/g, asOf));
    published.set('later', { ...npmPackages.get('undici'), name: 'later' });
    const asked = npm.requests.length;
    expect((await approve()).code).toBe(code);
    expect(npm.requests.length > asked).toBe(code === 0);
  });
});

describe('a name that is not there, or malware, needs its grade to be named', () => {
  test.each([
    ['pypi:numpy-utils', 'nonexistent', 'no package of this name'],
    ['npm:react-ai-utils', 'nonexistent', 'no package of this name'],
    ['npm:gone', 'withdrawn', 'removed from its registry'],
    ['pypi:locked', 'malicious', 'quarantined'],
  ])('%s is %s', async (name, grade, says) => {
    const scratch = await repository();
    const refused = await runIn(scratch, ['approve', name, 'pypi:plain', '--reason', 'x']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(says);
    expect(refused.stderr).toContain(`approve ${name} --despite ${grade} --reason`);
    expect(scratch.has(file)).toBe(false);
    const approve = ['approve', name, '--reason', 'x', '--no-stage', '--despite', grade];
    const typed: Step[] = [['type its name', `${name.slice(name.indexOf(':') + 1)}\r`]];
    const { code } = await runWithKeys(scratch, approve, typed);
    expect([code, entryOf(scratch, name)]).toEqual([0, expect.stringContaining(`despite: ${grade}`)]);
  });

  test('the refusal suggests what was meant', async () => {
    const { stderr } = await runIn(await repository(), ['approve', 'pypi:numpy-utils', '--reason', 'x']);
    expect(stderr).toContain('Did you mean pypi:numpy');
  });
});

describe('modules from an environment of the project, which is never run', () => {
  const record = 'othername/__init__.py,sha256=x,1\nother_name-1.0.dist-info/RECORD,,\n../../../bin/tool,,\n';
  const posix = '.venv/lib/python3.12/site-packages/Other_Name-1.0.dist-info';
  const windows = 'venv/Lib/site-packages/Other_Name-1.0.dist-info';
  const module = (info: string) => ({ [`${info}/../othername/__init__.py`]: '' });
  test.each([
    ['RECORD', { [`${posix}/RECORD`]: record, ...module(posix) }, 'othername'],
    [
      'RECORD on Windows',
      { [`${windows}/RECORD`]: 'othername\\__init__.py,,\r\n', ...module(windows) },
      'othername',
    ],
    [
      'a quoted line of RECORD',
      { [`${posix}/RECORD`]: '"othername/__init__.py",,\n', ...module(posix) },
      'othername',
    ],
    [
      'no line of RECORD whose file is not there',
      { [`${posix}/RECORD`]: `${record}requests/__init__.py,,\nodd.py,,\n`, ...module(posix) },
      'othername',
    ],
    [
      'top_level.txt of an editable installation, whose RECORD names the finder of its sources alone',
      {
        [`${posix}/RECORD`]: '__editable___other_name_1_0_finder.py,,\n',
        [`${posix}/top_level.txt`]: 'othername\n',
      },
      'othername',
    ],
    ['top_level.txt', { [`${posix}/top_level.txt`]: 'othername\n' }, 'othername'],
    [
      'Import-Name before all others',
      { [`${posix}/METADATA`]: 'Import-Name: declared\n\nImport-Name: prose\n', [`${posix}/RECORD`]: record },
      'declared',
    ],
  ])('%s', async (_, files, provided) => {
    const scratch = await repository({ '.gitignore': '*venv/\n' });
    scratch.write(files);
    for (const environment of ['.venv', 'venv']) {
      const python = `${scratch.root}/${environment}/bin/python`;
      scratch.write({ [`${environment}/bin/python`]: '#!/bin/sh\ntouch "$0-was-run"\n' });
      chmodSync(python, 0o755);
    }
    await runIn(scratch, ['approve', 'pypi:other.name', '--reason', 'x', '--offline']);
    expect(entryOf(scratch, 'pypi:other-name')).toBe(
      `pypi:other-name: { approved: x, imports: [${provided}], importsOf: "1.0", unverified: true, ${by} }`,
    );
    expect([scratch.has('.venv/bin/python-was-run'), scratch.has('venv/bin/python-was-run')]).toEqual([
      false,
      false,
    ]);
  });

  test('the active environment comes first', async () => {
    const scratch = await repository({ '.gitignore': '*venv/\n' });
    const info = 'lib/python3.12/site-packages/other_name-1.0.dist-info/top_level.txt';
    scratch.write({ [`.venv/${info}`]: 'near\n', [`active-venv/${info}`]: 'active\n' });
    const env = { VIRTUAL_ENV: `${scratch.root}/active-venv` };
    await runIn(scratch, ['approve', 'pypi:other-name', '--reason', 'x', '--offline'], { env });
    expect(entryOf(scratch, 'pypi:other-name')).toContain('imports: [active]');
  });

  test('a distribution of the shipped map needs none', async () => {
    const scratch = await repository();
    await runIn(scratch, ['approve', 'pypi:opencv-python', '--reason', 'x', '--offline']);
    expect(entryOf(scratch, 'pypi:opencv-python')).toBe(
      `pypi:opencv-python: { approved: x, unverified: true, ${by} }`,
    );
  });

  test('the approval makes the import pass later, without the environment', async () => {
    const scratch = await repository();
    await runIn(scratch, ['approve', 'pypi:other-name', '--reason', 'x']);
    scratch.write({ 'app.py': 'import othername\n' });
    expect((await runIn(scratch, ['check', '--offline'])).code).toBe(0);
  });
});
