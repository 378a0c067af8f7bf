import { afterEach, describe, expect, test } from 'vitest';
import { run, Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* `init` ends with what is to be committed; the command is run as it is printed. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const config = { '.check-importsrc': 'lookup: off\n' };
const declared = { ...config, 'requirements.txt': 'flask\n', 'app.py': 'import flask\n' };

const bringing = {
  'package.json': '{ "devDependencies": { "vetted-imports": "0.1.0" } }\n',
  'package-lock.json': '{ "packages": { "node_modules/vetted-imports": {} } }\n',
};

const frameworkConfig = `repos:
  - repo: https://github.com/vetted-imports/pre-commit
    rev: v0.1.0
    hooks:
      - id: check-imports-python
`;

test.each<
  [string, Readonly<Record<string, string>>, string, readonly string[], Readonly<Record<string, string>>?]
>([
  [
    'with the files that bring the tool, where they are not committed',
    { ...declared, 'package.json': '{}\n' },
    '.',
    ['.gitattributes', 'approved-packages.yaml', 'package-lock.json', 'package.json'],
    bringing,
  ],
  [
    'without them where they are, and without other changes',
    { ...declared, ...bringing },
    '.',
    ['.gitattributes', 'approved-packages.yaml'],
    { 'app.py': 'import flask # the web\n', 'web/package.json': '{}\n' },
  ],
  [
    'with the config by which the pre-commit framework brings the tool, where it is new',
    declared,
    '.',
    ['.gitattributes', '.pre-commit-config.yaml', 'approved-packages.yaml'],
    { '.pre-commit-config.yaml': frameworkConfig },
  ],
  [
    'with that config where it is changed',
    { ...declared, '.pre-commit-config.yaml': 'repos: []\n' },
    '.',
    ['.gitattributes', '.pre-commit-config.yaml', 'approved-packages.yaml'],
    { '.pre-commit-config.yaml': frameworkConfig },
  ],
  [
    'without that config where it is committed, and without one that the framework does not read',
    { ...declared, '.pre-commit-config.yaml': frameworkConfig },
    '.',
    ['.gitattributes', 'approved-packages.yaml'],
    { 'web/.pre-commit-config.yaml': frameworkConfig },
  ],
  ['a hook of git, which is not committed', declared, '.', ['.gitattributes', 'approved-packages.yaml']],
  [
    'a hook in a tracked file, from a folder below',
    {
      ...declared,
      'lefthook.yml': 'pre-commit:\n  commands:\n    lint:\n      run: "true"\n',
      'web/a.txt': '',
    },
    'web',
    ['.gitattributes', 'approved-packages.yaml', 'lefthook.yml'],
  ],
])('%s', async (_, files, cwd, committed, change = {}) => {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  scratch.write(change);
  const done = await runIn(scratch, ['init', '--yes'], { cwd });
  const [, command = ''] = /^Commit it: (.*)$/m.exec(done.stdout) ?? [];
  const where = { cwd: `${scratch.root}/${cwd}`, env: { ...scratch.env, GIT_EDITOR: 'echo linter >' } };
  await scratch.git('config', 'core.hooksPath', '/dev/null');
  expect(await run('sh', ['-c', command], where), command).toMatchObject({ code: 0 });
  const names = await scratch.git('show', '--format=', '--name-only');
  expect(names.split('\n').filter(Boolean)).toEqual(committed);
  expect(done.stdout).not.toContain('review');
  expect((await runIn(scratch, ['init', '--yes'])).stdout).not.toContain('Commit it');
});

const shop = { ...config, 'package.json': '{ "dependencies": { "lodash": "4" } }\n' };
const changedShop = { 'package.json': '{ "dependencies": { "lodash": "4", "undici": "7" } }\n' };

test('what came since the last commit is told as that, and to be decided before the commit', async () => {
  const scratch = await Scratch.with(shop);
  open.push(scratch);
  scratch.write(changedShop);
  const { stdout } = await runIn(scratch, ['init', '--yes']);
  expect(stdout).toMatch(
    /^New since the last commit\. They are requested, not approved\. To decide: .* review\n {2}npm:undici {2}declared in package\.json:1 since the last commit \(not-asked\)$/m,
  );
  expect(stdout).not.toContain('declared nowhere');
  expect(stdout.trimEnd().split('\n').slice(-2)).toEqual([
    'Decide about 1 requested package: vetted-imports review',
    expect.stringMatching(/^Then commit it: git add /),
  ]);
});

test('before the first commit, programs count that git does not track yet', async () => {
  const scratch = new Scratch();
  open.push(scratch);
  await scratch.git('init', '--quiet');
  scratch.write({ ...declared, 'b.py': 'import numpy_utils\n' });
  const { stdout } = await runIn(scratch, ['init', '--yes']);
  expect(stdout).toMatch(/^In use before the first commit\. .*\n {2}pypi:numpy-utils {2}in use in b\.py:1/m);
  expect(stdout).not.toContain('pypi:flask  in use');
});

test('where packages are requested that the base uses, review is named at the end', async () => {
  const scratch = await Scratch.with({ ...declared, 'b.py': 'import numpy_utils\n' });
  open.push(scratch);
  const { stdout } = await runIn(scratch, ['init', '--yes']);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    'Then decide about 1 requested package: vetted-imports review',
  );
});

describe('a whitelist that is there gets the approval of this tool', () => {
  const file = 'approved-packages.yaml';
  const lodash = { 'npm:lodash': { baseline: '2026-01-02' } };
  const own = { approved: 'checks imports before every commit', ...byAda, date: '2026-11-23' };
  const denied = { denied: 'no', ...byAda };
  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, WhitelistFields>>, boolean]>([
    ['where a package.json brings it', bringing, lodash, true],
    ['not where none does', {}, lodash, false],
    ['not where it is decided about', bringing, { 'npm:vetted-imports': denied }, false],
  ])('%s', async (_, change, entries, isAdded) => {
    const scratch = await Scratch.with({ ...shop, [file]: whitelistText(entries) });
    open.push(scratch);
    scratch.write(change);
    await runIn(scratch, ['init', '--yes']);
    const added = isAdded ? { 'npm:vetted-imports': own } : {};
    expect(scratch.read(file)).toBe(whitelistText({ ...entries, ...added }));
    await scratch.git('add', '--all');
    if (isAdded) expect((await runIn(scratch, ['check', '--staged'])).code).toBe(0);
    const again = await runIn(scratch, ['init', '--yes']);
    expect(again.stdout).toContain(`${file} is there already and stays as it is.`);
  });
});

test('where a file can’t be written, what was written before is told', async () => {
  const scratch = await Scratch.with(declared);
  open.push(scratch);
  scratch.write({ '.git/hooks/pre-commit/README': '' });
  const { code, stdout, stderr } = await runIn(scratch, ['init', '--yes']);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/pre-commit.* can’t be written \(EISDIR\)/)]);
  expect(stdout.match(/^Wrote .*$/gm)).toEqual(['Wrote approved-packages.yaml', 'Wrote .gitattributes']);
  expect(stdout).not.toContain('Commit it');
});

describe('the pre-commit framework’s config', () => {
  const name = '.pre-commit-config.yaml';

  test('that has an empty list gets the hook, and the list back', async () => {
    const scratch = await Scratch.with({ ...declared, [name]: 'repos: []\n' });
    open.push(scratch);
    expect((await runIn(scratch, ['init', '--yes'])).code).toBe(0);
    expect(scratch.read(name)).toContain('  - repo: ');
    await runIn(scratch, ['init', '--remove', '--yes']);
    expect(scratch.read(name)).toBe('repos: []\n');
  });

  test('that can’t be edited: the manual step is the only one that is named', async () => {
    const scratch = await Scratch.with({ ...declared, [name]: 'repos: [{ repo: local, hooks: [] }]\n' });
    open.push(scratch);
    const { code, stdout, stderr } = await runIn(scratch, ['init', '--yes']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('by hand')]);
    expect(stdout).not.toMatch(/The hook goes to|^Run: /m);
    expect((await runIn(scratch, ['init', '--check'])).stdout).toContain('\nRun: vetted-imports init\n');
  });
});

describe('--remove ends with what is to be committed, and what stays', () => {
  const lefthook = { 'lefthook.yml': 'pre-commit:\n  commands:\n    lint:\n      run: "true"\n' };
  const policyStays =
    'approved-packages.yaml and its line in .gitattributes stay. To take them away too: COMMAND init --remove --whitelist';
  const unconfigured = Object.fromEntries(
    Object.entries(declared).filter(([name]) => name !== '.check-importsrc'),
  );
  const configStays =
    '.check-importsrc stays. If the tool goes for good, remove it by hand: hooks of other clones ask for the tool while it is there.';
  const clonesStay = 'git clones no hooks, so other clones have their own. In each: COMMAND init --remove';
  const installedClonesStay = clonesStay.replace(
    'In each',
    'In each, before its packages are installed again',
  );
  const dependency = 'package.json names vetted-imports. To take that away too: npm uninstall vetted-imports';

  test.each<
    [string, Readonly<Record<string, string>>, readonly string[], readonly string[], readonly string[]]
  >([
    ['a hook of git, which is not committed', declared, [], [], [policyStays, configStays, clonesStay]],
    [
      'a hook in a tracked file',
      { ...declared, ...lefthook },
      [],
      ['lefthook.yml'],
      [policyStays, configStays],
    ],
    [
      'a dependency',
      { ...declared, ...bringing },
      [],
      [],
      [policyStays, configStays, dependency, installedClonesStay],
    ],
    [
      'the whitelist too',
      declared,
      ['--whitelist'],
      ['.gitattributes', 'approved-packages.yaml'],
      [configStays, clonesStay],
    ],
    ['no config', unconfigured, [], [], [policyStays, clonesStay]],
    [
      'a config in a manifest',
      { ...unconfigured, 'package.json': '{ "check-imports": { "lookup": "off" } }\n' },
      [],
      [],
      [policyStays, configStays.replace('.check-importsrc', 'The config in package.json'), clonesStay],
    ],
    [
      'the jobs of CI',
      { ...unconfigured, '.github/workflows/vetted-imports.yml': 'on: push\n' },
      [],
      [],
      [
        policyStays,
        '.github/workflows/vetted-imports.yml stays. To take it away too: COMMAND init --ci github --remove',
        clonesStay,
      ],
    ],
    [
      'what else sets it up, and what does not',
      {
        ...unconfigured,
        'package.json':
          '{\n  "devDependencies": { "vetted-imports": "0.1.0" },\n  "scripts": { "imports": "vetted-imports --all" }\n}\n',
        'README.md': 'We used vetted-imports.\n',
        'web/pyproject.toml': '[tool.check-imports]\nlookup = "off"\n',
        'pricing/app.py': 'import os\n# check-imports: ignore[hosttools] the host brings it\n',
        'pricing/main.js': "import 'x'; // check-imports: ignore[x] the host brings it\n",
      },
      [],
      [],
      [
        policyStays,
        dependency,
        'These lines set the tool up, too. If it goes for good, remove them by hand:',
        '  package.json:3',
        '  web/pyproject.toml:1',
        'Comments that ignore a line stay. Without the tool they do nothing:',
        '  pricing/app.py:2',
        '  pricing/main.js:1',
        installedClonesStay,
      ],
    ],
  ])('%s', async (_, files, flags, committed, stays) => {
    const scratch = await Scratch.with(files);
    open.push(scratch);
    await runIn(scratch, ['init', '--yes']);
    await scratch.commitAll('adopt');
    const { stdout } = await runIn(scratch, ['init', '--remove', '--yes', ...flags]);
    const [, said = ''] = stdout.split('Commits are no longer checked.\n');
    const lines = said.split('\n').filter((line) => line !== '' && !line.startsWith('Commit it: '));
    expect(lines.map((line) => line.replace(/(?<=: ).*vetted-imports(?= init)/, 'COMMAND'))).toEqual(stays);
    const [, command = ''] = /^Commit it: (.*)$/m.exec(said) ?? [];
    expect(command !== '').toBe(committed.length > 0);
    if (command === '') return;
    const where = { cwd: scratch.root, env: { ...scratch.env, GIT_EDITOR: 'echo linter >' } };
    expect(await run('sh', ['-c', command], where), command).toMatchObject({ code: 0 });
    const names = await scratch.git('show', '--format=', '--name-only');
    expect(names.split('\n').filter(Boolean)).toEqual(committed);
    expect(await scratch.git('status', '--porcelain')).toBe('');
  });

  test('innocent: what git never had is not to be committed', async () => {
    const scratch = await Scratch.with(declared);
    open.push(scratch);
    await runIn(scratch, ['init', '--yes']);
    const { stdout } = await runIn(scratch, ['init', '--remove', '--whitelist', '--yes']);
    expect(stdout).not.toContain('Commit it');
  });
});

describe('a call that a person wrote stays, and what is said of it fits its place', () => {
  const framework = '#!/bin/sh\n# https://pre-commit.com\n';
  const script = '#!/bin/sh\nvetted-imports hook pre-commit || exit $?\n';
  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'the config of the pre-commit framework',
      { ...declared, '.pre-commit-config.yaml': frameworkConfig },
      framework,
      'Commits are checked: .pre-commit-config.yaml calls vetted-imports (pre-commit).\nRemove the call by hand.\n',
    ],
    [
      'a script of git, which simple-git-hooks may have written',
      declared,
      script,
      'Commits are checked: .git/hooks/pre-commit calls vetted-imports (git).\nRemove the call by hand, or let the hook manager write its hooks again (`npx --no -- simple-git-hooks`).\n',
    ],
  ])('%s', async (_, files, hook, said) => {
    const scratch = await Scratch.with(files);
    open.push(scratch);
    for (const name of ['pre-commit', 'pre-merge-commit']) scratch.write({ [`.git/hooks/${name}`]: hook });
    await run('chmod', ['+x', '.git/hooks/pre-commit', '.git/hooks/pre-merge-commit'], {
      cwd: scratch.root,
      env: scratch.env,
    });
    expect((await runIn(scratch, ['init', '--remove', '--yes'])).stdout).toContain(said);
  });
});
