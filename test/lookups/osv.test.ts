import { join } from 'node:path';
import { array, object, optional, parse, string } from 'valibot';
import type { InferOutput } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { grade } from '../../rules/grades.ts';
import { packageOf } from '../../src/ecosystems/index.ts';
import { malware } from '../../src/lookups/osv.ts';
import { lookUp } from '../../src/lookups/index.ts';
import type { LookupOptions } from '../../src/lookups/index.ts';
import { clientPage } from '../kit/clients.ts';
import { about, askOne, askOptions, clockAt, knowledgeOf, today } from '../kit/ask.ts';
import { makeMachine } from '../kit/machine.ts';
import { startPypi, wheel } from '../kit/pypi.ts';
import { json, reply, startServer } from '../kit/server.ts';
import type { TestServer } from '../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const npmPackage = (name: string) => ({ ecosystem: 'npm', name });
const everything = [{ type: 'SEMVER', events: [{ introduced: '0' }] }];

/** Reports as OSV has them. */
const known = new Map<string, readonly object[]>([
  ['evil', [{ id: 'MAL-2025-1', affected: [{ package: npmPackage('evil'), ranges: everything }] }]],
  [
    'cleared',
    [
      {
        id: 'MAL-2025-2',
        withdrawn: '2025-01-01',
        affected: [{ package: npmPackage('cleared'), ranges: everything }],
      },
    ],
  ],
  ['hijacked', [{ id: 'MAL-2025-3', affected: [{ package: npmPackage('hijacked'), versions: ['1.2.3'] }] }]],
  [
    'mended',
    [
      {
        id: 'MAL-2025-4',
        affected: [
          { package: npmPackage('mended'), ranges: [{ events: [{ introduced: '0' }, { fixed: '2.0.0' }] }] },
        ],
      },
    ],
  ],
  ['weak', [{ id: 'GHSA-xxxx-yyyy-zzzz', affected: [{ package: npmPackage('weak'), ranges: everything }] }]],
  ['other', [{ id: 'MAL-2025-5', affected: [{ package: npmPackage('another'), ranges: everything }] }]],
  ['strange', [{ id: 'MAL-../../x', affected: [] }]],
  ['paged', []],
]);

const expected: [string, object][] = [
  ['evil', { state: 'present', value: { whole: ['MAL-2025-1'], some: [] } }],
  ['cleared', { state: 'absent' }],
  ['hijacked', { state: 'present', value: { whole: [], some: ['MAL-2025-3'] } }],
  ['mended', { state: 'present', value: { whole: [], some: ['MAL-2025-4'] } }],
  ['weak', { state: 'absent' }],
  ['other', { state: 'present', value: { whole: [], some: ['MAL-2025-5'] } }],
  ['strange', { state: 'absent' }],
  ['paged', { state: 'present', value: { whole: ['MAL-2025-9'], some: [] } }],
  ['nothing', { state: 'absent' }],
];

describe('reports of malware', () => {
  test.each(expected)('%s, asked alone', async (name, fact) => {
    const [found] = await ask([name], await startOsv());
    expect(found).toMatchObject(fact);
  });

  test('all, asked in one request', async () => {
    const osv = await startOsv();
    const found = await ask(
      expected.map(([name]) => name),
      osv,
    );
    expect(found).toMatchObject(expected.map(([, fact]) => fact));
    expect(osv.requests.filter(({ path }) => path === '/v1/querybatch')).toHaveLength(1);
    expect(osv.requests.filter(({ path }) => path.includes('..'))).toEqual([]);
  });

  test.each([
    ['an error', json({ code: 3 }, 400), 'HOST answered HTTP 400'],
    ['a page', { status: 200, body: '<html>' }, 'OSV answered something else'],
  ])('%s is no answer', async (_, canned, reason) => {
    const server = await startServer((_request, response) => {
      reply(response, canned);
    });
    closing.push(async () => server.close());
    const unknown = { state: 'unknown', reason: reason.replace('HOST', new URL(server.url).host) };
    expect(await ask(['evil'], server)).toEqual([unknown]);
    expect(await ask(['a', 'b', 'c', 'd'], server)).toEqual(Array(4).fill(unknown));
  });
});

describe('OSV is asked', () => {
  test('about names that the public registry answered for, also when it no longer serves them', async () => {
    const { options, osv } = await world((registry) => ({ npm: registry }));
    const question = about('npm', 'evil');
    const { facts } = knowledgeOf(await lookUp([question], options), question);
    expect(facts.answer.kind).toBe('absent');
    expect(facts.malware).toMatchObject({ state: 'present', value: ['MAL-2025-1'] });
    expect(grade(facts, { youngSince: today, oldBefore: today })).toBe('malicious');
    expect(osv.requests).toHaveLength(1);
  });

  test('not about names of another registry', async () => {
    const { options, osv } = await world(() => ({ npm: 'https://registry.example' }));
    const question = about('npm', 'evil');
    const { facts } = knowledgeOf(await lookUp([question], options), question);
    expect(facts.answer.kind).toBe('absent');
    expect(facts.malware.state).toBe('notAsked');
    expect(osv.requests).toEqual([]);
  });

  test.each([
    ['an index has and the public one not', 'ours', false],
    ['an index has and the public one too', 'both', true],
    ['the public one has, and the index not', 'public', true],
    ['neither has', 'none', false],
  ])('of an index beside the public one: not about a name that only it has: %s', async (_, name, isAsked) => {
    const osv = await startOsv();
    const start = async (names: readonly string[]) => {
      const projects = names.map((each) => [each, { files: [wheel(each, today, [`${each}.py`])] }] as const);
      const index = await startPypi(new Map(projects));
      closing.push(async () => index.close());
      return `${index.url}/simple`;
    };
    const own = await start(['ours', 'both']);
    const home = await makeMachine({}, { PIP_EXTRA_INDEX_URL: own });
    closing.push(async () => home.remove());
    const registries = new Map([['pypi', await start(['both', 'public'])]]);
    const options = askOptions(home.machine, { publicUrls: { registries, osv: osv.url } });
    const { facts } = await askOne(about('pypi', name), options);
    expect(osv.requests).toHaveLength(isAsked ? 1 : 0);
    expect(facts.malware.state).toBe(isAsked ? 'absent' : 'notAsked');
    if (facts.malware.state === 'notAsked')
      expect(facts.malware.reason).toBe('the public registry has no package of this name');
  });

  test('not where the public registry can’t be reached, which has to know the name first', async () => {
    const osv = await startOsv();
    const gone = await startServer(() => undefined);
    await gone.close();
    const home = await makeMachine();
    closing.push(async () => home.remove());
    const registries = new Map([['npm', gone.url]]);
    const options = askOptions(home.machine, { publicUrls: { registries, osv: osv.url } });
    const { evidence } = await askOne(about('npm', 'x'), options);
    const { host } = new URL(gone.url);
    expect(evidence.find(({ fact }) => fact === 'malware')).toMatchObject({
      state: 'notAsked',
      reason: `the public registry would have to know the name first: ${host} refused the connection`,
    });
    expect(osv.requests).toEqual([]);
  });

  test.each([
    ['an hour', '2026-11-23T09:59:00Z', 1],
    ['no longer', '2026-11-23T10:01:00Z', 2],
    ['not from days to come', '2026-11-22T09:00:00Z', 2],
  ])('once: its answer is kept %s', async (_, time, requests) => {
    const { options, osv, home } = await world((registry) => ({ npm: registry }));
    const cacheFolder = join(home, 'cache');
    await lookUp([about('npm', 'evil')], { ...options, cacheFolder });
    await lookUp([about('npm', 'evil')], { ...options, cacheFolder, clock: clockAt(time) });
    expect(osv.requests).toHaveLength(requests);
  });

  test('and not again for five minutes after it failed', async () => {
    const { options, osv, home } = await world((registry) => ({ npm: registry }), 500);
    const malwareAt = async (time: string) => {
      const clock = clockAt(`2026-11-23T${time}Z`);
      const cached = { ...options, cacheFolder: join(home, 'cache'), clock };
      return knowledgeOf(await lookUp([about('npm', 'evil')], cached), about('npm', 'evil')).facts.malware;
    };
    const { host } = new URL(osv.url);
    expect(await malwareAt('09:00:00')).toEqual({ state: 'unknown', reason: `${host} answered HTTP 500` });
    const asked = osv.requests.length;
    expect(await malwareAt('09:04:59')).toEqual({
      state: 'notAsked',
      reason: `${host} answered HTTP 500; asked again within 5 minutes`,
    });
    expect(osv.requests).toHaveLength(asked);
    await malwareAt('09:05:01');
    expect(osv.requests.length).toBeGreaterThan(asked);
  });

  test('once for many', async () => {
    const { options, osv } = await world((registry) => ({ npm: registry }));
    const questions = expected.map(([name]) => about('npm', name));
    const outcome = await lookUp(questions, options);
    const whole = questions.filter(
      (question) => knowledgeOf(outcome, question).facts.malware.state === 'present',
    );
    expect(whole.map((question) => question.package.name)).toEqual(['evil', 'paged']);
    expect(osv.requests.filter(({ path }) => path === '/v1/querybatch')).toHaveLength(1);
  });
});

async function ask(names: readonly string[], osv: TestServer) {
  return malware({
    packages: names.map((name) => packageOf('npm', name)),
    url: osv.url,
    now: new Date(today),
    send: async ({ url, json: body }) => {
      const response = await fetch(url, body === undefined ? {} : { method: 'POST', body });
      return {
        kind: 'reply',
        status: response.status,
        header: (name) => response.headers.get(name),
        body: new Uint8Array(await response.arrayBuffer()),
        capped: false,
      };
    },
  });
}

/** A registry that serves nothing, as the user's own; `publicly` says which one counts as the public one. */
async function world(
  publicly: (registry: string) => { npm: string },
  status = 200,
): Promise<{ options: LookupOptions; osv: TestServer; home: string }> {
  const osv = await startOsv(status);
  const registry = await startServer(({ path }, response) => {
    reply(response, clientPage(path) ?? json({ error: 'Not found' }, 404));
  });
  const home = await makeMachine({ '.npmrc': `registry=${registry.url}/` });
  closing.push(
    async () => registry.close(),
    async () => home.remove(),
  );
  const registries = new Map(Object.entries(publicly(registry.url)));
  const options = askOptions(home.machine, { publicUrls: { registries, osv: osv.url } });
  return { options, osv, home: home.machine.home };
}

/** @param status Another one than 200 is all that it answers. */
async function startOsv(status = 200): Promise<TestServer> {
  const ids = new Map(
    [...known.values()].flat().map((report) => ['id' in report ? String(report.id) : '', report]),
  );
  const server = await startServer(({ path, body }, response) => {
    if (status !== 200) reply(response, json({}, status));
    else if (path === '/v1/query') reply(response, json(answer(parse(query, JSON.parse(body)), true)));
    else if (path === '/v1/querybatch') {
      const { queries } = parse(batch, JSON.parse(body));
      reply(response, json({ results: queries.map((one) => answer(one, false)) }));
    } else reply(response, json(ids.get(path.replace('/v1/vulns/', '')) ?? {}));
  });
  closing.push(async () => server.close());
  return server;
}

const query = object({ package: object({ name: string() }), page_token: optional(string()) });
const batch = object({ queries: array(query) });

/** The batch tells ids only; `paged` has its report on the second page. */
function answer(asked: InferOutput<typeof query>, full: boolean): object {
  const { name } = asked.package;
  if (name === 'paged') {
    if (asked.page_token === undefined) return { vulns: [], next_page_token: 'more' };
    return {
      vulns: [{ id: 'MAL-2025-9', affected: [{ package: npmPackage('paged'), ranges: everything }] }],
    };
  }
  const reports = known.get(name) ?? [];
  return { vulns: full ? reports : reports.map((report) => ({ id: 'id' in report ? report.id : '' })) };
}
