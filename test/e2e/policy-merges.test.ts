import { array, object, parse, string } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/model/status.ts';
import { observe } from '../kit/observe.ts';
import { Scratch } from '../kit/scratch.ts';
import { entryOf, entriesText } from '../kit/entries.ts';
import { runIn } from '../kit/world.ts';

/*
 * What a merge loosens: against each of its parents, and what one of them had taken away and it gives back. The hook
 * tells of the merge that is made, a range of every merge in it.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const [whitelist, config] = ['approved-packages.yaml', '.check-importsrc.yaml'];
const approved = (label: string, fields: Partial<Entry> = {}) =>
  entryOf('approved', label, { reason: 'needed', ...fields });
const denied = (label: string) => entryOf('denied', label, { reason: 'no' });

/** What a state says, and whatever else tells it from the others. */
interface State {
  readonly entries: readonly Entry[];
  readonly config?: string;
}

async function filesOf({ entries, config: text = 'lookup: on\n' }: State): Promise<Record<string, string>> {
  return { [whitelist]: await entriesText(entries), [config]: text };
}

/** A repository in which `main` merges `side`, and that is not committed yet. */
async function merging(states: Record<'fork' | 'main' | 'side' | 'merged', State>): Promise<Scratch> {
  const scratch = await Scratch.with({ 'app.py': 'import os\n', ...(await filesOf(states.fork)) });
  open.push(scratch);
  await scratch.git('branch', 'fork');
  for (const branch of ['side', 'main'] as const) {
    await scratch.git('switch', '--quiet', ...(branch === 'side' ? ['--create', 'side'] : ['main']));
    scratch.write({ ...(await filesOf(states[branch])), [`${branch}.txt`]: branch });
    await scratch.commitAll(branch);
  }
  await scratch.git('merge', '--quiet', '--no-commit', '--strategy', 'ours', 'side');
  scratch.write(await filesOf(states.merged));
  await scratch.git('add', '--all');
  return scratch;
}

const reportSchema = object({ policyChanges: array(object({ what: string() })) });

async function told(scratch: Scratch, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await runIn(scratch, [...args, '--offline', '--format', 'json']);
  return parse(reportSchema, JSON.parse(stdout)).policyChanges.map(({ what }) => what);
}

const a = (fields: Partial<Entry> = {}) => [approved('pypi:a', fields)];
const registry = (host: string) => `registries: { npm: 'https://${host}.example/' }\n`;

describe('against each parent, whatever the old values were', () => {
  test.each<[string, State, State, State, State, readonly string[]]>([
    [
      'an end',
      { entries: a({ expires: '2027-01-01' }) },
      { entries: a({ expires: '2027-01-15' }) },
      { entries: a({ expires: '2027-02-01' }) },
      { entries: a() },
      ['removed the expiry date of the approval of pypi:a (2027-01-15)'],
    ],
    [
      'a module',
      { entries: a() },
      { entries: a({ imports: ['x'] }) },
      { entries: a({ imports: ['y'] }) },
      { entries: a({ imports: ['x', 'y', 'z'] }) },
      ['lets pypi:a provide z'],
    ],
    [
      'a registry',
      { entries: a() },
      { entries: a(), config: registry('one') },
      { entries: a(), config: registry('two') },
      { entries: a(), config: registry('three') },
      ['changed the registry of npm from https://one.example/ to https://three.example/'],
    ],
    [
      'an approval of what one parent denies and the other one does not know',
      { entries: [] },
      { entries: [denied('npm:evil')] },
      { entries: a() },
      { entries: [...a(), approved('npm:evil')] },
      ['approved npm:evil, which was denied'],
    ],
    [
      'a scope, of which one parent denies a package',
      { entries: [] },
      { entries: [denied('npm:@a/x')] },
      { entries: a() },
      { entries: [...a(), approved('npm:@a/*')] },
      ['removed the denial of npm:@a/x: npm:@a/* is approved', 'approved npm:@a/*'],
    ],
    [
      'a scope, of which one parent denies a package and the other one no longer does',
      { entries: [denied('npm:@a/x')] },
      { entries: [...a(), denied('npm:@a/x')] },
      { entries: [] },
      { entries: [...a(), approved('npm:@a/*')] },
      ['removed the denial of npm:@a/x: npm:@a/* is approved', 'approved npm:@a/*'],
    ],
    [
      'a rule',
      { entries: a(), config: 'rules: { unclear-import: warn }\n' },
      { entries: a(), config: 'rules: { unclear-import: error }\n' },
      { entries: a(), config: 'rules: { unclear-import: warn, policy-change: error }\n' },
      { entries: a(), config: 'rules: { unclear-import: off, policy-change: error }\n' },
      ['lowered the rule unclear-import from error to off'],
    ],
  ])('%s', async (...[, fork, main, side, merged, expected]) => {
    const scratch = await merging({ fork, main, side, merged });
    expect(new Set(await told(scratch, '--staged'))).toEqual(new Set(expected));
    const env = { CLAUDECODE: '1' };
    expect((await runIn(scratch, ['--staged', '--offline'], { env })).code).toBe(1);
  });

  test.each<[string, State, State, State, State]>([
    [
      'modules of both parents',
      { entries: a() },
      { entries: a({ imports: ['x'] }) },
      { entries: a({ imports: ['y'] }) },
      { entries: a({ imports: ['x', 'y'] }) },
    ],
    [
      'what either parent approved, extended, or no longer denies',
      { entries: [...a({ expires: '2027-01-01' }), denied('npm:request')] },
      { entries: [...a({ expires: '2027-03-01' }), denied('npm:request')] },
      { entries: [...a({ expires: '2027-01-01' }), approved('npm:lodash')] },
      { entries: [...a({ expires: '2027-03-01' }), approved('npm:lodash')] },
    ],
    [
      'what either parent took away',
      { entries: [...a(), approved('npm:lodash')] },
      { entries: a() },
      { entries: [approved('npm:lodash')] },
      { entries: [] },
    ],
    [
      'settings of both parents',
      { entries: a() },
      { entries: a(), config: 'localModules: [one]\n' },
      { entries: a(), config: 'extends: []\nlocalModules: [two]\n' },
      { entries: a(), config: 'extends: []\nlocalModules: [one, two]\n' },
    ],
    [
      'an end that both parents gave, of which the earlier one stays',
      { entries: a() },
      { entries: a({ expires: '2027-01-01' }) },
      { entries: a({ expires: '2027-03-01' }) },
      { entries: a({ expires: '2027-01-01' }) },
    ],
  ])('nothing of %s', async (...[, fork, main, side, merged]) => {
    const scratch = await merging({ fork, main, side, merged });
    expect(await told(scratch, '--staged')).toEqual([]);
  });
});

const [lodash, request] = [approved('npm:lodash'), denied('npm:request')];

/** A state that one branch has taken something away from, and the merge that gives it back. */
const back: [string, State, State, readonly string[]][] = [
  ['an approval', { entries: [...a(), lodash] }, { entries: a() }, ['approved npm:lodash']],
  [
    'the absence of a denial',
    { entries: a() },
    { entries: [...a(), request] },
    ['removed the denial of npm:request'],
  ],
  [
    'the absence of an end',
    { entries: a() },
    { entries: a({ expires: '2027-01-01' }) },
    ['removed the expiry date of the approval of pypi:a (2027-01-01)'],
  ],
  ['a module', { entries: a({ imports: ['x'] }) }, { entries: a() }, ['lets pypi:a provide x']],
  ['a source', { entries: a({ source: './a' }) }, { entries: a() }, ['lets pypi:a come from ./a']],
  [
    'trusted assistants',
    { entries: a(), config: 'assistants: trusted\n' },
    { entries: a(), config: 'assistants: ask\n' },
    ['set assistants to trusted'],
  ],
];

const inEither = back.flatMap((row): ['main' | 'side', ...typeof row][] => [
  ['main', ...row],
  ['side', ...row],
]);

describe('what one parent had taken away', () => {
  test.each(inEither)('in %s: %s', async (...[branch, , fork, taken, expected]) => {
    const states = { fork, main: fork, side: fork, merged: fork, [branch]: taken };
    const scratch = await merging(states);
    expect(await told(scratch, '--staged')).toEqual(expected);
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'merge');
    scratch.write({ 'later.txt': 'later' });
    await scratch.commitAll('later');
    expect(await told(scratch, '--since', 'fork')).toEqual(expected);
    expect(await told(scratch, '--since', 'HEAD~1')).toEqual([]);
  });

  test.each(inEither)(
    'in %s: nothing is told of a merge that leaves it so: %s',
    async (...[branch, , fork, taken]) => {
      const scratch = await merging({ fork, main: fork, side: fork, merged: taken, [branch]: taken });
      expect(await told(scratch, '--staged')).toEqual([]);
    },
  );

  test('a later commit takes it away again', async () => {
    const states = { fork: { entries: [...a(), lodash] }, main: { entries: [...a(), lodash] } };
    const scratch = await merging({
      ...states,
      side: { entries: a() },
      merged: { entries: [...a(), lodash] },
    });
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'merge');
    scratch.write({ [whitelist]: await entriesText(a()) });
    await scratch.commitAll('without lodash');
    expect(await told(scratch, '--since', 'fork')).toEqual([]);
  });

  test('a state that nobody can read is named, and nothing is made of it', async () => {
    const states = { fork: { entries: a() }, main: { entries: a() }, merged: { entries: a() } };
    const scratch = await merging({ ...states, side: { entries: [...a(), lodash] } });
    await scratch.git('merge', '--abort');
    await scratch.git('switch', '--quiet', 'side');
    scratch.write({ [whitelist]: 'packages: [\n' });
    await scratch.commitAll('broken');
    const broken = (await scratch.git('rev-parse', 'HEAD')).slice(0, 12);
    await scratch.git('switch', '--quiet', 'main');
    await scratch.git('merge', '--quiet', '--no-commit', '--strategy', 'ours', 'side');
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'merge');
    const { code, stdout } = await runIn(scratch, ['--since', 'fork', '--offline', '--format', 'json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      {
        policyChanges: [],
        notes: [expect.stringContaining(`the commit ${broken}: ${whitelist} can’t be read`)],
      },
    ]);
  });

  test('git’s own merge of lines gives it back without a conflict', async () => {
    const entries = ['npm:aaa', 'npm:bbb', 'npm:ccc'].map((label) => approved(label));
    const scratch = await Scratch.with({
      '.gitattributes': `${whitelist} merge=union\n`,
      [whitelist]: await entriesText(entries),
    });
    open.push(scratch);
    await scratch.git('switch', '--quiet', '--create', 'side');
    scratch.write({ [whitelist]: await entriesText([...entries, approved('npm:bbc')]) });
    await scratch.commitAll('side');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({ [whitelist]: await entriesText(entries.filter(({ name }) => name !== 'bbb')) });
    await scratch.commitAll('main');
    scratch.installHooks();
    const { code, stderr } = await scratch.tryGit('merge', '--no-edit', 'side');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^policy {2}.* {2}approved npm:bbb\b/m)]);
  });

  test('since either of two states in which the branches had last been one', async () => {
    const scratch = await Scratch.with({ [whitelist]: await entriesText([lodash]), 'app.py': '' });
    open.push(scratch);
    await scratch.git('branch', 'side');
    scratch.write({ 'one.txt': '1' });
    await scratch.commitAll('one');
    await scratch.git('switch', '--quiet', 'side');
    scratch.write({ 'two.txt': '2' });
    await scratch.commitAll('two');
    // Each merges what the other one had: there is no single state at which they parted.
    await scratch.git('branch', 'before');
    await scratch.git('merge', '--quiet', '--no-edit', 'main');
    await scratch.git('switch', '--quiet', 'main');
    await scratch.git('merge', '--quiet', '--no-edit', 'before');
    scratch.write({ [whitelist]: await entriesText([]) });
    await scratch.commitAll('without lodash');
    scratch.write({ 'main.txt': 'main' });
    await scratch.git('switch', '--quiet', 'side');
    scratch.write({ 'side.txt': 'side' });
    await scratch.commitAll('side');
    await scratch.git('merge', '--quiet', '--no-commit', '--strategy', 'ours', 'main');
    expect(await told(scratch, '--staged')).toEqual(['approved npm:lodash']);
  });
});

describe('which git is started', () => {
  const states = { fork: { entries: a() }, side: { entries: a() }, merged: { entries: a() } };

  test('of a merge that touches no policy, nothing more than of any commit', async () => {
    const scratch = await merging({ ...states, main: { entries: a() } });
    const { git } = await observe(scratch, '--staged', '--offline');
    expect(git).toEqual(['cat-file', 'diff-index', 'diff-index']);
  });

  test('of one that does, what tells where its parents had parted', async () => {
    const scratch = await merging({ ...states, main: { entries: [] } });
    const { git } = await observe(scratch, '--staged', '--offline');
    expect(git.filter((call) => call === 'merge-base')).toEqual(['merge-base']);
  });

  test('of a range, one list of its merges', async () => {
    const scratch = await merging({ ...states, main: { entries: a() } });
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'merge');
    const { git } = await observe(scratch, '--since', 'fork', '--offline');
    expect(git.filter((call) => /^(?:rev-list|merge-base)$/.test(call))).toEqual(['merge-base', 'rev-list']);
  });
});
