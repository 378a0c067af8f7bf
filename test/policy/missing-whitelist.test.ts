import { afterEach, describe, expect, test } from 'vitest';
import { runWithKeys } from '../kit/keys.ts';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* A whitelist that the config names and that is not there: nobody decided, whatever the path was meant to say. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

const config = '.check-importsrc.yaml';
const file = 'team/approved.yaml';
const named = { [config]: `lookup: off\nwhitelist: ${file}\n` };
/** A whitelist without a decision; the name of each is enough here. */
const empty = 'extends: []\n';

async function project(files: Files): Promise<Scratch> {
  const scratch = await Scratch.with({ 'package.json': '{ "private": true }\n', 'a.js': '', ...files });
  open.push(scratch);
  return scratch;
}

async function staged(files: Files, change: Files): Promise<Scratch> {
  const scratch = await project(files);
  scratch.write(change);
  await scratch.git('add', '--all');
  return scratch;
}

const lost = `${config}:2:1: fault whitelist “whitelist” names “${file}”, which does not exist.`;
const advice = `If it is not staged, \`git add ${file}\`; otherwise correct the path or create the file: \`vetted-imports init\`.`;

describe('is a fault in every check', () => {
  const checks: [args: string[], stdin?: string][] = [
    [['--staged']],
    [['hook', 'pre-commit']],
    [[]],
    [['--since', 'HEAD~1']],
    [['--since', 'HEAD~1', '--policy-from', 'base']],
    [['a.js']],
    [['--all']],
    [['--stdin', '--stdin-filename', 'a.js'], ''],
    [['--staged', '--exit-zero']],
    [['--staged', '--config', config]],
  ];
  test.each(checks)('%j', async (args, stdin) => {
    const scratch = await staged(named, { 'a.js': '1;\n' });
    await scratch.commitAll('second');
    scratch.write({ 'a.js': '2;\n' });
    await scratch.git('add', '--all');
    const format = args[0] === 'hook' ? [] : ['--offline', '--format', 'concise'];
    const { code, stdout } = await runIn(scratch, [...args, ...format], stdin === undefined ? {} : { stdin });
    expect(code).toBe(2);
    if (args[0] === 'hook') expect(stdout).toContain(`names “${file}”, which does not exist`);
    else expect(stdout).toContain(`${lost} ${advice}`);
  });

  test.each([['list'], ['explain', 'npm:lodash']])('%s', async (...args) => {
    const scratch = await project(named);
    const { code, stdout, stderr } = await runIn(scratch, args);
    expect([code, `${stdout}${stderr}`]).toEqual([
      2,
      expect.stringContaining(`names “${file}”, which does not exist`),
    ]);
  });

  test('also where a change takes it away', async () => {
    const scratch = await project({ ...named, [file]: empty });
    await scratch.git('rm', '--quiet', file);
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
    expect([code, stdout]).toEqual([2, expect.stringContaining(lost)]);
  });
});

describe('innocent are', () => {
  test.each([
    ['a whitelist that is there', { ...named, [file]: empty }],
    ['an empty one', { ...named, [file]: '' }],
    ['a config that names none', { [config]: 'lookup: off\n' }],
    ['no config', {}],
  ] satisfies [string, Files][])('%s', async (_, files) => {
    const scratch = await staged(files, { 'a.js': '1;\n' });
    for (const args of [['--staged'], [], ['--all'], ['--since', 'HEAD']])
      expect(await runIn(scratch, [...args, '--offline'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('what was meant', () => {
  const near = (path: string) => `Did you mean “${path}”?`;
  test.each([
    ['a letter is missing', 'team/aproved.yaml', { [file]: empty }, near(file)],
    ['another ending', 'team/approved.yml', { [file]: empty }, near(file)],
    ['another folder', 'approved.yaml', { [file]: empty }, near(file)],
    [
      'another folder, and several have it',
      'approved.yaml',
      { [file]: empty, 'other/approved.yaml': empty },
      'create the file',
    ],
    ['a file that is no whitelist', 'deps.yaml', { 'docs.yaml': 'pages: [a, b]\n' }, 'create the file'],
    ['a text of another kind', 'approved.yaml', { 'aproved.md': '' }, 'create the file'],
    ['ignored files', 'approved.yaml', { 'vendor/approved.yaml': empty }, 'create the file'],
  ] satisfies [string, string, Files, string][])('%s', async (_, path, files, expected) => {
    const scratch = await staged({ [config]: `whitelist: ${path}\n`, ...files }, { 'a.js': '1;\n' });
    for (const args of [['--staged'], [], ['--all'], ['--since', 'HEAD']]) {
      const { code, stdout } = await runIn(scratch, [...args, '--offline', '--format', 'concise']);
      expect([code, stdout]).toEqual([2, expect.stringContaining(expected)]);
    }
  });

  test('a file that extends is not meant', async () => {
    const scratch = await project({
      [config]: 'whitelist: aproved.yaml\nextends: [approved.yaml]\n',
      'approved.yaml': empty,
    });
    const { stdout } = await runIn(scratch, ['--all', '--format', 'concise']);
    expect(stdout).toContain('create the file');
  });

  test('one that git tracks and that is gone', async () => {
    const scratch = await project({ ...named, [file]: empty });
    scratch.remove(file);
    const { code, stdout } = await runIn(scratch, ['--format', 'concise']);
    expect([code, stdout]).toEqual([2, expect.stringContaining(`\`git restore ${file}\``)]);
    expect(await runIn(scratch, ['approve', 'npm:a', '--reason', 'b', '--offline'])).toMatchObject({
      code: 2,
    });
    expect(scratch.has(file)).toBe(false);
  });
});

describe('is made, with its folder, by', () => {
  const decisions = [
    ['approve', 'npm:zod', '--reason', 'schemas', '--offline'],
    ['deny', 'npm:zod', '--reason', 'schemas'],
    ['request', 'npm:zod', '--reason', 'schemas'],
  ];
  test.each([...decisions, ['init', '--yes']])('%s', async (...args) => {
    const scratch = await project({
      ...named,
      'package.json': '{ "private": true, "dependencies": { "zod": "3" } }\n',
    });
    expect(await runIn(scratch, args)).toMatchObject({ code: 0 });
    expect(scratch.read(file)).toContain('zod');
    await scratch.git('add', '--all');
    expect(await runIn(scratch, ['--staged', '--offline'])).toMatchObject({ code: 0 });
  });

  test('review', async () => {
    const scratch = await staged(
      { ...named, 'package.json': '{ "private": true }\n' },
      { 'a.js': 'import "zod";\n' },
    );
    const { code, screen } = await runWithKeys(
      scratch,
      ['review', '--offline', '--no-stage'],
      [
        ['What about npm:zod?', 'a'],
        ['Why is it approved?', 'schemas\r'],
      ],
    );
    expect([code, screen]).toEqual([0, expect.stringContaining('approved: npm:zod: {')]);
    expect(scratch.read(file)).toContain('zod');
  });

  test('none of them where another file is meant', async () => {
    const scratch = await project({ [config]: 'whitelist: team/aproved.yaml\n', [file]: empty });
    const commands = [...decisions, ['init', '--yes'], ['init', '--dry-run']];
    const runs = [...commands.map((args) => runIn(scratch, args)), reviewed(scratch)];
    for (const { code, stderr } of await Promise.all(runs))
      expect([code, stderr]).toEqual([2, expect.stringContaining(`Did you mean “${file}”?`)]);
    expect([scratch.has('team/aproved.yaml'), await scratch.git('status', '--porcelain')]).toEqual([
      false,
      '',
    ]);
  });

  test('prune has nothing to take away, and says why', async () => {
    const scratch = await project(named);
    const { code, stderr } = await runIn(scratch, ['prune', '--yes']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`names “${file}”, which does not exist`)]);
    expect(scratch.has(file)).toBe(false);
  });
});

/** `review` at a terminal, up to where it refuses. */
async function reviewed(scratch: Scratch): Promise<Pick<Finished, 'code' | 'stderr'>> {
  try {
    const { code, screen } = await runWithKeys(scratch, ['review', '--offline'], []);
    return { code, stderr: screen };
  } catch (error) {
    if (!(error instanceof Error) || !('next' in error)) throw error;
    return { code: 2, stderr: `${error.message}\n${String(error.next)}` };
  }
}

describe('the base', () => {
  test.each([[[]], [['--policy-from', 'base']]])(
    'a change that brings config and whitelist is innocent: %j',
    async (flags) => {
      const scratch = await project({});
      scratch.write({ ...named, [file]: empty, 'a.js': '1;\n' });
      await scratch.git('add', '--all');
      expect(await runIn(scratch, ['--staged', '--offline', '--format', 'concise', ...flags])).toMatchObject({
        code: 0,
      });
      await scratch.commitAll('linter');
      expect(await runIn(scratch, ['--since', 'HEAD~1', '--offline', ...flags])).toMatchObject({ code: 0 });
    },
  );

  test('that names a whitelist that is not there stops nobody but those whom it judges', async () => {
    const scratch = await staged(named, { [file]: empty, 'a.js': '1;\n' });
    expect(await runIn(scratch, ['--staged', '--offline'])).toMatchObject({ code: 0 });
    await scratch.commitAll('mended');
    const since = ['--since', 'HEAD~1', '--offline', '--format', 'concise'];
    expect(await runIn(scratch, since)).toMatchObject({ code: 0 });
    const judged = await runIn(scratch, [...since, '--policy-from', 'base']);
    expect([judged.code, judged.stdout]).toEqual([2, expect.stringContaining(lost)]);
  });
});
