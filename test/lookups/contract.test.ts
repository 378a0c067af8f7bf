import { afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/model/registry-facts.ts';
import { lookUp } from '../../src/lookups/index.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { about, askOne, askOptions, clockAt, today } from '../kit/ask.ts';
import { portal, withFaults } from '../kit/faults.ts';
import type { Fault } from '../kit/faults.ts';
import { makeMachine } from '../kit/machine.ts';
import { json, reply, startServer } from '../kit/server.ts';
import type { Canned } from '../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const published = '2020-01-01T00:00:00.000Z';

interface Dialect {
  readonly present: (name: string) => Canned;
  readonly missing: Canned;
  /** The package of the registry's own command. */
  readonly client: string;
  /** Left out: a name without a host. */
  readonly nameOf?: (name: string) => string;
  /** Its answers do not say whose they are. */
  readonly isNameless?: true;
  /** How many questions about a package that exists are asked. Left out: one. */
  readonly questions?: number;
}

const nothing: Dialect = { present: () => json({}), missing: json({}), client: '' };

/** What makes each ecosystem ask at one address: variables, and the file of Cargo, which has none for that. */
const filesFor = (url: string) => ({
  '.cargo/config.toml': `[source.crates-io]\nreplace-with = "x"\n[source.x]\nregistry = "sparse+${url}/"\n`,
});
const variablesFor = (url: string) => ({ NPM_CONFIG_REGISTRY: url, PIP_INDEX_URL: url, GOPROXY: url });

/** What each registry says of a package that exists, and of one that doesn't. */
const dialects = new Map<string, Dialect>([
  [
    'npm',
    {
      present: (name) =>
        json({
          name,
          'dist-tags': { latest: '1.0.0' },
          versions: { '1.0.0': { scripts: {} } },
          time: { created: published, '1.0.0': published },
        }),
      missing: json({ error: 'Not found' }, 404),
      client: 'npm',
    },
  ],
  [
    'pypi',
    {
      present: (name) => ({
        status: 200,
        headers: { 'content-type': 'application/vnd.pypi.simple.v1+json' },
        body: JSON.stringify({
          name,
          versions: ['1.0'],
          files: [{ filename: `${name}-1.0.tar.gz`, url: 'x', 'upload-time': published, yanked: false }],
        }),
      }),
      missing: { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 Not Found' },
      client: 'pip',
    },
  ],
  [
    'golang',
    {
      present: () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'v1.0.0\n' }),
      missing: {
        status: 404,
        headers: { 'content-type': 'text/plain' },
        body: 'not found: unknown revision',
      },
      client: 'golang.org/x/mod',
      nameOf: (name) => `example.org/${name}`,
      isNameless: true,
      questions: 2,
    },
  ],
  [
    'cargo',
    {
      present: (name) => ({
        status: 200,
        headers: { 'content-type': 'text/plain' },
        body: `${JSON.stringify({ name, vers: '1.0.0', yanked: false, pubtime: published })}\n`,
      }),
      missing: { status: 404 },
      client: 'cargo',
    },
  ],
]);

const asked = ecosystems.filter(({ id }) => dialects.has(id));

test('each registry is asked', () => {
  const silent = ecosystems.filter(({ id, registry }) => registry !== null && !dialects.has(id));
  expect(silent.map(({ id }) => id)).toEqual([]);
});

describe.each(asked)('$id answers', ({ id: ecosystem }) => {
  const dialect = dialects.get(ecosystem) ?? nothing;
  const { present, missing, client, nameOf = (text: string) => text } = dialect;
  const name = nameOf('some-package');

  test.each<{ what: string; canned: Canned; answer: Partial<Answer> }>([
    { what: '200', canned: present(name), answer: { kind: 'present' } },
    ...[
      missing,
      { status: 404 },
      { status: 404, body: '404 page not found\n' },
      { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404 Not Found</h1><hr>nginx' },
      json({ message: 'Not Found' }, 404),
    ].map((canned) => ({
      what: `404 to everything: ${String(canned.body)}`,
      canned,
      answer: {
        kind: 'unknown',
        reason: `HOST answered 404 for it and for ${client} too, so it may be no registry`,
      } as const,
    })),
    {
      what: '404 as a portal’s page',
      canned: { status: 404, headers: { 'content-type': 'text/html' }, body: portal },
      answer: { kind: 'unknown' },
    },
    {
      what: '401',
      canned: json({ error: 'x' }, 401),
      answer: { kind: 'unknown', reason: 'no permission at HOST (HTTP 401)' },
    },
    {
      what: '403',
      canned: json({ error: 'x' }, 403),
      answer: { kind: 'unknown', reason: 'no permission at HOST (HTTP 403)' },
    },
    { what: '418', canned: json({}, 418), answer: { kind: 'unknown', reason: 'HOST answered HTTP 418' } },
    ...(dialect.isNameless
      ? []
      : [{ what: 'another name', canned: present('another'), answer: { kind: 'unknown' } as const }]),
    { what: '200 with []', canned: json([]), answer: { kind: 'unknown' } },
    { what: '200 with null', canned: json(null), answer: { kind: 'unknown' } },
    { what: '200 with {}', canned: json({}), answer: { kind: 'unknown' } },
    { what: '200 with hostile keys', canned: json({ name, __proto__: [], files: 7, time: 'x' }), answer: {} },
    { what: '204', canned: { status: 204 }, answer: { kind: 'unknown', reason: 'HOST answered HTTP 204' } },
  ])('$what', async ({ canned, answer }) => {
    const url = await serve((_, response) => {
      reply(response, canned);
    });
    const known = await ask(ecosystem, name, { url });
    expect(known).toMatchObject(answer);
    if (canned.status !== 200) expect(known.kind).not.toBe('present');
    if (canned.status !== 404) expect(known.kind).not.toBe('absent');
  });

  test.each<{ fault: Fault; reason: RegExp }>([
    { fault: { kind: 'status', status: 500 }, reason: /HTTP 500/ },
    { fault: { kind: 'status', status: 503 }, reason: /HTTP 503/ },
    { fault: { kind: 'status', status: 429, retryAfter: '0' }, reason: /HTTP 429/ },
    { fault: { kind: 'status', status: 429, retryAfter: '3600' }, reason: /HTTP 429/ },
    { fault: { kind: 'reset' }, reason: /closed the connection/ },
    { fault: { kind: 'portal' }, reason: /that no/ },
    { fault: { kind: 'noise' }, reason: /that no/ },
    { fault: { kind: 'bomb' }, reason: /that no/ },
    { fault: { kind: 'long', megabytes: 10 }, reason: /that no/ },
    {
      fault: { kind: 'redirect', to: 'https://elsewhere.example/x' },
      reason: /redirects to https:\/\/elsewhere\.example, which is not followed/,
    },
    { fault: { kind: 'redirect', to: '/round' }, reason: /too often/ },
    { fault: { kind: 'slow', milliseconds: 5000 }, reason: /time for lookups/ },
  ])('$fault is unknown', async ({ fault, reason }) => {
    const url = await serve(
      withFaults(
        (_, response) => {
          reply(response, present(name));
        },
        () => fault,
      ),
    );
    const budget = fault.kind === 'slow' ? 300 : 10_000;
    const known = await ask(ecosystem, name, { url, budget });
    expect(known.kind).toBe('unknown');
    expect('reason' in known ? known.reason : '').toMatch(reason);
  });

  test.each<Fault>([
    { kind: 'status', status: 502 },
    { kind: 'status', status: 429, retryAfter: '0' },
    { kind: 'reset' },
  ])('one $kind is forgiven', async (fault) => {
    let requests = 0;
    const url = await serve(
      withFaults(
        (_, response) => {
          reply(response, present(name));
        },
        () => (requests++ === 0 ? fault : undefined),
      ),
    );
    expect(await ask(ecosystem, name, { url })).toMatchObject({ kind: 'present' });
    expect(requests).toBe(1 + (dialect.questions ?? 1));
  });

  test.each<{ what: string; silent: Canned; servesClient: boolean; kind: Answer['kind'] }>([
    { what: 'a registry', silent: { status: 404 }, servesClient: true, kind: 'absent' },
    { what: 'a registry that explains it', silent: missing, servesClient: true, kind: 'absent' },
    { what: 'a host without a registry', silent: { status: 404 }, servesClient: false, kind: 'unknown' },
    {
      what: 'a registry behind a portal',
      silent: { status: 404, headers: { 'content-type': 'text/html' }, body: portal },
      servesClient: true,
      kind: 'unknown',
    },
  ])('many a 404 from $what: $kind', async ({ silent, servesClient, kind }) => {
    const server = await startServer((request, response) => {
      reply(response, servesClient && request.path.includes(client) ? present(client) : silent);
    });
    closing.push(async () => server.close());
    const home = await makeMachine(filesFor(server.url), variablesFor(server.url));
    closing.push(async () => home.remove());
    const questions = ['one', 'two', 'three'].map((each) => about(ecosystem, nameOf(`${each}-thing`)));
    const { known } = await lookUp(questions, askOptions(home.machine));
    expect([...known.values()].map(({ facts }) => facts.answer.kind)).toEqual([kind, kind, kind]);
    // The question that settles it names the registry's own client, once, and nothing of the project.
    const others = server.requests.filter(({ path }) => !/[-_]thing/.test(path));
    expect(others.map(({ path }) => path.includes(client))).toEqual(silent.body === portal ? [] : [true]);
  });

  test.each([
    ['in this run', 0, 'absent'],
    ['within a day', 23, 'absent'],
    ['longer ago', 25, 'unknown'],
  ] as const)('a 404 from a host that served a package %s', async (_, hours, kind) => {
    const server = await startServer((request, response) => {
      reply(response, request.path.includes(name) ? present(name) : missing);
    });
    closing.push(async () => server.close());
    const home = await makeMachine(filesFor(server.url), variablesFor(server.url));
    closing.push(async () => home.remove());
    const cacheFolder = `${home.machine.home}/cache`;
    const options = askOptions(home.machine, { cacheFolder });
    await lookUp([about(ecosystem, name)], options);
    const later = clockAt(new Date(Date.parse(today) + hours * 3_600_000).toISOString());
    const { facts } = await askOne(about(ecosystem, nameOf('other-thing')), { ...options, clock: later });
    expect(facts.answer.kind).toBe(kind);
  });

  test('a redirect within the origin is followed', async () => {
    const url = await serve((request, response) => {
      const isMoved = request.path.includes('moved');
      reply(response, isMoved ? present(name) : { status: 301, headers: { location: '/moved/' } });
    });
    expect(await ask(ecosystem, name, { url })).toMatchObject({ kind: 'present' });
  });

  test('nobody listens', async () => {
    const server = await startServer(() => undefined);
    await server.close();
    const known = await ask(ecosystem, name, { url: server.url });
    expect(known).toEqual({ kind: 'unknown', reason: 'HOST refused the connection' });
  });

  test.each(['a b', '../x', '-x/-y/-z', 'ü', ''])('%j can’t be a name and is not sent', async (bad) => {
    const server = await startServer((_, response) => {
      reply(response, present(name));
    });
    closing.push(async () => server.close());
    expect(await ask(ecosystem, bad, { url: server.url })).toMatchObject({ kind: 'notAsked' });
    expect(server.requests).toEqual([]);
  });
});

async function serve(handle: Parameters<typeof startServer>[0]): Promise<string> {
  const server = await startServer(handle);
  closing.push(async () => server.close());
  return server.url;
}

/** Asks a registry that the user's environment names. */
async function ask(ecosystem: string, name: string, at: { url: string; budget?: number }): Promise<Answer> {
  const { url, budget = 5000 } = at;
  const home = await makeMachine(filesFor(url), variablesFor(url));
  closing.push(async () => home.remove());
  const { facts } = await askOne(about(ecosystem, name), askOptions(home.machine, { budget }));
  const { answer } = facts;
  if (!('reason' in answer)) return answer;
  return { ...answer, reason: answer.reason.replace(new URL(url).host, 'HOST') };
}
