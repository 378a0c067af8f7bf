import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* What the project uses already stops nobody: a program of every trusted base has to refer to the package. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

async function repository(files: Files): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

const whitelist = 'approved-packages.yaml';

interface Verdict {
  readonly code: number;
  /** `FILE RULE PACKAGE`, without the place in the file. */
  readonly findings: readonly string[];
}

async function judge(
  scratch: Scratch,
  args: readonly string[] = ['--staged'],
  stdin?: string,
): Promise<Verdict> {
  const options = [...args, '--offline', '--format', 'concise'];
  const { code, stdout } = await runIn(scratch, options, stdin === undefined ? {} : { stdin });
  return { code, findings: findingsIn(stdout).map((line) => line.replace(/:\d+:\d+ /, ' ')) };
}

/** A package for each row: what the base says of it, what the change adds, and what is found. */
interface Row {
  readonly base: Files;
  readonly change: Files;
  readonly found: readonly string[];
}

const inUse = (file: string, label: string) => [`${file} unreviewed-package ${label}`];
const stopped = (file: string, label: string) => [`${file} unapproved-package ${label}`];

const typeChecking = (name: string) =>
  `from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ${name}\n`;
const optional = (name: string) => `try:\n    import ${name}\nexcept ImportError:\n    ${name} = None\n`;
const notebook = (source: string) =>
  JSON.stringify({
    cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [source] }],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });

const rows: Readonly<Record<string, Row>> = {
  'a program that imports it': {
    base: { 'a.py': 'import row_one\n' },
    change: { 'a2.py': 'from row_one.part import x\n' },
    found: inUse('a2.py', 'pypi:row-one'),
  },
  'nothing: the package is new': {
    base: {},
    change: { 'b2.py': 'import row_two\n' },
    found: stopped('b2.py', 'pypi:row-two'),
  },
  'comments, texts and a longer name': {
    base: {
      'c.py': '# import row_three\n"""import row_three"""\nx = "row_three"\n',
      'c.md': 'import row_three\n',
      'c3.py': 'import row_three_more\n',
    },
    change: { 'c2.py': 'import row_three\n' },
    found: stopped('c2.py', 'pypi:row-three'),
  },
  'the package under another module’s name': {
    base: { 'd.py': 'import yaml\n' },
    change: { 'd2.py': 'import yaml.nodes\n' },
    found: inUse('d2.py', 'pypi:pyyaml'),
  },
  'another package of the same folder of names': {
    base: { 'e.py': 'from google.cloud import storage\n' },
    change: { 'e2.py': 'from google.cloud import bigquery\n' },
    found: stopped('e2.py', 'pypi:google-cloud-bigquery'),
  },
  'types, where the change runs it': {
    base: { 'f.py': typeChecking('row_six'), 'f.ts': 'import type { A } from "row-six-js";\n' },
    change: { 'f2.py': 'import row_six\n', 'f2.ts': 'import { A } from "row-six-js";\nnew A();\n' },
    found: [...stopped('f2.py', 'pypi:row-six'), ...stopped('f2.ts', 'npm:row-six-js')],
  },
  'types, where the change takes types': {
    base: { 'g.py': typeChecking('row_seven'), 'g.ts': 'import type { A } from "row-seven-js";\n' },
    change: { 'g2.py': typeChecking('row_seven'), 'g2.ts': 'import type { B } from "row-seven-js";\n' },
    found: [...inUse('g2.py', 'pypi:row-seven'), ...inUse('g2.ts', 'npm:row-seven-js')],
  },
  'something that it can do without, where the change can’t': {
    base: { 'h.py': optional('row_eight') },
    change: { 'h2.py': 'import row_eight\n' },
    found: stopped('h2.py', 'pypi:row-eight'),
  },
  'something that both can do without': {
    base: { 'i.py': optional('row_nine') },
    change: { 'i2.py': optional('row_nine') },
    found: inUse('i2.py', 'pypi:row-nine'),
  },
  'a type in one place and the program in another': {
    base: { 'j.py': typeChecking('row_ten') + optional('row_ten') },
    change: { 'j2.py': `${typeChecking('row_ten')}${optional('row_ten')}` },
    found: inUse('j2.py', 'pypi:row-ten'),
  },
  'a cell of a notebook': {
    base: { 'k.ipynb': notebook('import os\nimport row_eleven') },
    change: { 'k2.py': 'import row_eleven\n' },
    found: inUse('k2.py', 'pypi:row-eleven'),
  },
  'a script without an extension': {
    base: { 'bin/run': '#!/usr/bin/env python3\nimport row_twelve\n' },
    change: { 'l2.py': 'import row_twelve\n' },
    found: inUse('l2.py', 'pypi:row-twelve'),
  },
  'require, where the change imports': {
    base: { 'm.cjs': 'require("row-13/sub");\n' },
    change: { 'm2.mjs': 'import "row-13";\nawait import("row-13/other");\n' },
    found: inUse('m2.mjs', 'npm:row-13'),
  },
  'a scope’s other package': {
    base: { 'n.js': 'import "@row-14/a";\n' },
    change: { 'n2.js': 'import "@row-14/b";\n' },
    found: stopped('n2.js', 'npm:@row-14/b'),
  },
  'a file that the base ignores': {
    base: { 'vendored/o.py': 'import row_fifteen\n' },
    change: { 'o2.py': 'import row_fifteen\n' },
    found: stopped('o2.py', 'pypi:row-fifteen'),
  },
  'a module of its own, which the change removes': {
    base: { 'row_sixteen.py': '', 'p.py': 'import row_sixteen\n' },
    change: { 'row_sixteen.py': '', 'p2.py': 'import row_sixteen\n' },
    found: stopped('p2.py', 'pypi:row-sixteen'),
  },
  'a program that only the change holds, twice': {
    base: {},
    change: { 'q1.py': 'import row_17\n', 'q2.py': 'import row_17\n' },
    found: [...stopped('q1.py', 'pypi:row-17'), ...stopped('q2.py', 'pypi:row-17')],
  },
  'a dependency line, which installs what the base only names': {
    base: { 'examples/r.py': 'import row_18\n' },
    change: { 'requirements.txt': 'row-18\nflask\n' },
    found: stopped('requirements.txt', 'pypi:row-18'),
  },
  'what is denied': {
    base: { 's.py': 'import row_19\n' },
    change: { 's2.py': 'import row_19\n' },
    found: ['s2.py denied-package pypi:row-19'],
  },
  'what is approved no more': {
    base: { 't.py': 'import row_20\n' },
    change: { 't2.py': 'import row_20\n' },
    found: ['t2.py expired-approval pypi:row-20'],
  },
  'what is requested': {
    base: { 'u.py': 'import row_21\n' },
    change: { 'u2.py': 'import row_21\n' },
    found: inUse('u2.py', 'pypi:row-21'),
  },
  'longer words that begin or end as the name does': {
    base: { 'v.cjs': 'require("row22more");\nrequire("morerow22");\nrequire("row22_more");\n' },
    change: { 'v2.mjs': 'import "row22";\n' },
    found: stopped('v2.mjs', 'npm:row22'),
  },
  'a longer name of which it is a word': {
    base: { 'w.cjs': 'require("row23-more");\nrequire("@row23/more");\n' },
    change: { 'w2.mjs': 'import "row23";\n' },
    found: stopped('w2.mjs', 'npm:row23'),
  },
  'the name between other characters': {
    base: { 'x.mjs': 'import "npm:row24@1";\nimport "https://esm.sh/row25@1.2.3";\n' },
    change: { 'x2.mjs': 'import "row24";\nimport "row25";\n' },
    found: [...inUse('x2.mjs', 'npm:row24'), ...inUse('x2.mjs', 'npm:row25')],
  },
  'the name behind a longer word that ends as it does': {
    base: { 'y.cjs': 'require("morerow26!row26");\n' },
    change: { 'y2.mjs': 'import "row26";\n' },
    found: inUse('y2.mjs', 'npm:row26'),
  },
};

const entries = {
  'pypi:flask': { approved: 'x' },
  'pypi:row-19': { denied: 'no' },
  'pypi:row-20': { approved: 'for a while', expires: '2026-01-01' },
  'pypi:row-21': { requested: 'please' },
};

const common: Files = {
  [whitelist]: whitelistText(entries),
  '.check-importsrc.yaml': 'ignorePaths: [vendored/**]\n',
  'requirements.txt': 'flask\n',
};

const merged = (files: readonly Files[]): Files =>
  Object.fromEntries(files.flatMap((one) => Object.entries(one)));

test('the base uses: each row has a package of its own', async () => {
  const all = Object.values(rows);
  const scratch = await repository({ ...common, ...merged(all.map(({ base }) => base)) });
  scratch.remove('row_sixteen.py');
  scratch.write(merged(all.map(({ change }) => change)));
  scratch.remove('row_sixteen.py');
  await scratch.git('add', '--all');
  // Settings of git that would change what `git grep` prints, or where it looks.
  for (const [name, value] of [
    ['color.ui', 'always'],
    ['grep.lineNumber', 'true'],
    ['grep.column', 'true'],
    ['grep.patternType', 'perl'],
    ['submodule.recurse', 'true'],
  ] as const)
    await scratch.git('config', name, value);
  const { code, findings } = await judge(scratch);
  expect(code).toBe(1);
  const found = Object.fromEntries(
    Object.entries(rows).map(([name, { change }]) => [
      name,
      findings.filter((line) => Object.keys(change).some((file) => line.startsWith(`${file} `))),
    ]),
  );
  expect(found).toEqual(Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.found])));
});

describe('scopes', () => {
  const use = { 'a.py': 'import row_one\n' };
  const change = { 'b.py': 'import row_one\n' };
  const warned = inUse('b.py', 'pypi:row-one');
  const old = inUse('a.py', 'pypi:row-one');

  test.each<[string, Files]>([
    ['with a whitelist', { [whitelist]: whitelistText({}) }],
    ['without one', {}],
    [
      'where manifests approve',
      { [whitelist]: whitelistText({}), '.check-importsrc.yaml': 'trust: manifests\n' },
    ],
  ])('%s', async (_, files) => {
    const scratch = await repository({ ...use, ...files });
    await scratch.git('tag', 'start');
    scratch.write(change);
    expect(await judge(scratch, [])).toEqual({ code: 0, findings: warned });
    expect(await judge(scratch, ['b.py', 'a.py'])).toEqual({ code: 0, findings: [...old, ...warned] });
    expect(await judge(scratch, ['--all'])).toEqual({ code: 1, findings: [...old, ...warned] });
    const buffer = ['--stdin', '--stdin-filename', 'c.py'];
    expect((await judge(scratch, buffer, 'import row_one\n')).findings).toEqual(
      inUse('c.py', 'pypi:row-one'),
    );
    await scratch.git('add', '--all');
    expect(await judge(scratch)).toEqual({ code: 0, findings: warned });
    expect(await judge(scratch, ['--max-warnings', '0', '--staged'])).toEqual({ code: 1, findings: warned });
    await scratch.commitAll('b');
    expect(await judge(scratch, ['--since', 'start'])).toEqual({ code: 0, findings: warned });
  });

  test.each<[string, Files, Files, readonly string[]]>([
    [
      'what the file itself takes types from',
      { 'b.py': typeChecking('row_one') },
      {},
      stopped('b.py', 'pypi:row-one'),
    ],
    ['twin: what another file runs', { 'b.py': typeChecking('row_one'), ...use }, {}, [...old, ...warned]],
    [
      'what the file itself imports, where the base ignores it',
      { ...change, '.check-importsrc.yaml': 'ignorePaths: [b.py]\n' },
      { '.check-importsrc.yaml': 'ignorePaths: []\n' },
      stopped('b.py', 'pypi:row-one'),
    ],
    ['twin: what the file itself imports', change, {}, warned],
  ])('the whole: %s', async (_, base, settings, found) => {
    const scratch = await repository({ [whitelist]: whitelistText({}), ...base });
    scratch.write({ ...change, ...settings });
    expect((await judge(scratch, ['--all'])).findings).toEqual(found);
  });

  test('before the first commit nothing is in use, nor outside of a repository', async () => {
    const scratch = new Scratch();
    open.push(scratch);
    scratch.write({ ...use, ...change });
    const stdin = ['--stdin', '--stdin-filename', 'c.py'];
    expect((await judge(scratch, stdin, 'import row_one\n')).findings).toEqual(
      stopped('c.py', 'pypi:row-one'),
    );
    await scratch.git('init', '--quiet');
    await scratch.git('add', '--all');
    const findings = [...stopped('a.py', 'pypi:row-one'), ...stopped('b.py', 'pypi:row-one')];
    expect(await judge(scratch)).toEqual({ code: 1, findings });
    expect(await judge(scratch, ['--all'])).toEqual({ code: 1, findings });
  });

  test('in a merge every parent has to use it', async () => {
    const scratch = await repository({ 'shared.py': 'import row_two\n' });
    await scratch.git('switch', '--quiet', '-c', 'side');
    scratch.write({ ...use, 'x.py': 'x = 1\n' });
    await scratch.commitAll('side');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({ 'x.py': 'x = 2\n' });
    await scratch.commitAll('main');
    await scratch.git('merge', '--quiet', 'side').catch(() => undefined);
    scratch.write({ 'x.py': 'import row_one\n', 'y.py': 'import row_two\n' });
    await scratch.git('add', '--all');
    const findings = [...stopped('x.py', 'pypi:row-one'), ...inUse('y.py', 'pypi:row-two')];
    expect(await judge(scratch)).toEqual({ code: 1, findings });
  });
});

describe('the base is read with its own settings', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'an entry of the change does not make a package of what the base imports',
      { 'a.py': 'import known_module\n' },
      {
        [whitelist]: whitelistText({
          'pypi:evil-kit': { requested: 'x', imports: ['known_module', 'evil_kit'] },
        }),
        'b.py': 'import evil_kit\n',
      },
      stopped('b.py', 'pypi:evil-kit'),
    ],
    [
      'what the base’s config calls local is no use of a package',
      { 'a.py': 'import generated\n', '.check-importsrc.yaml': 'localModules: [generated]\n' },
      { 'b.py': 'import generated\n', '.check-importsrc.yaml': 'localModules: []\n' },
      stopped('b.py', 'pypi:generated'),
    ],
    [
      'what the change ignores no more was ignored before',
      { 'old/a.py': 'import row_one\n', '.check-importsrc.yaml': 'ignorePaths: [old/**]\n' },
      { 'b.py': 'import row_one\n', '.check-importsrc.yaml': 'ignorePaths: []\n' },
      stopped('b.py', 'pypi:row-one'),
    ],
    [
      'twin: settings that speak of something else',
      { 'a.py': 'import row_one\n', '.check-importsrc.yaml': 'localModules: [generated]\n' },
      { 'b.py': 'import row_one\n', '.check-importsrc.yaml': 'localModules: []\n' },
      inUse('b.py', 'pypi:row-one'),
    ],
  ])('%s', async (_, base, change, found) => {
    const scratch = await repository({ [whitelist]: whitelistText({}), ...base });
    scratch.write(change);
    await scratch.git('add', '--all');
    const { findings } = await judge(scratch);
    expect(findings.filter((line) => line.startsWith('b.py '))).toEqual(found);
  });
});

describe('a dependency line of a package in use', () => {
  const locked = (source: string) =>
    `version = 1\n\n[[package]]\nname = "pyyaml"\nversion = "6.0"\nsource = ${source}\n`;
  const registry = '{ registry = "https://pypi.org/simple" }';

  test.each<[string, Files, string]>([
    ['installs it', {}, 'unapproved-package'],
    ['which a lockfile holds installs nothing', { 'uv.lock': locked(registry) }, 'unreviewed-package'],
    [
      'which a lockfile takes from elsewhere',
      { 'uv.lock': locked('{ git = "https://git.example/y" }') },
      'unapproved-package',
    ],
    ['whose lockfile is ignored', { 'fixtures/uv.lock': locked(registry) }, 'unapproved-package'],
  ])('%s', async (_, files, rule) => {
    const scratch = await repository({
      'requirements.txt': '',
      'examples/a.py': 'import yaml\n',
      '.check-importsrc.yaml': 'ignorePaths: [fixtures/**]\n',
      ...files,
    });
    scratch.write({ 'requirements.txt': 'pyyaml\n' });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect(findingsIn(stdout)).toEqual([`requirements.txt:1:1 ${rule} pypi:pyyaml`]);
    expect(stdout).toContain('examples/a.py:1 uses ');
    expect(stdout.includes('no lockfile')).toBe(rule === 'unapproved-package');
  });

  test('is no proof where the change itself brings the lockfile', async () => {
    const scratch = await repository({ 'requirements.txt': '', 'examples/a.py': 'import yaml\n' });
    scratch.write({ 'requirements.txt': 'pyyaml\n', 'uv.lock': locked(registry) });
    await scratch.git('add', '--all');
    expect((await judge(scratch)).findings).toEqual(stopped('requirements.txt', 'pypi:pyyaml'));
  });
});

test('where git has not got every object, the change stops and a note says why', async () => {
  const scratch = await repository({ 'a.py': 'import row_one\n', 'c.py': 'import row_two\n' });
  const oid = (await scratch.git('rev-parse', 'HEAD:a.py')).trim();
  scratch.remove(`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
  scratch.write({ 'b.py': 'import row_one as one\n', 'd.py': 'import row_two as two\n' });
  await scratch.git('add', 'b.py', 'd.py');
  const findings = [...stopped('b.py', 'pypi:row-one'), ...inUse('d.py', 'pypi:row-two')];
  expect(await judge(scratch)).toEqual({ code: 1, findings });
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json']);
  expect(stdout).toContain(
    `HEAD could not be searched completely, so a package that it uses may count as new`,
  );
  expect(stdout).toContain(oid);
});

test.each([
  ['a request', { requested: 'please' }, 'it is only requested (approved-packages.yaml:5)'],
  [
    'an approval without an answer',
    { approved: 'x', unverified: true },
    'was written while no registry answered',
  ],
])('%s is what --all says of a package in use', async (_, entry, sentence) => {
  const scratch = await repository({
    [whitelist]: whitelistText({ 'pypi:row-one': entry }),
    'a.py': 'import row_one\n',
  });
  const { code, stdout } = await runIn(scratch, ['--all', '--offline', '--format', 'concise']);
  expect(code).toBe(1);
  expect(findingsIn(stdout)).toEqual(['a.py:1:8 unreviewed-package pypi:row-one']);
  expect(stdout).toContain(sentence);
});

test('a request that an assistant may make is what the finding names in its environment', async () => {
  const scratch = await repository({ [whitelist]: whitelistText({}), 'a.py': 'import row_one\n' });
  scratch.write({ 'b.py': 'import row_one\n' });
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'json'], {
    env: { CLAUDECODE: '1' },
  });
  expect(stdout).toContain('request pypi:row-one');
});
