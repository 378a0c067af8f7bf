import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectBaselineReview } from '../../src/app/baseline-review.ts';
import { openWhitelist } from '../../src/app/whitelist-session.ts';
import { clientPage } from '../kit/clients.ts';
import { runWithKeys, type Step } from '../kit/keys.ts';
import { pypiHandler, wheel, type Project } from '../kit/pypi.ts';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { whitelistLine, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { now, runIn } from '../kit/world.ts';

/* `review --baseline` asks registries about what is approved already. One repository; the registries are canned. */

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';
const late = '2026-11-20T10:00:00Z';

const distribution = (
  name: string,
  uploaded: string,
  module = name.replaceAll('-', '_'),
): [string, Project] => [name, { files: [wheel(name, uploaded, [`${module}/__init__.py`])] }];

const distributions = new Map<string, Project>([
  ...['plain', 'appeared', 'revived', 'unused'].map((name) => distribution(name, old)),
  ...['late', 'later', 'retaken', 'renewed', 'known', 'agreed'].map((name) => distribution(name, late)),
  distribution('async-redisgraph', old, 'benignpkg'),
  distribution('wrong-module', old, 'benignpkg'),
  distribution('overridden', old, 'benignpkg'),
  distribution('sameday', '2026-11-01T23:00:00Z'),
  ['locked', { status: 'quarantined', files: [wheel('locked', old, ['locked.py'])] }],
]);

const served = (name: string, created: string) => ({
  name,
  'dist-tags': { latest: '1.0.0' },
  time: { created, '1.0.0': created },
  versions: { '1.0.0': {} },
});
const removed = (name: string) => ({ name, time: { created: old, unpublished: { time: old } } });
const documents = new Map<string, unknown>([
  ['sound', served('sound', old)],
  ['taken', served('taken', late)],
  ['gone', removed('gone')],
  ['left', removed('left')],
]);

const baseline = { baseline: '2026-11-01' };
const approved = { approved: 'a reason', date: '2026-11-01' };
const approvedLater = { approved: 'a reason', date: '2026-11-21' };
const afterBaseline =
  'It was first published on 2026-11-20, after its baseline of 2026-11-01: it is somebody else’s.';
const afterApproval = afterBaseline.replace('baseline', 'approval');
const existsNow = 'It exists now, and did not when it was approved.';

/** An entry, and what is said of it: null where nothing speaks against it. */
type Row = [key: string, fields: WhitelistFields, says: string | null];

const rows: Row[] = [
  ['npm:@acme/*', approved, null],
  ['npm:@team/lost', baseline, 'nonexistent. '],
  ['npm:@team/ui', baseline, null],
  ['npm:gone', baseline, 'withdrawn. It was removed from its registry'],
  ['npm:left', { approved: 'x', despite: 'withdrawn', date: '2026-11-01' }, null],
  [
    'npm:nobody',
    baseline,
    'nonexistent. Its registry has no package of this name, so anyone can register it.',
  ],
  ['npm:sound', baseline, null],
  ['npm:taken', baseline, afterBaseline],
  ['pypi:absent', { approved: 'x', despite: 'nonexistent', date: '2026-11-01' }, null],
  ['pypi:agreed', approved, null],
  ['pypi:appeared', { approved: 'x', despite: 'nonexistent', date: '2026-11-01' }, existsNow],
  [
    'pypi:async-redisgraph',
    baseline,
    'unproven. The distribution exists, but it does not provide the module',
  ],
  ['pypi:ended', { approved: 'x', expires: '2026-11-22', date: '2026-11-01' }, null],
  ['pypi:forbidden', { denied: 'x' }, null],
  ['pypi:ghost', approved, 'nonexistent. '],
  ['pypi:known', { ...approvedLater, created: '2026-11-20' }, null],
  ['pypi:late', baseline, afterBaseline],
  ['pypi:later', approved, afterApproval],
  ['pypi:locked', approved, 'malicious. '],
  ['pypi:overridden', { approved: 'x', despite: 'unproven', date: '2026-11-01' }, null],
  ['pypi:plain', baseline, null],
  ['pypi:renewed', approvedLater, null],
  [
    'pypi:retaken',
    { ...approvedLater, created: '2015-03-04' },
    'It was first published on 2026-11-20; when it was approved, that was 2015-03-04: ',
  ],
  ['pypi:revived', { approved: 'x', despite: 'withdrawn', date: '2026-11-01' }, existsNow],
  ['pypi:sameday', baseline, null],
  ['pypi:wanted', { requested: 'x' }, null],
  // Nothing imports it.
  ['pypi:wrong-module', baseline, null],
];

const whitelist = whitelistText(Object.fromEntries(rows.map(([key, fields]) => [key, fields])));
/** What is decided here as well: an approval speaks before a baseline, and the newer of two approvals counts. */
const team = [
  'packages:',
  whitelistLine('pypi:agreed', approvedLater),
  whitelistLine('pypi:renewed', baseline),
  whitelistLine('pypi:secret-own', baseline),
  '',
].join('\n');

const servers: TestServer[] = [];
let scratch: Scratch;
let listed: Finished;

beforeAll(async () => {
  scratch = await Scratch.with({
    [file]: whitelist,
    'team.yaml': team,
    '.check-importsrc': 'extends: [team.yaml]\nprivateNames: [secret-*]\n',
    'app.py': 'import async_redisgraph\nimport overridden\nimport plain\n',
  });
  const pypi = await startServer(pypiHandler(distributions));
  const npm = await startServer(({ path }, response) => {
    const document = documents.get(path.slice(1));
    reply(
      response,
      document === undefined ? (clientPage(path) ?? json({ error: 'Not found' }, 404)) : json(document),
    );
  });
  const bound = await startServer(({ path }, response) => {
    const name = decodeURIComponent(path.slice(1));
    reply(response, name === '@team/ui' ? json(served(name, old)) : json({ error: 'Not found' }, 404));
  });
  servers.push(pypi, npm, bound);
  const host = bound.url.replace('http:', '');
  scratch.writeHome({
    '.npmrc': `registry=${npm.url}/\n@team:registry=${bound.url}/\n${host}/:_authToken=t\n`,
  });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
  listed = await runIn(scratch, ['review', '--baseline']);
});

afterAll(async () => {
  scratch.dispose();
  for (const server of servers) await server.close();
});

describe('without a terminal', () => {
  const lineOf = (key: string) => listed.stdout.split('\n').filter((line) => line.includes(` ${key}: `));

  test.each(rows.filter(([, , says]) => says !== null))('%s %j is listed', (key, _, says) => {
    const at = whitelist.split('\n').findIndex((line) => line.startsWith(`  ${key}: `)) + 1;
    const [line = '', ...others] = lineOf(key);
    expect([line.startsWith(`${file}:${String(at)}: ${key}: ${says ?? ''}`), others]).toEqual([true, []]);
  });

  test.each(rows.filter(([, , says]) => says === null))('%s %j is not', (key) => {
    expect(lineOf(key)).toEqual([]);
  });

  test('the gravest come first, and a line says how to decide', () => {
    const names = [...listed.stdout.matchAll(/^\S+ (\S+):/gm)].map(([, name]) => name);
    expect(names.slice(0, 3)).toEqual(['pypi:locked', 'npm:@team/lost', 'npm:nobody']);
    expect(listed.code).toBe(1);
    expect(listed.stderr).toContain('To decide, at a terminal: vetted-imports review --baseline\n');
  });

  test('a private name is asked nowhere, and that is said', () => {
    expect(listed.stderr).toContain('1 package could not be asked about (a private name): pypi:secret-own\n');
    const asked = servers.flatMap(({ requests }) => requests.map(({ path }) => path));
    expect(asked.filter((path) => path.includes('secret'))).toEqual([]);
  });

  test('what settings bind to a registry is asked for there alone', () => {
    const askedFor = servers.map(({ requests }) => requests.some(({ path }) => path.includes('team')));
    expect(askedFor).toEqual([false, false, true]);
  });

  test('an assistant may list, because nothing is decided', async () => {
    const { code, stdout } = await runIn(scratch, ['review', '--baseline'], { env: { CLAUDECODE: '1' } });
    expect([code, stdout]).toEqual([1, listed.stdout]);
  });
});

describe('exit codes', () => {
  /** Runs in the same repository with another whitelist and config. */
  async function runWith(
    entries: Readonly<Record<string, WhitelistFields>>,
    {
      config = '',
      args = [],
      env = {},
    }: Readonly<{ config?: string; args?: string[]; env?: Record<string, string> }> = {},
  ): Promise<Finished> {
    scratch.write({ [file]: whitelistText(entries), '.check-importsrc': config });
    return runIn(scratch, ['review', '--baseline', ...args], { env });
  }

  test('0 where nothing speaks against anything', async () => {
    const done = await runWith({ 'npm:sound': baseline, 'pypi:plain': baseline });
    const said = 'Registries answered for 2 packages; nothing speaks against what was approved.\n';
    expect(done).toEqual({ code: 0, stdout: '', stderr: said });
  });

  test('0 where there is nothing to ask about', async () => {
    const done = await runWith({ 'npm:request': { denied: 'x' } });
    expect(done.code).toBe(0);
    expect(done.stderr).toBe(`${file} has no approval and no baseline of a package.\n`);
  });

  test('2 where no registry answers; 0 where one does, and the others are counted', async () => {
    const silent = await startServer((_, response) => {
      reply(response, { status: 401 });
    });
    servers.push(silent);
    const env = { PIP_INDEX_URL: `${silent.url}/simple` };
    const { host } = new URL(silent.url);
    const line = `2 packages could not be asked about (no permission at ${host} (HTTP 401)): pypi:late, pypi:plain\n`;
    const unanswered = { 'pypi:late': baseline, 'pypi:plain': baseline };
    expect(await runWith(unanswered, { env })).toEqual({ code: 2, stdout: '', stderr: line });
    const mixed = await runWith({ 'npm:sound': baseline, ...unanswered }, { env });
    expect([mixed.code, mixed.stderr.startsWith(line)]).toEqual([0, true]);
  });

  test.each([
    ['--all', '', '--all is not allowed with --baseline'],
    ['--offline', '', '--offline is not allowed with --baseline'],
    ['--no-stage', 'lookup: off\n', '`lookup: off` in the config'],
  ])('2 with %s and the config %j', async (flag, config, says) => {
    const { code, stderr } = await runWith({ 'pypi:ghost': baseline }, { args: [flag], config });
    expect([code, stderr.includes(says)]).toEqual([2, true]);
  });
});

test('what is left when the time is over is not asked, and counted', async () => {
  scratch.write({ [file]: whitelist, '.check-importsrc': '' });
  const session = await openWhitelist({ cwd: scratch.root, env: scratch.env, now }, {});
  const steps: (readonly [number, number])[] = [];
  const review = await collectBaselineReview(session, {
    progress: { step: (...step) => steps.push(step), done: () => undefined },
    isOver: () => steps.length > 0,
  });
  session.close();
  const names = [...new Set(review.unanswered.map(({ reason }) => reason))];
  expect(names).toEqual(['the time for lookups was over']);
  expect(steps).toEqual([
    [12, 23],
    [23, 23],
  ]);
  expect([review.answers, review.unanswered.length, review.isSilent]).toEqual([12, 11, false]);
});

describe('at a terminal', () => {
  const entries = whitelistText({ 'pypi:ghost': baseline, 'pypi:late': baseline, 'pypi:plain': baseline });
  const run = (steps: readonly Step[]) => runWithKeys(scratch, ['review', '--baseline', '--no-stage'], steps);

  test('cards say why they are there, and Enter alone approves nothing', async () => {
    scratch.write({ [file]: entries, '.check-importsrc': '' });
    const { code, screen } = await run([
      ['What about pypi:ghost', 'a'],
      ['type its name, ghost.', '\r'],
      ['What about pypi:late', 'a'],
      [`${afterBaseline} Approve it anyway?`, '\r'],
    ]);
    expect([code, scratch.read(file)]).toEqual([1, entries]);
    expect(screen).toContain(`In the baseline in ${file}:6, on 2026-11-01.`);
    expect(screen.indexOf(afterBaseline)).toBeLessThan(screen.indexOf('What about pypi:late'));
    for (const text of ['What about pypi:plain', 'request: another person'])
      expect(screen).not.toContain(text);
    expect(screen).toContain('skip: it stays as it is');
  });

  test('what is denied or approved anew makes no card any more', async () => {
    scratch.write({ [file]: entries, '.check-importsrc': '' });
    await run([
      ['What about pypi:ghost', 'd'],
      ['Why is it denied?', 'invented\r'],
      ['What is to be used instead?', '\r'],
      ['What about pypi:late', 'a'],
      ['Approve it anyway?', 'y'],
      ['Why is it approved?', 'ours\r'],
    ]);
    expect(scratch.read(file)).toContain('  pypi:ghost: { denied: invented, ');
    expect(scratch.read(file)).toMatch(/ {2}pypi:late: \{ approved: ours, (?!.*created: )/);
    expect(await runIn(scratch, ['review', '--baseline'])).toMatchObject({ code: 0, stdout: '' });
  });

  test('an assistant decides nothing', async () => {
    scratch.write({ [file]: entries, '.check-importsrc': '' });
    scratch.env['CLAUDECODE'] = '1';
    await expect(run([])).rejects.toThrow('review is for people');
    delete scratch.env['CLAUDECODE'];
  });
});
