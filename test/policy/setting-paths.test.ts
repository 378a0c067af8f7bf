import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/*
 * A path in a setting is one file for every command, however it is written: git's trees know a file by one name, and an
 * operating system by many.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

const config = '.check-importsrc.yaml';
const file = 'team/w.yaml';
const spellings = [
  './team/w.yaml',
  'team//w.yaml',
  'team/./w.yaml',
  './/team/.//w.yaml',
  'team/w.yaml/',
  'team/w.yaml/.',
];

/** A whitelist that denies npm:ddd, in the form in which commands write it. */
let denial = '';
beforeAll(async () => {
  using scratch = await Scratch.with({ 'a.js': '', [config]: `whitelist: ${file}\n` });
  await runIn(scratch, ['deny', 'npm:ddd', '--reason', 'unmaintained']);
  denial = scratch.read(file);
});

/** Where a path is written: the files of a project in which ddd is denied, and the flags of its commands. */
interface Setting {
  readonly files: (path: string) => Files;
  readonly flags: (path: string) => readonly string[];
}

const settings: readonly (readonly [name: string, Setting])[] = [
  [
    'whitelist of the config',
    { files: (path) => ({ [config]: yaml('whitelist', path), [file]: denial }), flags: () => [] },
  ],
  [
    'extends of the config',
    { files: (path) => ({ [config]: yaml('extends', [path]), [file]: denial }), flags: () => [] },
  ],
  [
    'extends of the whitelist',
    {
      files: (path) => ({ 'approved-packages.yaml': yaml('extends', [path]), [file]: denial }),
      flags: () => [],
    },
  ],
  [
    '--config',
    {
      files: () => ({ [file]: yaml('whitelist', 'other.yaml'), 'other.yaml': denial }),
      flags: (path) => ['--config', path],
    },
  ],
];

function yaml(key: string, value: string | readonly string[]): string {
  return `${key}: ${JSON.stringify(value)}\n`;
}

/** A project whose manifest declares ddd: without the denial, an import of it passes. */
async function project(files: Files): Promise<Scratch> {
  const scratch = await Scratch.with({
    'package.json': '{ "private": true, "dependencies": { "ddd": "1" } }\n',
    ...files,
  });
  open.push(scratch);
  return scratch;
}

/** What each command says of a new import of ddd. */
async function answers(scratch: Scratch, flags: readonly string[]): Promise<Record<string, unknown>> {
  const base = (await scratch.git('rev-parse', 'HEAD')).trim();
  const text = 'import "ddd";\n';
  scratch.write({ 'a.js': text });
  await scratch.git('add', 'a.js');
  const said = async (args: readonly string[], stdin?: string) => {
    const run = [...args, ...flags, '--offline', '--format', 'concise'];
    const { code, stdout } = await runIn(scratch, run, stdin === undefined ? {} : { stdin });
    return [code, ...findingsIn(stdout)];
  };
  const before = {
    staged: await said(['--staged']),
    worktree: await said([]),
    paths: await said(['a.js']),
    all: await said(['--all']),
    stdin: await said(['--stdin', '--stdin-filename', 'a.js'], text),
  };
  await scratch.commitAll('change');
  const since = await said(['--since', base]);
  const byBase = await said(['--since', base, '--policy-from', 'base']);
  return { ...before, since, byBase };
}

const denied = [1, 'a.js:1:9 denied-package npm:ddd'];
const deniedEverywhere = {
  staged: denied,
  worktree: denied,
  paths: denied,
  all: [...denied, 'package.json:1:39 denied-package npm:ddd'],
  stdin: denied,
  since: denied,
  byBase: denied,
};

describe.each(settings)('%s: every command reads the same file', (_, { files, flags }) => {
  test.each([file, ...spellings])('%s', async (path) => {
    const scratch = await project(files(path));
    expect(await answers(scratch, flags(path))).toEqual(deniedEverywhere);
  });
});

describe('the whitelist that commands write is the one that checks read', () => {
  test.each([file, ...spellings])('%s', async (path) => {
    const scratch = await project({ [config]: yaml('whitelist', path), [file]: denial });
    const approve = ['approve', 'npm:eee', '--reason', 'tables', '--offline', '--stage'];
    const { code: done, stderr } = await runIn(scratch, approve);
    expect([done, stderr]).toEqual([0, expect.stringContaining(`Staged ${file}.\n`)]);
    scratch.write({ 'a.js': 'import "eee";\n' });
    await scratch.git('add', 'a.js');
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^team\/w\.yaml:\d+:1: warn policy-change /)]);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });
});

describe('a file that a command line names', () => {
  test.each(['a.js', './a.js', './/a.js', 'team/../a.js', 'a.js/.', '../repository/a.js'])(
    '%s',
    async (path) => {
      const scratch = await project({ [config]: yaml('whitelist', file), [file]: denial });
      scratch.write({ 'a.js': 'import "ddd";\n' });
      const concise = ['--offline', '--format', 'concise'];
      const { stdout: checked } = await runIn(scratch, [path, ...concise]);
      const stdin = ['--stdin', '--stdin-filename', path, ...concise];
      const { stdout: read } = await runIn(scratch, stdin, { stdin: 'import "ddd";\n' });
      await scratch.git('add', 'a.js');
      const { stdout: staged } = await runIn(scratch, ['--staged', path, ...concise]);
      expect([checked, read, staged].map(findingsIn)).toEqual(
        Array(3).fill(['a.js:1:9 denied-package npm:ddd']),
      );
    },
  );
});

describe('a path by way of a link', () => {
  /** A project whose whitelist stands behind a link to a folder. */
  async function linked(target: string, name: string): Promise<Scratch> {
    const scratch = await project({ [config]: yaml('whitelist', `link/${name}`), [file]: denial });
    scratch.write({ '../outside/other.yaml': denial });
    symlinkSync(target, join(scratch.root, 'link'));
    await scratch.commitAll('link');
    return scratch;
  }

  test('inside of the repository is the file that it leads to', async () => {
    expect(await answers(await linked('team', 'w.yaml'), [])).toEqual(deniedEverywhere);
  });

  test('out of it cannot be resolved, and nothing is written there', async () => {
    const scratch = await linked('../outside', 'other.yaml');
    for (const said of Object.values(await answers(scratch, [])))
      expect(said).toEqual(expect.arrayContaining([2, `${config}:1:1 fault whitelist`]));
    const approve = ['approve', 'npm:eee', '--reason', 'tables', '--offline'];
    const { code, stderr } = await runIn(scratch, approve);
    expect([code, stderr]).toEqual([2, expect.stringContaining('leads out of the repository')]);
    expect(scratch.read('../outside/other.yaml')).toBe(denial);
  });
});

test('another way of writing a path changes no policy', async () => {
  const scratch = await project({
    [config]: `${yaml('whitelist', file)}extends: [more.yaml]\n`,
    [file]: denial,
    'more.yaml': '',
  });
  scratch.write({ [config]: `${yaml('whitelist', `./${file}`)}extends: [./more.yaml]\n` });
  await scratch.git('add', '--all');
  expect(await runIn(scratch, ['--staged', '--offline'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('what an edit of a whitelist loosens is told, however its path is written', async () => {
  const scratch = await project({ [config]: yaml('whitelist', `./${file}`), [file]: denial });
  scratch.write({ [file]: '' });
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  expect(stdout).toContain('removed the denial of npm:ddd');
});

describe('ignorePaths', () => {
  const unapproved = { [config]: 'trust: whitelist\n', 'gen/x.js': '' };
  test.each(['gen/**', './gen/**', 'gen//**', './/gen//**'])('%s', async (glob) => {
    const scratch = await project({
      ...unapproved,
      [config]: `trust: whitelist\n${yaml('ignorePaths', [glob])}`,
    });
    scratch.write({ 'gen/x.js': 'import "zzz";\n' });
    await scratch.git('add', '--all');
    for (const args of [['--staged'], [], ['--since', 'HEAD']])
      expect(await runIn(scratch, [...args, '--offline'])).toEqual({ code: 0, stdout: '', stderr: '' });
    const { stdout } = await runIn(scratch, ['--all', '--offline', '--format', 'concise']);
    expect(stdout).not.toContain('zzz');
  });

  test('without it the import is seen', async () => {
    const scratch = await project(unapproved);
    scratch.write({ 'gen/x.js': 'import "zzz";\n' });
    await scratch.git('add', '--all');
    expect(await runIn(scratch, ['--staged', '--offline'])).toMatchObject({ code: 1 });
  });

  test('a new one stands at its line, and another way of writing it is none', async () => {
    const scratch = await project({ [config]: 'ignorePaths:\n  - gen/**\n' });
    scratch.write({ [config]: 'ignorePaths:\n  - ./gen/**\n  - ./dist//**\n' });
    await scratch.git('add', '--all');
    const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^\.check-importsrc\.yaml:3:1: .*added dist\/\*\* to ignorePaths/),
    ]);
  });
});

describe('a path that is none is a fault in every command', () => {
  const wrong = [
    '/team/w.yaml',
    '../w.yaml',
    'team/../w.yaml',
    'team\\w.yaml',
    '.git/w.yaml',
    'team/\u202ew.yaml',
    '.',
  ];
  const commands = [
    ['--staged'],
    [],
    ['--since', 'HEAD'],
    ['--all'],
    ['list'],
    ['approve', 'npm:a', '--reason', 'b'],
  ];
  test.each(wrong)('%j', async (path) => {
    const scratch = await project({ [config]: yaml('whitelist', path), [file]: denial });
    scratch.write({ 'a.js': 'import "ddd";\n' });
    await scratch.git('add', '--all');
    for (const args of commands)
      expect(await runIn(scratch, [...args, ...(args[0] === 'list' ? [] : ['--offline'])])).toMatchObject({
        code: 2,
      });
    const named = await runIn(scratch, ['--staged', '--config', path, '--offline', '--format', 'concise']);
    expect([named.code, named.stdout]).toEqual([
      2,
      expect.stringContaining('fault config the path of the config'),
    ]);
  });
});

test('--config that leads nowhere is a fault', async () => {
  const scratch = await project({});
  const { code, stdout } = await runIn(scratch, [
    '--all',
    '--config',
    './nowhere.yaml',
    '--format',
    'concise',
  ]);
  expect([code, stdout]).toEqual([2, expect.stringContaining('there is no such config file')]);
});
