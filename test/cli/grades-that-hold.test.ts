import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decide } from '../../src/lsp/decide.ts';
import { clientPage } from '../kit/clients.ts';
import { runWithKeys, type Step } from '../kit/keys.ts';
import { startPypi, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { now, runIn } from '../kit/world.ts';

/* Grades that hold an approval back until somebody names them. One repository; the registries are canned. */

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';
const yesterday = new Date(Date.now() - 86_400_000).toISOString();
const packages = new Map<string, Project>([
  ['plain', { files: [wheel('plain', old, ['plain/__init__.py'])] }],
  ['fresh', { files: [wheel('fresh', yesterday, ['fresh/__init__.py'])] }],
  ['requestss', { files: [wheel('requestss', old, ['requestss/__init__.py'])] }],
  ['flaskk', { files: [wheel('flaskk', old, ['flaskk/__init__.py'])] }],
  ['async-redisgraph', { files: [wheel('async-redisgraph', old, ['benignpkg/__init__.py'])] }],
  ['locked', { status: 'quarantined', files: [wheel('locked', old, ['locked.py'])] }],
]);
const gone = { name: 'gone', time: { created: old, unpublished: { time: old } } };

const entries = whitelistText({ 'pypi:flaskk': { denied: 'not ours' } });
const servers: TestServer[] = [];
let scratch: Scratch;

beforeAll(async () => {
  scratch = await Scratch.with({ [file]: entries, 'app.py': '', 'other.py': '' });
  const pypi = await startPypi(packages);
  const npm = await startServer(({ path }, response) => {
    reply(response, path === '/gone' ? json(gone) : (clientPage(path) ?? json({ error: 'Not found' }, 404)));
  });
  servers.push(pypi, npm);
  scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
  // What is staged, and so the question of what the change imports, stays the same in every row.
  scratch.write({ 'app.py': 'import async_redisgraph\nimport plain\nimport requestss\nimport ghost\n' });
  await scratch.git('add', 'app.py');
});

beforeEach(() => {
  scratch.write({ [file]: entries });
});

afterAll(async () => {
  scratch.dispose();
  for (const server of servers) await server.close();
});

/** The line of a package in the whitelist, '' where there is none. */
function entryOf(name: string): string {
  return new RegExp(`^ {2}${name}: .*$`, 'm').exec(scratch.read(file))?.[0] ?? '';
}

const approve = (name: string, ...flags: readonly string[]) =>
  runIn(scratch, ['approve', name, '--reason', 'x', '--no-stage', ...flags]);

describe('an approval is refused, and nothing is written', () => {
  const stays = 'with this approval `import async_redisgraph` stays stopped';
  const despite = (...words: readonly string[]) => words.flatMap((word) => ['--despite', word]);
  const cases: [name: string, flags: string[], says: string][] = [
    ['pypi:fresh', [], 'run approve with --despite young.'],
    ['pypi:fresh', [], 'fresh: young. It was first published only recently'],
    ['pypi:requestss', [], 'run approve with --despite lookalike.'],
    ['pypi:async-redisgraph', [], 'run approve with --despite unproven.'],
    ['pypi:async-redisgraph', [], `provides benignpkg, not async_redisgraph: ${stays}`],
    ['npm:gone', [], 'run approve with --despite withdrawn.'],
    ['pypi:ghost', [], 'run approve with --despite nonexistent.'],
    ['pypi:locked', [], 'run approve with --despite malicious.'],
    ['pypi:requestss', ['--despite'], 'Write --despite lookalike.'],
    ['pypi:flaskk', ['--despite'], 'Write --despite lookalike --despite denied.'],
    ['pypi:plain', ['--despite'], 'Leave it out.'],
    ['pypi:requestss', despite('young'), 'Its grade is lookalike, not young: write --despite lookalike.'],
    ['pypi:requestss', despite('young', 'lookalike'), 'Name the one that the package has.'],
    [
      'pypi:requestss',
      despite('odd'),
      'malicious, nonexistent, withdrawn, unproven, unrecorded, lookalike, young; ',
    ],
    ['pypi:plain', despite('exists'), 'no grade called exists holds an approval back'],
    ['pypi:flaskk', despite('lookalike'), 'Add --despite denied'],
    ['pypi:flaskk', despite('denied'), 'run approve with --despite lookalike --despite denied.'],
    [
      'pypi:locked',
      despite('malicious'),
      'at a terminal: vetted-imports approve pypi:locked --despite malicious',
    ],
    ['pypi:ghost', despite('nonexistent'), 'approve pypi:ghost --despite nonexistent'],
  ];
  test.each(cases)('%s %j', async (name, flags, says) => {
    const { code, stderr } = await approve(name, ...flags);
    expect(stderr).toContain(says);
    expect([code, scratch.read(file)]).toEqual([2, entries]);
  });
});

describe('an approval is written', () => {
  const cases: [name: string, flags: string[], recorded: string | null][] = [
    ['pypi:fresh', ['--despite', 'young'], 'despite: young'],
    ['pypi:requestss', ['--despite', 'lookalike'], 'despite: lookalike'],
    [
      'pypi:async-redisgraph',
      ['--despite', 'unproven'],
      'imports: [benignpkg], importsOf: "1.0", despite: unproven',
    ],
    ['npm:gone', ['--despite', 'withdrawn'], 'despite: withdrawn'],
    ['pypi:flaskk', ['--despite', 'denied', '--despite', 'lookalike'], 'despite: lookalike'],
    ['pypi:plain', [], null],
    // The grade that was named has passed.
    ['pypi:plain', ['--despite', 'young'], null],
    ['pypi:requestss', ['--offline'], null],
  ];
  test.each(cases)('%s %j', async (name, flags, recorded) => {
    const { code, stderr } = await approve(name, ...flags);
    expect([code, entryOf(name).includes('approved: x')]).toEqual([0, true]);
    if (recorded === null) expect(entryOf(name)).not.toContain('despite');
    else expect(entryOf(name)).toContain(recorded);
    expect(stderr.includes('stays stopped')).toBe(name === 'pypi:async-redisgraph');
  });

  test('offline nobody is asked for a grade, and the entry says so', async () => {
    await approve('pypi:requestss', '--offline');
    expect(entryOf('pypi:requestss')).toContain('unverified: true');
  });
});

test('an editor is told the grade, what that means, and where more can be done; nobody is asked', async () => {
  const order = { name: 'approve', package: 'pypi:requestss', reason: 'x' } as const;
  const context = { cwd: scratch.root, env: scratch.env, now };
  const confirm = () => Promise.reject(new Error('somebody was asked'));
  const result = await decide(order, { context, offline: false, confirm });
  for (const text of [
    'requestss is lookalike',
    'Its name is easily',
    'Did you mean pypi:requests?',
    'at a terminal',
  ])
    expect(result?.message).toContain(text);
  expect(result?.message).not.toContain('--');
  expect([result?.done, scratch.read(file)]).toEqual([false, entries]);
});

describe('review asks once more, and Enter alone approves nothing', () => {
  const skip: Step = ['What about', 's'];

  test('cards in their order: what does not exist is approved last', async () => {
    const steps: Step[] = [
      ['What about pypi:ghost', 'a'],
      ['type its name, ghost.', '\r'],
      ['What about pypi:async-redisgraph', 'a'],
      ['It is unproven. `import async_redisgraph` stays stopped. Approve it anyway?', '\r'],
      ['What about pypi:plain', 'a'],
      ['Why is it approved?', 'sums\r'],
      ['What about pypi:requestss', 'a'],
      ['It is lookalike. Approve it anyway?', 'y'],
      ['Why is it approved?', 'a fork\r'],
    ];
    const { code, screen } = await runWithKeys(scratch, ['review', '--no-stage'], steps);
    expect(code).toBe(1);
    expect(scratch.read(file)).not.toMatch(/ghost|redisgraph/);
    expect(entryOf('pypi:requestss')).toContain('despite: lookalike');
    expect(entryOf('pypi:plain')).not.toContain('despite');
    expect(screen).toContain('provides benignpkg, not async_redisgraph');
    const isLast = (name: string) => {
      const [, card = ''] = screen.split(`What about pypi:${name}?`);
      return card.indexOf('approve') > card.indexOf('request: another person');
    };
    expect([isLast('ghost'), isLast('plain'), isLast('requestss')]).toEqual([true, false, false]);
  });

  test('what nothing speaks against is asked about once', async () => {
    const steps: Step[] = [skip, skip, ['What about pypi:plain', 'a'], ['Why is it approved?', 'x\r'], skip];
    await runWithKeys(scratch, ['review', '--no-stage'], steps);
    expect(entryOf('pypi:plain')).toContain('approved: x');
  });

  test.each([
    ['Enter', '\r'],
    ['Alt-Enter', '\u001b\r'],
    ['a letter that is no choice', 'z'],
  ])('%s chooses nothing: the question stays, and shows no answer', async (_, keys) => {
    const names = ['ghost', 'async-redisgraph', 'plain', 'requestss'];
    const steps = names.map((name): Step => [`What about pypi:${name}?`, `${keys}${keys}s`]);
    const { code, screen } = await runWithKeys(scratch, ['review', '--no-stage'], steps);
    const answers = stripVTControlCharacters(screen).match(/◇ {2}What about .*\n.*/g) ?? [];
    expect(answers.map((answer) => answer.replace(/^.*\n\W*/, ''))).toEqual(names.map(() => 'skip'));
    expect([code, scratch.read(file)]).toEqual([1, entries]);
  });
});
