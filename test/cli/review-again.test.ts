import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeBack } from '../../src/app/take-back.ts';
import { openWhitelist } from '../../src/app/whitelist-session.ts';
import { writeDecisions } from '../../src/app/write-decisions.ts';
import { clientPage } from '../kit/clients.ts';
import { runWithKeys, type Step } from '../kit/keys.ts';
import { pypiHandler, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { byAda, whitelistLine, whitelistText } from '../kit/whitelist.ts';
import { now } from '../kit/world.ts';

/* On a card the last decision is made about the rest as well, or taken back. Registries are canned. */

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';
const names = ['alpine', 'basalt', 'cobalt', 'dolomite'];
const distribution = (name: string, uploaded = old): [string, Project] => [
  name,
  { files: [wheel(name, uploaded, [`${name}/__init__.py`])] },
];
const distributions = new Map<string, Project>([
  ...names.map((name) => distribution(name)),
  distribution('fresh', '2026-11-22T00:00:00Z'),
]);
const by = 'by: Ada L <ada@example.org>, date: 2026-11-23';
const approval = (name: string, reason: string) =>
  `  pypi:${name}: { approved: ${reason}, imports: [${name}], importsOf: "1.0", ${by} }`;

const servers: TestServer[] = [];
let scratch: Scratch;

beforeEach(async () => {
  scratch = await Scratch.with({ [file]: whitelistText({}), 'app.py': '' });
  const pypi = await startServer(pypiHandler(distributions));
  const npm = await startServer(({ path }, response) => {
    reply(response, clientPage(path) ?? json({ error: 'Not found' }, 404));
  });
  servers.push(pypi, npm);
  scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
});

afterEach(async () => {
  scratch.dispose();
  for (const server of servers.splice(0)) await server.close();
});

const program = (...imports: readonly string[]) => imports.map((name) => `import ${name}\n`).join('');
const run = (steps: readonly Step[], ...words: readonly string[]) =>
  runWithKeys(scratch, ['review', ...words, '--no-stage'], steps);
const lines = () => scratch.read(file).split('\n').slice(4, -1);
const first: Step[] = [
  ['What about pypi:alpine', 'a'],
  ['Why is it approved?', 'stones\r'],
];

describe('the same for the rest', () => {
  test('approves what is graded `exists`, after all of it was shown, with one reason', async () => {
    scratch.write({ 'app.py': program(...names, 'fresh') });
    const { code, screen } = await run([
      ...first,
      ['the same for the rest: approve 3 packages, “stones”', 't'],
      ['pypi:dolomite\n  Nobody approved it.\n  exists: yes', ''],
      ['approve 3 packages, “stones”?', 'y'],
      ['What about pypi:fresh', 's'],
    ]);
    expect([code, lines()]).toEqual([1, names.map((name) => approval(name, 'stones'))]);
    expect(screen.match(/the same for the rest: approve 3/g)?.length).toBeGreaterThan(1);
  });

  test('Enter alone decides nothing, and the card is there again', async () => {
    scratch.write({ 'app.py': program('alpine', 'basalt') });
    const { code } = await run([
      ...first,
      ['What about pypi:basalt', 't'],
      ['approve this package, “stones”?', '\r'],
      ['What about pypi:basalt', 'q'],
    ]);
    expect([code, lines()]).toEqual([1, [approval('alpine', 'stones')]]);
  });

  test('is not offered on the card of a package that something speaks against, nor for its reason', async () => {
    scratch.write({ 'app.py': program('alpine', 'fresh', 'ghost') });
    const { screen } = await run([
      ['What about pypi:ghost', 's'],
      ...first,
      ['What about pypi:fresh', 't'],
      ['', 's'],
    ]);
    expect(screen).not.toContain('the same for the rest');
    expect(lines()).toEqual([approval('alpine', 'stones')]);
  });

  test('denies and requests as well', async () => {
    scratch.write({ 'app.py': program('alpine', 'basalt', 'cobalt') });
    const { code } = await run([
      ['What about pypi:alpine', 'd'],
      ['Why is it denied?', 'no stones\r'],
      ['What is to be used instead?', '\r'],
      ['the same for the rest: deny 2 packages', 't'],
      ['deny 2 packages, “no stones”?', 'y'],
    ]);
    const denied = ['alpine', 'basalt', 'cobalt'].map(
      (name) => `  pypi:${name}: { denied: no stones, ${by} }`,
    );
    expect([code, lines()]).toEqual([1, denied]);
  });

  test.each([
    ['2027-06-30', 'until 2027-06-30', 2],
    ['never', 'without an end', 0],
  ])('renews until the same day: %s', async (day, said, count) => {
    const ending = { approved: 'a trial', expires: '2026-12-01', ...byAda };
    const text = whitelistText({ 'pypi:alpine': ending, 'pypi:basalt': ending });
    scratch.write({ [file]: text });
    const { code } = await run(
      [
        ['What about pypi:alpine', 'a'],
        ['Until which day?', `${day}\r`],
        ['Why is it approved?', 'good\r'],
        [`approve this package ${said}, “good”`, 't'],
        [`approve this package ${said}, “good”?`, 'y'],
      ],
      '--expiring',
    );
    expect([code, scratch.read(file).split('expires: ').length - 1]).toEqual([0, count]);
  });
});

describe('a denial', () => {
  test('is decided, and what still uses the package is named', async () => {
    scratch.write({ 'app.py': program('alpine', 'basalt'), 'more.py': program('alpine') });
    const { code, screen } = await run([
      ['What about pypi:alpine', 'd'],
      ['Why is it denied?', 'no stones\r'],
      ['What is to be used instead?', '\r'],
      ['What about pypi:basalt', 's'],
    ]);
    expect([code, screen]).toEqual([1, expect.stringContaining('1 package left undecided.')]);
    expect(screen).toContain('pypi:alpine is denied, and app.py:1:8 and 1 other place still use it');
  });

  test('of what nothing uses leaves nothing', async () => {
    scratch.write({ [file]: whitelistText({ 'pypi:alpine': { requested: 'stones', ...byAda } }) });
    const { code, screen } = await run([
      ['What about pypi:alpine', 'd'],
      ['Why is it denied?', 'no stones\r'],
      ['What is to be used instead?', '\r'],
    ]);
    expect([code, screen.includes('left undecided'), screen.includes('still use')]).toEqual([
      0,
      false,
      false,
    ]);
  });

  test('from before is no open question either', async () => {
    scratch.write({
      [file]: whitelistText({ 'pypi:alpine': { denied: 'no stones', ...byAda } }),
      'app.py': program('alpine'),
    });
    const { code, screen } = await run([['What about pypi:alpine', 's']]);
    expect([code, screen.includes('left undecided')]).toEqual([1, false]);
    expect(screen).toContain('pypi:alpine is denied, and app.py:1:8 still uses it');
  });

  test('names what is to be used instead, and no name that can’t be', async () => {
    scratch.write({ 'app.py': program('alpine') });
    await run([
      ['What about pypi:alpine', 'd'],
      ['Why is it denied?', 'no stones\r'],
      ['What is to be used instead?', 'not a name !!\r'],
      ['not a name !! is not a valid', ''],
      ['What is to be used instead?', 'alpine\r'],
      ['pypi:alpine is what is to be denied', ''],
      ['What is to be used instead?', 'Basalt\r'],
    ]);
    expect(lines()).toEqual([`  pypi:alpine: { denied: no stones, use: pypi:basalt, ${by} }`]);
  });

  test('who leaves at that question has denied nothing', async () => {
    scratch.write({ 'app.py': program('alpine') });
    const text = scratch.read(file);
    await run([
      ['What about pypi:alpine', 'd'],
      ['Why is it denied?', 'no stones\r'],
      ['What is to be used instead?', '\u0003'],
    ]);
    expect(scratch.read(file)).toBe(text);
  });
});

describe('undo', () => {
  test('puts the whitelist back as it was, and shows the card again', async () => {
    const text = `${whitelistText({})}  # a comment\n${whitelistLine('pypi:zinc', { approved: 'x' })}\n`;
    scratch.write({ [file]: text, 'app.py': program('alpine', 'basalt') });
    const { code, screen } = await run([
      ...first,
      ['undo the last decision, about pypi:alpine', 'u'],
      ['The decision about pypi:alpine was taken back.', ''],
      ['What about pypi:alpine', 'q'],
    ]);
    expect([code, scratch.read(file)]).toEqual([1, text]);
    expect(screen).toContain('2 packages left undecided.');
  });

  test('reaches the decision on the last card, and Enter alone undoes nothing', async () => {
    scratch.write({ 'app.py': program('alpine') });
    const text = scratch.read(file);
    const end = 'That was the last one. Undo the last decision, about pypi:alpine?';
    await run([...first, [end, 'y'], ['What about pypi:alpine', 'q']]);
    expect(scratch.read(file)).toBe(text);
    const { code, screen } = await run([...first, [end, '\r']]);
    expect([code, lines()]).toEqual([0, [approval('alpine', 'stones')]]);
    expect(screen.split('◆  That was the last one.').length).toBe(2);
  });

  test('reaches what was decided about the rest, a denial and a suggestion', async () => {
    scratch.write({ 'app.py': program('alpine', 'basalt', 'cobalt') });
    const text = scratch.read(file);
    await run([
      ...first,
      ['What about pypi:basalt', 't'],
      ['“stones”?', 'y'],
      ['That was the last one. Undo the last decision, about 2 packages?', 'y'],
      ['What about pypi:basalt', 'u'],
      ['What about pypi:alpine', 'd'],
      ['Why is it denied?', 'no stones\r'],
      ['What is to be used instead?', '\r'],
      ['What about pypi:basalt', 's'],
      ['What about pypi:cobalt', 'd'],
      ['Why is it denied?', 'none\r'],
      ['What is to be used instead?', '\r'],
      ['That was the last one. Undo the last decision, about pypi:cobalt?', 'y'],
      ['What about pypi:cobalt', 'u'],
      ['What about pypi:alpine', 'q'],
    ]);
    expect(scratch.read(file)).toBe(text);
  });

  test('is not asked after a last card that was skipped: it offered that', async () => {
    scratch.write({ 'app.py': program('alpine', 'basalt') });
    const { screen } = await run([...first, ['undo the last decision, about pypi:alpine', 's']]);
    expect(screen).not.toContain('That was the last one.');
  });

  test('takes back a decision about several as a whole, then the one before', async () => {
    scratch.write({ 'app.py': program(...names, 'fresh') });
    const text = scratch.read(file);
    await run([
      ...first,
      ['What about pypi:basalt', 't'],
      ['“stones”?', 'y'],
      ['undo the last decision, about 3 packages', 'u'],
      ['What about pypi:basalt', 'u'],
      ['What about pypi:alpine', 'q'],
    ]);
    expect(scratch.read(file)).toBe(text);
  });

  test('removes what the first decision of a project made', async () => {
    scratch.remove(file);
    await scratch.commitAll('none');
    scratch.write({ 'app.py': program('alpine', 'basalt') });
    await run([...first, ['What about pypi:basalt', 'u'], ['What about pypi:alpine', 'q']]);
    expect(await scratch.git('status', '--short')).toBe(' M app.py\n');
  });

  test('takes back a suggestion in the program', async () => {
    const text = program('numpy_utils', 'zinc');
    scratch.write({
      [file]: whitelistText({ 'pypi:numpy': { approved: 'arrays', ...byAda } }),
      'app.py': text,
    });
    const { screen } = await run([
      ['What about pypi:numpy-utils', '1'],
      ['Make these edits?', 'y'],
      ['What about pypi:zinc', 'u'],
      ['What about pypi:numpy-utils', 'q'],
    ]);
    expect(screen).toContain('+ import numpy');
    expect(scratch.read('app.py')).toBe(text);
  });

  test('leaves every file alone where somebody edited one since', async () => {
    const session = await openWhitelist({ cwd: scratch.root, env: scratch.env, now }, { offline: true });
    const content = { reason: 'stones', by: 'Ada L', date: session.today };
    const subject = { ecosystem: 'pypi', name: 'alpine' };
    const { edited } = await writeDecisions(session, [
      { kind: 'approved', package: subject, content, overrides: false },
    ]);
    const made = { path: 'made.txt', state: { kind: 'clean' }, before: null, after: 'made' } as const;
    const text = `${scratch.read(file)}${whitelistLine('pypi:zinc', { approved: 'mine' })}\n`;
    scratch.write({ [file]: text, 'made.txt': 'made' });
    expect(await takeBack([...edited, made], session)).toBe(file);
    expect([scratch.read(file), scratch.has('made.txt')]).toEqual([text, true]);
    scratch.write({ [file]: edited[0]?.after ?? '' });
    expect(await takeBack([...edited, made], session)).toBe(null);
    expect([scratch.read(file), scratch.has('made.txt')]).toEqual([whitelistText({}), false]);
    session.close();
  });

  test('is not offered before a decision, nor after a skip', async () => {
    scratch.write({ 'app.py': program('alpine', 'basalt') });
    const { screen } = await run([
      ['What about pypi:alpine', 's'],
      ['What about pypi:basalt', 'q'],
    ]);
    expect(screen).not.toContain('undo');
  });
});
