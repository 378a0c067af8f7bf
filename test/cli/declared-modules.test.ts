import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runWithKeys, type Step } from '../kit/keys.ts';
import { startPypi, wheel, type Dialect, type Project, type ProjectFile } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* Which modules declared distributions provide: recorded, held against imports, and what becomes of the answer. */

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Setting {
  readonly files: Readonly<Record<string, string>>;
  readonly projects?: readonly (readonly [string, Project])[];
  readonly dialect?: Dialect;
}

/** A repository whose user's settings lead to a canned index; an import of a name that is not there is nonexistent. */
async function repository({ files, projects = [], dialect = 'json' }: Setting): Promise<Scratch> {
  const scratch = await Scratch.with({ '.gitignore': '.venv/\n', ...files });
  const pypi = await startPypi(new Map(projects), dialect);
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
  open.push(
    () => {
      scratch.dispose();
    },
    () => pypi.close(),
  );
  return scratch;
}

const served = (name: string, ...modules: readonly string[]): readonly [string, Project] => [
  name,
  {
    files: [
      wheel(
        name,
        old,
        modules.map((module) => `${module.replaceAll('.', '/')}/__init__.py`),
      ),
    ],
  },
];

/** What an environment in `.venv` holds of a distribution. */
function installed(name: string, version: string, ...modules: readonly string[]): Record<string, string> {
  const packages = '.venv/lib/python3.12/site-packages';
  const record = modules.map((module) => `${module}/__init__.py,,\n`).join('');
  return {
    [`${packages}/${name.replaceAll('-', '_')}-${version}.dist-info/RECORD`]: record,
    ...Object.fromEntries(modules.map((module) => [`${packages}/${module}/__init__.py`, ''])),
  };
}

async function staged(
  scratch: Scratch,
  files: Readonly<Record<string, string>>,
  ...flags: readonly string[]
) {
  scratch.write(files);
  await scratch.git('add', '--all');
  return runIn(scratch, ['--staged', '--format', 'concise', ...flags]);
}

/** Words of the command that a finding prints, without the program. */
function printed(stdout: string): string[] {
  const command = /^next: vetted-imports (.*)$/m.exec(stdout)?.[1] ?? '';
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

/** A person writes the reason in the place of `…`. */
const withReason = (words: readonly string[]) => words.map((word) => (word === '…' ? 'looked at' : word));

async function nextOf(scratch: Scratch, ...flags: readonly string[]): Promise<string[]> {
  return printed((await runIn(scratch, ['--staged', ...flags])).stdout);
}

describe('forty distributions whose modules have other names', () => {
  const names = Array.from({ length: 40 }, (_, at) => `quarry-tools-${String(at)}`);
  const moduleOf = (name: string) => `qt_${name.slice('quarry-tools-'.length)}`;
  const imports = names.map((name) => `import ${moduleOf(name)}\n`).join('');
  const files = { 'requirements.txt': names.map((name) => `${name}\n`).join('') };
  const projects = names.map((name) => served(name, moduleOf(name)));

  test.each([
    ['an environment', true, []],
    ['a registry only', false, projects],
  ])('are settled after init with %s', async (_, hasEnvironment, index) => {
    const scratch = await repository({ files, projects: index });
    if (hasEnvironment) for (const name of names) scratch.write(installed(name, '1.0', moduleOf(name)));
    expect(await runIn(scratch, ['init', '--yes', ...(hasEnvironment ? ['--offline'] : [])])).toMatchObject({
      code: 0,
    });
    if (hasEnvironment) scratch.remove('.venv');
    await scratch.commitAll('adopt');
    expect(await staged(scratch, { 'app.py': imports }, '--offline')).toMatchObject({ code: 0, stdout: '' });
  });

  test('offline and without an environment, the finding says of which nobody could tell', async () => {
    const scratch = await repository({ files });
    const { stdout } = await runIn(scratch, ['init', '--yes', '--offline']);
    expect(stdout).toContain('approve --record-imports');
    await scratch.commitAll('adopt');
    const { code, stdout: told } = await staged(scratch, { 'app.py': 'import qt_7\n' }, '--offline');
    expect(code).toBe(1);
    expect(told).toMatch(/Nobody could tell whether pypi:quarry-tools-\d+, .* and 37 more provide it\./);
  });

  test.each([
    ['vetted-imports', false],
    ['quarry-tools', true],
  ])('of %s alone, that is said: %s', async (name, isSaid) => {
    const scratch = await repository({ files: { 'requirements.txt': `${name}\n` } });
    await runIn(scratch, ['init', '--yes', '--offline']);
    await scratch.commitAll('adopt');
    const { code, stdout } = await staged(scratch, { 'app.py': 'import qt_7\n' }, '--offline');
    expect([code, stdout.includes(`Nobody could tell whether pypi:${name} provides it.`)]).toEqual([
      1,
      isSaid,
    ]);
  });
});

describe('an import that a declared distribution provides', () => {
  const files = { 'requirements.txt': 'scikit-fem\n' };
  const fem = served('scikit-fem', 'skfem');
  // Somebody else's, of the module's own name.
  const squat = served('skfem', 'skfem');
  const use = { 'app.py': 'import skfem\n' };

  test.each<[string, Readonly<Record<string, WhitelistFields>>, string]>([
    [
      'approved',
      { 'pypi:scikit-fem': { approved: 'meshes', by: 'Ada L <ada@example.org>', date: '2026-01-02' } },
      'approve --record-imports pypi:scikit-fem',
    ],
    [
      'in the baseline',
      { 'pypi:scikit-fem': { baseline: '2026-01-02' } },
      'approve --record-imports pypi:scikit-fem',
    ],
    ['declared alone', {}, 'approve pypi:scikit-fem --reason …'],
  ])(
    '%s: what is printed records all of its modules, and the finding is gone',
    async (_, entries, command) => {
      const projects = [served('scikit-fem', 'skfem', 'skfem_plots'), squat];
      const scratch = await repository({ files: { ...files, [file]: whitelistText(entries) }, projects });
      const finding = await staged(scratch, use);
      expect(finding.stdout).toContain(
        'error unapproved-package/unrecorded “skfem” is a module of pypi:scikit-fem',
      );
      expect(finding.stdout).not.toContain('did you mean');
      const words = await nextOf(scratch);
      expect(words.join(' ')).toBe(command);
      expect(await runIn(scratch, withReason(words))).toMatchObject({ code: 0 });
      expect(scratch.read(file)).toContain('imports: [skfem, skfem_plots], importsOf: "1.0"');
      expect(scratch.read(file)).not.toContain('pypi:skfem');
      expect(await staged(scratch, {}, '--offline')).toMatchObject({ code: 0 });
    },
  );

  test('in a project without a whitelist, init records it', async () => {
    const scratch = await repository({ files, projects: [fem, squat] });
    await staged(scratch, use);
    const words = await nextOf(scratch);
    expect(words).toEqual(['init']);
    await runIn(scratch, [...words, '--yes']);
    expect(scratch.read(file)).toContain('imports: [skfem]');
    expect(await staged(scratch, {}, '--offline')).toMatchObject({ code: 0 });
  });

  test('the exit code is the same with and without an answer, and nothing is sent that an environment tells', async () => {
    const scratch = await repository({
      files: { ...files, [file]: whitelistText({ 'pypi:scikit-fem': { baseline: '2026-01-02' } }) },
    });
    scratch.write(installed('scikit-fem', '9.0', 'skfem'));
    const { code, stdout } = await staged(scratch, use, '--offline');
    expect([code, stdout.includes('unrecorded')]).toEqual([1, true]);
    scratch.remove('.venv');
    expect((await staged(scratch, {}, '--offline')).code).toBe(1);
  });

  test('an assistant is told that a person does it, and gets no command', async () => {
    const scratch = await repository({
      files: { ...files, [file]: whitelistText({ 'pypi:scikit-fem': { baseline: '2026-01-02' } }) },
      projects: [fem],
    });
    scratch.write(use);
    await scratch.git('add', '--all');
    const env = { CLAUDECODE: '1' };
    const { stdout } = await runIn(scratch, ['--staged'], { env });
    expect(stdout).toMatch(/A person\s+adds its\s+modules there/);
    expect(stdout).not.toContain('next:');
    const refused = await runIn(scratch, ['approve', '--record-imports', 'pypi:scikit-fem'], { env });
    expect([
      refused.code,
      refused.stderr.includes('A person runs: vetted-imports approve --record-imports pypi:scikit-fem'),
    ]).toEqual([2, true]);
  });

  test('an entry in another file is for a person to edit: no command is printed that could not do it', async () => {
    const entries = whitelistText({ 'pypi:scikit-fem': { baseline: '2026-01-02' } });
    const shared = {
      [file]: `${whitelistText({ 'pypi:zeta': { baseline: '2026-01-02' } })}extends: [team.yaml]\n`,
      'team.yaml': entries,
    };
    const scratch = await repository({ files: { ...files, ...shared }, projects: [fem, squat] });
    const { code, stdout } = await staged(scratch, use);
    expect([
      code,
      stdout.includes('its entry (team.yaml:5) does not say so yet. A person adds its modules there.'),
    ]).toEqual([1, true]);
    expect(await nextOf(scratch)).toEqual([]);
    const explained = await runIn(scratch, ['explain', 'pypi:skfem']);
    expect(explained.stdout).not.toMatch(/vetted-imports (?:approve|request)/);
    const { screen } = await runWithKeys(scratch, ['review'], [['skip', 's']]);
    expect(screen).not.toContain('record the modules');
    scratch.write({ 'team.yaml': entries.replace(' }', ', imports: [skfem] }') });
    expect(await staged(scratch, {}, '--offline')).toMatchObject({ code: 0 });
  });

  test('an innocent name near a declared one stays what it is', async () => {
    const scratch = await repository({ files, projects: [fem, served('meshplan', 'meshplan')] });
    expect((await staged(scratch, { 'app.py': 'import meshplan\n' })).stdout).toContain(
      'unapproved-package/exists',
    );
  });
});

describe('a distribution that only the change declares', () => {
  const projects = [
    ['evil-kit', { files: [wheel('evil-kit', '2026-11-20T00:00:00Z', ['skfem/__init__.py'])] }] as const,
    served('skfem', 'skfem'),
  ];

  test('is asked for once, and looked into once', async () => {
    const scratch = await repository({ files: { 'requirements.txt': '', [file]: whitelistText({}) } });
    const pypi = await startPypi(
      new Map([served('some-thing', 'some_thing'), served('other-kit', 'quarry_kit')]),
    );
    open.push(() => pypi.close());
    scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
    await staged(scratch, {
      'requirements.txt': 'some-thing==1.0\nother-kit==1.0\n',
      'app.py': 'import some_thing\nimport quarry_kit\n',
    });
    const asked = pypi.requests.map(({ path: page, headers }) => `${page} ${headers.range ?? ''}`);
    expect(asked.filter((page) => page.startsWith('/simple/some-thing/'))).toHaveLength(1);
    expect(asked.filter((page) => page.startsWith('/simple/other-kit/'))).toHaveLength(1);
    expect(asked.length).toBe(new Set(asked).size);
  });

  test('does not exist, which is no doubt about what it provides', async () => {
    const scratch = await repository({
      files: { 'requirements.txt': '', [file]: whitelistText({}) },
      projects,
    });
    const change = { 'requirements.txt': 'not-there-x\n', 'app.py': 'import quarry_maps\n' };
    const { stdout } = await staged(scratch, change);
    expect(stdout.match(/unapproved-package\/nonexistent/g)).toHaveLength(2);
    expect(stdout).not.toContain('Nobody could tell');
  });

  test('is named with its own grade, and recording makes no decision', async () => {
    const scratch = await repository({
      files: { 'requirements.txt': '', [file]: whitelistText({}) },
      projects,
    });
    const change = { 'requirements.txt': 'evil-kit\n', 'app.py': 'import skfem\n' };
    const { stdout } = await staged(scratch, change);
    const [line = ''] = stdout.split('\n').filter((text) => text.startsWith('app.py'));
    expect(line).toContain(
      'unapproved-package/young “skfem” is a module of pypi:evil-kit, which this change declares',
    );
    // What the evidence is about is what the finding names.
    expect(line).toContain('[pypi:evil-kit]');
    const refused = await runIn(scratch, ['approve', '--record-imports', 'pypi:evil-kit']);
    expect([refused.code, scratch.read(file).includes('evil-kit')]).toEqual([2, false]);
  });

  test('comes first among those that provide a module', async () => {
    const scratch = await repository({ files: { 'requirements.txt': '', [file]: whitelistText({}) } });
    const change = { 'requirements.txt': 'psycopg2-binary\n', 'app.py': 'import psycopg2\n' };
    const { stdout } = await staged(scratch, change, '--offline');
    expect([...stdout.matchAll(/\[(pypi:[\w-]+)\]/g)].map(([, label]) => label)).toEqual([
      'pypi:psycopg2-binary',
      'pypi:psycopg2-binary',
    ]);
    const alone = await staged(scratch, { 'requirements.txt': '' }, '--offline');
    expect(alone.stdout).toContain('[pypi:psycopg2]');
  });
});

describe('an import of a name that its distribution does not provide', () => {
  const recorded = { imports: ['quarry'], importsOf: '2.0' };
  test.each<
    [title: string, entries: Readonly<Record<string, WhitelistFields>>, module: string, instead: string]
  >([
    ['approved', { 'pypi:pillow': { approved: 'pictures' } }, 'pillow', 'PIL'],
    ['in the baseline', { 'pypi:beautifulsoup4': { baseline: '2026-01-02' } }, 'beautifulsoup4', 'bs4'],
    ['not decided about', {}, 'python_dotenv', 'dotenv'],
    ['requested', { 'pypi:pyyaml': { requested: 'x' } }, 'pyyaml', 'yaml'],
    [
      'approved with what a version showed',
      { 'pypi:quarry-core': { approved: 'x', ...recorded } },
      'quarry_core',
      'quarry',
    ],
  ])(
    '%s: is unproven, offline, and what is printed names the module',
    async (_, entries, module, instead) => {
      const scratch = await repository({ files: { [file]: whitelistText(entries) } });
      const { code, stdout } = await staged(scratch, { 'app.py': `import ${module}\n` }, '--offline');
      expect([
        code,
        stdout.includes(`unapproved-package/unproven`),
        stdout.includes(`: import ${instead}.`),
      ]).toEqual([1, true, true]);
      const words = await nextOf(scratch, '--offline');
      expect(words).toEqual(['explain', `pypi:${instead}`]);
      expect((await runIn(scratch, [...words, '--offline'])).code).toBe(0);
    },
  );

  test.each<[title: string, entries: Readonly<Record<string, WhitelistFields>>, line: string]>([
    ['the module that it has', { 'pypi:pillow': { approved: 'pictures' } }, 'from PIL import Image'],
    [
      'a module that a person named adds',
      { 'pypi:quarry-core': { approved: 'x', imports: ['quarry'] } },
      'import quarry_core',
    ],
    [
      'a distribution that has the module of another beside its own',
      { 'pypi:asyncua': { approved: 'x' } },
      'import asyncua',
    ],
    ['both names', { 'pypi:python-multipart': { approved: 'x' } }, 'import python_multipart, multipart'],
    [
      'what a version showed',
      { 'pypi:quarry-core': { approved: 'x', imports: ['quarry', 'quarry_core'], importsOf: '2.0' } },
      'import quarry_core.deep',
    ],
  ])('%s passes', async (_, entries, line) => {
    const scratch = await repository({ files: { [file]: whitelistText(entries) } });
    expect(await staged(scratch, { 'app.py': `${line}\n` }, '--offline')).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  test('a denial speaks first, and a use that is there already is not told again', async () => {
    const scratch = await repository({
      files: {
        [file]: whitelistText({ 'pypi:pillow': { denied: 'no' } }),
        'app.py': 'import python_dotenv\n',
      },
    });
    const { stdout } = await staged(scratch, { 'app.py': 'import python_dotenv, pillow\n' }, '--offline');
    expect(stdout).toContain('denied-package');
    expect(stdout).not.toContain('dotenv');
  });
});

describe('what an archive or an environment holds takes no module from others', () => {
  const greedy = served(
    'quarry-kit',
    'quarry_kit',
    'yaml',
    'requests',
    'numpy_utils',
    'config',
    'utils',
    'json',
  );
  const entries = { 'pypi:numpy-utils': { denied: 'invented' }, 'pypi:pyyaml': { denied: 'use toml' } };
  const files = { [file]: whitelistText(entries), 'requirements.txt': 'quarry-kit\n' };

  test.each([
    ['approve', ['approve', 'pypi:quarry-kit', '--reason', 'x'], [greedy], {}],
    [
      'approve offline',
      ['approve', 'pypi:quarry-kit', '--reason', 'x', '--offline'],
      [],
      installed('quarry-kit', '1.0', 'quarry_kit', 'yaml', 'requests', 'numpy_utils', 'config'),
    ],
  ])('%s records its own alone', async (_, command, projects, environment) => {
    const scratch = await repository({ files, projects });
    scratch.write(environment);
    const { stderr } = await runIn(scratch, command);
    expect(scratch.read(file)).toContain('imports: [quarry_kit], importsOf: "1.0"');
    expect(stderr).toMatch(/module yaml, which belongs to another distribution/);
    const { stdout } = await staged(
      scratch,
      { 'app.py': 'import quarry_kit\nimport yaml\nimport numpy_utils\n' },
      '--offline',
    );
    expect([...stdout.matchAll(/error (\S+)/g)].map(([, rule]) => rule)).toEqual([
      'denied-package',
      'denied-package',
    ]);
  });

  test('a line that somebody edits into a recorded list takes nothing either', async () => {
    const edited = {
      'pypi:quarry-kit': { approved: 'x', imports: ['quarry_kit', 'yaml', 'numpy_utils'], importsOf: '1.0' },
    };
    const scratch = await repository({
      files: { [file]: whitelistText({ 'pypi:numpy-utils': { denied: 'x' }, ...edited }) },
    });
    const { stdout } = await staged(
      scratch,
      { 'app.py': 'import quarry_kit, yaml, numpy_utils\n' },
      '--offline',
    );
    expect([...stdout.matchAll(/\[(\S+)\]/g)].map(([, label]) => label)).toEqual([
      'pypi:pyyaml',
      'pypi:numpy-utils',
    ]);
  });

  test('a module that a denied distribution claims is denied, whoever else claims it; a person’s claim is listed', async () => {
    const claims = { 'pypi:quarry-old': { denied: 'x', imports: ['quarry'] } };
    const scratch = await repository({
      files: { [file]: whitelistText(claims) },
      projects: [served('quarry-new', 'quarry_new')],
    });
    const change = {
      [file]: whitelistText({
        'pypi:quarry-new': { approved: 'x', imports: ['quarry', 'quarry_new'] },
        ...claims,
      }),
      'app.py': 'import quarry\n',
    };
    const { code, stdout } = await staged(scratch, change);
    expect([code, stdout.includes('denied-package')]).toEqual([1, true]);
    expect(stdout).toContain('lets pypi:quarry-new provide quarry_new');
  });

  test('a module that the archive does not have is said to be unproven where an entry claims it', async () => {
    const scratch = await repository({
      files: { [file]: whitelistText({}) },
      projects: [served('quarry-kit', 'quarry_kit')],
    });
    const change = {
      [file]: whitelistText({ 'pypi:quarry-kit': { approved: 'x', imports: ['numpy_utils', 'quarry_kit'] } }),
    };
    const { stdout } = await staged(scratch, change);
    expect(stdout).toMatch(/provide numpy_utils.*unproven/);
    expect(stdout).not.toMatch(/provide quarry_kit.*unproven/);
  });

  test('an environment shows what lies in the folders of its path files', async () => {
    const packages = '.venv/lib/python3.12/site-packages';
    const record = ['quarry.pth', 'win/api.pyd', 'win/lib/names.py', 'win/lib/gone.py', 'other/thing.py'];
    const scratch = await repository({
      files: {
        'requirements.txt': 'quarry\n',
        [`${packages}/quarry-1.0.dist-info/RECORD`]: record.map((name) => `${name},,\n`).join(''),
        [`${packages}/quarry.pth`]: 'win\nwin\\lib\n../other\nimport quarry_bootstrap\n',
        [`${packages}/win/api.pyd`]: '',
        [`${packages}/win/lib/names.py`]: '',
        [`${packages}/other/thing.py`]: '',
      },
    });
    await runIn(scratch, ['init', '--yes', '--offline']);
    expect(scratch.read(file)).toContain(
      'imports: [api, names, other.thing, win.api, win.lib.names], importsOf: "1.0"',
    );
  });

  test.each([
    ['an environment that git tracks', '.venv'],
    ['a link to a folder that git tracks', 'linked'],
  ])('%s is not looked into', async (_, kind) => {
    const environment = installed('quarry-core', '1.0', 'quarry', 'numpy_utils');
    const tracked =
      kind === '.venv'
        ? environment
        : Object.fromEntries(
            Object.entries(environment).map(([name, text]) => [name.replace('.venv', 'shared'), text]),
          );
    const scratch = await repository({
      files: { '.gitignore': '', 'requirements.txt': 'quarry-core\n', ...tracked },
    });
    if (kind === 'linked') symlinkSync('shared', path.join(scratch.root, '.venv'));
    await runIn(scratch, ['init', '--yes', '--offline']);
    expect(scratch.read(file)).toContain('  pypi:quarry-core: { baseline: 2026-11-23 }\n');
  });
});

describe('a card', () => {
  test('of an import that a decided distribution provides records its modules', async () => {
    const entries = { 'pypi:scikit-fem': { baseline: '2026-01-02' } };
    const projects = [served('scikit-fem', 'skfem'), served('skfem', 'skfem')];
    const scratch = await repository({ files: { [file]: whitelistText(entries) }, projects });
    await staged(scratch, { 'app.py': 'import skfem\n' });
    const steps: Step[] = [['record the modules of pypi:scikit-fem', 'a']];
    const { screen } = await runWithKeys(scratch, ['review', '--no-stage'], steps);
    expect(screen).not.toMatch(/approve\b/);
    expect(scratch.read(file)).toContain(
      '  pypi:scikit-fem: { baseline: 2026-01-02, imports: [skfem], importsOf: "1.0" }\n',
    );
  });

  test('of an import that its distribution does not have offers no approval', async () => {
    const scratch = await repository({
      files: { [file]: whitelistText({ 'pypi:pillow': { baseline: '2026-01-02' } }) },
    });
    await staged(scratch, { 'app.py': 'import pillow\n' }, '--offline');
    const { screen } = await runWithKeys(scratch, ['review', '--offline'], [['skip', 's']]);
    expect(screen).toContain('pypi:pillow provides PIL: the import has to be changed.');
    expect(screen).not.toMatch(/approve|request/);
  });

  test.each([
    ['_quarry_toolbelt', [['skip', 's']]],
    ['quаrry', [['skip', 's']]],
  ] satisfies [string, Step[]][])(
    'of %s, a name that no package can have, offers none either',
    async (name, steps) => {
      const scratch = await repository({ files: { [file]: whitelistText({}) } });
      await staged(scratch, { 'app.py': `import ${name}.maps\n` }, '--offline');
      const { screen } = await runWithKeys(scratch, ['review', '--offline'], steps);
      expect(screen).toContain(`No package of PyPI can be called “${name}”`);
      expect(screen).not.toMatch(/approve|request/);
    },
  );
});

test('a newer version that brings a module is asked before a stranger of that name', async () => {
  const entries = { 'pypi:quarry-core': { approved: 'x', imports: ['quarry'], importsOf: '0.9' } };
  const projects = [served('quarry-core', 'quarry', 'quarry_maps'), served('quarry-maps', 'quarry_maps')];
  const scratch = await repository({ files: { [file]: whitelistText(entries) }, projects });
  const { stdout } = await staged(scratch, { 'app.py': 'import quarry_maps\n' });
  expect(stdout).toContain('unrecorded “quarry_maps” is a module of pypi:quarry-core');
  expect(await runIn(scratch, await nextOf(scratch))).toMatchObject({ code: 0 });
  expect(scratch.read(file)).toContain('imports: [quarry, quarry_maps], importsOf: "1.0"');
  expect(await staged(scratch, {}, '--offline')).toMatchObject({ code: 0 });
});

describe('recording for a whitelist that is there', () => {
  const entries = {
    'npm:zod': { baseline: '2026-01-02' },
    'pypi:pillow': { baseline: '2026-01-02' },
    'pypi:quarry-core': { approved: 'x' },
    'pypi:quarry-lost': { baseline: '2026-01-02' },
    'pypi:quarry-named': { approved: 'x', imports: ['of_a_person'] },
  };
  const projects = [served('quarry-core', 'quarry'), served('quarry-named', 'quarry_named')];

  test('shows each line that changes, and says what nobody could tell', async () => {
    const scratch = await repository({ files: { [file]: whitelistText(entries) }, projects });
    const { code, stdout, stderr } = await runIn(scratch, ['approve', '--record-imports']);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `- ${file}:7: pypi:quarry-core: { approved: x }\n+ ${file}:7: pypi:quarry-core: { approved: x, imports: [quarry], importsOf: "1.0" }\n`,
    );
    expect(stderr).toContain('quarry-lost: nobody could tell its modules');
    expect(stderr).toContain('names of_a_person, which quarry-named 1.0 does not have');
    expect((await runIn(scratch, ['approve', '--record-imports'])).stdout).toBe('');
  });

  test.each([
    ['a package without a decision', ['pypi:quarry-new'], 'approve pypi:quarry-new --reason'],
    ['one whose modules nobody can tell', ['pypi:quarry-lost'], 'add them with --imports'],
    ['a package that is imported by its own name', ['npm:zod'], 'There is nothing to record'],
    [
      'a flag of a decision',
      ['pypi:quarry-core', '--reason', 'x'],
      '--reason is not allowed with --record-imports',
    ],
  ])('%s is refused', async (_, words, says) => {
    const scratch = await repository({ files: { [file]: whitelistText(entries) }, projects });
    const { code, stderr } = await runIn(scratch, ['approve', '--record-imports', ...words]);
    expect([code, stderr.includes(says)]).toEqual([2, true]);
    expect(scratch.read(file)).toBe(whitelistText(entries));
  });
});

test('without a whitelist there is nothing to record in: init writes one', async () => {
  const scratch = await repository({ files: { 'requirements.txt': 'quarry-core\n' } });
  const { code, stderr } = await runIn(scratch, ['approve', '--record-imports', '--offline']);
  expect([code, stderr.includes('Run: vetted-imports init'), scratch.has(file)]).toEqual([2, true, false]);
});

test('an index that serves HTML alone tells the modules too', async () => {
  const link: ProjectFile = {
    filename: 'quarry_core-2.0-py3-none-any.whl',
    contents: { 'quarry/__init__.py': '' },
  };
  const older: ProjectFile = {
    filename: 'quarry_core-1.9-py3-none-any.whl',
    contents: { 'older/__init__.py': '' },
  };
  const scratch = await repository({
    files: { [file]: whitelistText({}) },
    projects: [['quarry-core', { files: [link, older] }]],
    dialect: 'html',
  });
  await runIn(scratch, ['approve', 'pypi:quarry-core', '--reason', 'x']);
  expect(scratch.read(file)).toContain('imports: [quarry], importsOf: "2.0"');
});
