import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { lookUp } from '../../src/lookups/index.ts';
import type { LookupOptions } from '../../src/lookups/index.ts';
import { clientPage } from '../kit/clients.ts';
import { about, askOne, askOptions, clockAt, knowledgeOf } from '../kit/ask.ts';
import { makeMachine } from '../kit/machine.ts';
import { startPypi, wheel } from '../kit/pypi.ts';
import { json, reply, startServer } from '../kit/server.ts';
import type { Canned, TestServer } from '../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const missing = json({ error: 'Not found' }, 404);
const document = (name: string, created: string): Canned => ({
  ...json({ name, versions: { '1.0.0': {} }, time: { created, '1.0.0': created } }),
  headers: { 'content-type': 'application/json', etag: '"v1"' },
});

describe('many names', () => {
  const questions = Array.from({ length: 200 }, (_, index) => about('npm', `unknown-${index}`));

  test('are asked six at once, and what does not fit into the budget says so', async () => {
    let answered = 0;
    const { server, options } = await world(({ path }, response) => {
      const client = clientPage(path);
      if (client !== undefined) reply(response, client);
      else if (answered++ < 12) reply(response, missing);
    });
    const outcome = await lookUp(questions, { ...options, budget: 2000 });
    const answers = questions.map((question) => knowledgeOf(outcome, question).facts.answer);
    const { host } = new URL(server.url);
    const late = { kind: 'unknown', reason: `${host} did not answer within the time for lookups` };
    expect(server.most()).toBe(6);
    expect(answers.filter(({ kind }) => kind === 'absent')).toHaveLength(12);
    expect(answers.filter(({ kind }) => kind === 'unknown')).toEqual(Array(6).fill(late));
    expect(answers.slice(18)).toEqual(
      Array(182).fill({ kind: 'notAsked', reason: 'the time for lookups was over' }),
    );
    expect(server.requests.filter(({ path }) => clientPage(path) === undefined)).toHaveLength(18);
  });

  test('at a host that keeps failing are not asked any more', async () => {
    const { server, options } = await world((_, response) => {
      reply(response, json({}, 500));
    });
    const outcome = await lookUp(questions, options);
    const reasons = questions.map((question) => {
      const { answer } = knowledgeOf(outcome, question).facts;
      return 'reason' in answer ? answer.reason : answer.kind;
    });
    expect(server.requests.length).toBeLessThanOrEqual(7);
    const { host } = new URL(server.url);
    expect(reasons).toContain(`${host} answered HTTP 500, so it was not asked again`);
  });
});

describe('the cache', () => {
  test('keeps a package a day, then asks with its ETag', async () => {
    const { server, options, at } = await cached((request) =>
      request.headers['if-none-match'] === '"v1"' ? { status: 304 } : document('old', '2020-01-01T00:00:00Z'),
    );
    expect(await at('2026-11-23T09:00:00Z', 'old')).toMatchObject({
      kind: 'present',
      asOf: '2026-11-23T09:00:00.000Z',
    });
    expect(await at('2026-11-24T08:59:00Z', 'old')).toMatchObject({ asOf: '2026-11-23T09:00:00.000Z' });
    expect(server.requests).toHaveLength(1);
    expect(await at('2026-11-24T09:01:00Z', 'old')).toMatchObject({
      kind: 'present',
      asOf: '2026-11-24T09:01:00.000Z',
    });
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
    expect(await at('2026-11-24T10:00:00Z', 'old')).toMatchObject({ asOf: '2026-11-24T09:01:00.000Z' });
    expect(await lookups(options, '2026-11-24T10:00:00Z')).toBe('cached');
  });

  test('keeps a young package an hour, an absent one ten minutes', async () => {
    const { server, at } = await cached(({ path }) =>
      path === '/young' ? document('young', '2026-11-01T00:00:00Z') : missing,
    );
    for (const time of ['09:00', '09:59', '10:01']) await at(`2026-11-23T${time}:00Z`, 'young');
    expect(server.requests.filter(({ path }) => path === '/young')).toHaveLength(2);
    for (const time of ['09:00', '09:09', '09:11']) await at(`2026-11-23T${time}:00Z`, 'absent');
    expect(server.requests.filter(({ path }) => path === '/absent')).toHaveLength(2);
  });

  test('remembers for good when a name did not exist', async () => {
    let exists = false;
    const { at } = await cached(() => (exists ? document('squat', '2020-01-01T00:00:00Z') : missing));
    await at('2026-11-02T09:00:00Z', 'squat');
    await at('2026-11-05T09:00:00Z', 'squat');
    exists = true;
    expect(await at('2026-11-23T09:00:00Z', 'squat')).toMatchObject({ absentOn: '2026-11-02T09:00:00.000Z' });
    expect(await at('2026-12-23T09:00:00Z', 'squat')).toMatchObject({ absentOn: '2026-11-02T09:00:00.000Z' });
  });

  test('stands in with its date when the registry is down, but never with an old 404', async () => {
    let down = false;
    const { server, at } = await cached(({ path }) => {
      if (down) return json({}, 500);
      return path === '/there' ? document('there', '2020-01-01T00:00:00Z') : missing;
    });
    await at('2026-11-01T09:00:00Z', 'there');
    await at('2026-11-01T09:00:00Z', 'gone');
    down = true;
    expect(await at('2026-11-23T09:00:00Z', 'there')).toMatchObject({
      kind: 'present',
      asOf: '2026-11-01T09:00:00.000Z',
    });
    expect(await at('2026-11-23T09:00:00Z', 'gone')).toEqual({
      kind: 'unknown',
      reason: `${new URL(server.url).host} answered HTTP 500`,
    });
  });

  test.each([
    ['a package', () => document('old', '2020-01-01T00:00:00Z')],
    ['an absence', () => missing],
  ])('asks again about %s that is dated ahead of the clock', async (_, canned) => {
    const { server, at } = await cached(canned);
    await at('2031-01-01T09:00:00Z', 'old');
    expect(await at('2026-11-23T09:00:00Z', 'old')).toMatchObject({ asOf: '2026-11-23T09:00:00.000Z' });
    const asked = () => server.requests.filter(({ path }) => path === '/old');
    expect(asked().map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
    await at('2026-11-23T09:05:00Z', 'old');
    expect(asked()).toHaveLength(2);
  });

  test('has nothing that is dated ahead of the clock stand in for a registry that is down', async () => {
    let down = false;
    const { server, at } = await cached(() =>
      down ? json({}, 500) : document('old', '2020-01-01T00:00:00Z'),
    );
    await at('2031-01-01T09:00:00Z', 'old');
    down = true;
    expect(await at('2026-11-23T09:00:00Z', 'old')).toEqual({
      kind: 'unknown',
      reason: `${new URL(server.url).host} answered HTTP 500`,
    });
  });

  test.each([
    ['no absence from days to come', ['2031-01-01T09:00:00Z'], null],
    [
      'an earlier absence behind an answer from days to come',
      ['2026-11-02T09:00:00Z', '2031-01-01T09:00:00Z'],
      '2026-11-02T09:00:00.000Z',
    ],
  ])('remembers %s', async (_, absences, absentOn) => {
    let exists = false;
    const { at } = await cached(() => (exists ? document('squat', '2020-01-01T00:00:00Z') : missing));
    for (const time of absences) await at(time, 'squat');
    exists = true;
    expect(await at('2026-11-23T09:00:00Z', 'squat')).toMatchObject({ absentOn });
    expect(await at('2026-11-23T09:05:00Z', 'squat')).toMatchObject({ absentOn });
  });

  test.each([
    ['for good', '2026-12-23T09:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['not from days to come', '2026-11-22T09:00:00Z', '2026-11-22T09:00:00.000Z'],
  ])('keeps the modules of an archive %s', async (_, time, asOf) => {
    const { folder, options } = await cached(() => missing);
    const index = await startPypi(
      new Map([['thing', { files: [wheel('thing', '2020-01-01T00:00:00Z', ['thing.py'])] }]]),
    );
    const home = await makeMachine({}, { PIP_INDEX_URL: `${index.url}/simple` });
    closing.push(
      async () => index.close(),
      async () => home.remove(),
    );
    const at = { ...options, machine: home.machine, cacheFolder: folder };
    await askOne(about('pypi', 'thing', ['thing']), at);
    const { evidence } = await askOne(about('pypi', 'thing', ['thing']), { ...at, clock: clockAt(time) });
    expect(evidence.find(({ fact }) => fact === 'modules')).toMatchObject({ state: 'present', asOf });
  });

  test.each([401, 403, 429, 500])('keeps nothing of HTTP %d', async (status) => {
    const { folder, at } = await cached(() => json({}, status));
    await at('2026-11-23T09:00:00Z', 'x');
    expect(await readdir(folder).catch(() => [])).toEqual([]);
  });

  test('is readable by the user only, whole at every moment, and not believed when it does not fit', async () => {
    const { folder, server, at } = await cached(() => document('old', '2020-01-01T00:00:00Z'));
    await at('2026-11-23T09:00:00Z', 'old');
    const [name = ''] = await answersIn(folder);
    const path = join(folder, name);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const text = await readFile(path, 'utf8');
    for (const broken of [
      '',
      '{',
      '[]',
      text.replace('"old"', '"new"'),
      text.replace('"present"', '"absurd"'),
    ]) {
      await writeFile(path, broken);
      expect(await at('2026-11-23T09:05:00Z', 'old')).toMatchObject({ kind: 'present' });
    }
    expect(server.requests).toHaveLength(6);
    expect(await answersIn(folder)).toEqual([name]);
  });

  test('tells credentials apart, and holds none', async () => {
    const { folder, server, options } = await cached(() => document('old', '2020-01-01T00:00:00Z'));
    for (const token of ['', 'one-token', 'other-token']) {
      const npmrc = `registry=${server.url}\n${server.url.replace('http:', '')}/:_authToken=${token}`;
      const home = await makeMachine({ '.npmrc': npmrc });
      closing.push(async () => home.remove());
      await askOne(about('npm', 'old'), { ...options, machine: home.machine });
    }
    const files = await readdir(folder);
    expect(await answersIn(folder)).toHaveLength(3);
    for (const name of files) expect(await readFile(join(folder, name), 'utf8')).not.toContain('token');
  });
});

/** A registry that the user's npm settings name. */
async function world(
  handle: Parameters<typeof startServer>[0],
): Promise<{ server: TestServer; options: LookupOptions }> {
  const server = await startServer(handle);
  const home = await makeMachine({ '.npmrc': `registry=${server.url}` });
  closing.push(
    async () => server.close(),
    async () => home.remove(),
  );
  return { server, options: askOptions(home.machine) };
}

async function cached(canned: (request: TestServer['requests'][number]) => Canned) {
  const parent = await mkdtemp(join(tmpdir(), 'check-imports-cache-'));
  closing.push(async () => rm(parent, { recursive: true, force: true }));
  const { server, options: plain } = await world((request, response) => {
    reply(response, clientPage(request.path) ?? canned(request));
  });
  const folder = join(parent, 'cache');
  const options = { ...plain, cacheFolder: folder };
  const at = async (time: string, name: string) => {
    const { facts } = await askOne(about('npm', name), { ...options, clock: clockAt(time) });
    return facts.answer;
  };
  return { server, options, folder, at };
}

/** @returns The files of a cache that hold answers, and not that a host is a registry. */
async function answersIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return names.filter((_, at) => texts[at]?.includes('(registry)') !== true);
}

async function lookups(options: LookupOptions, time: string): Promise<string> {
  const outcome = await lookUp([about('npm', 'old')], { ...options, clock: clockAt(time) });
  return outcome.lookups;
}
