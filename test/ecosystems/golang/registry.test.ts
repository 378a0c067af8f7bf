import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { asRecord, asText, parseJson } from '../../../src/documents/values.ts';
import type { Answer } from '../../../src/model/registry-facts.ts';
import { about, askOne, askOptions } from '../../kit/ask.ts';
import { makeMachine } from '../../kit/machine.ts';
import { reply, startServer, type Canned, type TestServer } from '../../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What a proxy has, by the path of a request; it answers 404 to all others. */
type Proxy = Readonly<Record<string, string | Canned>>;

async function serve(proxy: Proxy): Promise<TestServer> {
  const server = await startServer(({ path: requested }, response) => {
    const page = proxy[requested] ?? { status: 404, body: 'not found: unknown revision' };
    reply(response, typeof page === 'string' ? { status: 200, body: page } : page);
  });
  closing.push(async () => server.close());
  return server;
}

/** @returns The answer of a proxy that is the public one, without the day. */
async function ask(name: string, proxy: Proxy) {
  const server = await serve(proxy);
  const home = await makeMachine();
  closing.push(async () => home.remove());
  const publicUrls = { registries: new Map([['golang', server.url]]), osv: `${server.url}/osv` };
  const { facts, evidence } = await askOne(about('golang', name), askOptions(home.machine, { publicUrls }));
  const paths = server.requests.map(({ path: requested }) => requested);
  return {
    answer: facts.answer,
    evidence,
    paths: paths.filter((requested) => !requested.startsWith('/osv')),
  };
}

const tool = 'example.org/acme/tool';
const at = (name: string, rest: string) => `/${name}/${rest}`;

test.each<{ what: string; name?: string; proxy: Proxy; answer: Partial<Answer>; paths?: readonly string[] }>([
  {
    what: 'a module with tags: its latest release is asked about',
    proxy: {
      [at(tool, '@v/list')]: 'v1.0.0\nv1.10.0\nv1.9.9\nv2.0.0-rc.1\n',
      [at(tool, '@v/v1.10.0.info')]: '{"Version":"v1.10.0","Time":"2024-05-06T07:08:09Z"}',
    },
    answer: { kind: 'present' },
    paths: [at(tool, '@v/list'), at(tool, '@v/v1.10.0.info')],
  },
  {
    what: 'capitals stand behind a mark',
    name: 'example.org/BurntTool',
    proxy: { '/example.org/!burnt!tool/@v/list': 'v0.1.0\n' },
    answer: { kind: 'present' },
    paths: ['/example.org/!burnt!tool/@v/list', '/example.org/!burnt!tool/@v/v0.1.0.info'],
  },
  {
    what: 'a module without tags: its latest commit is a version',
    proxy: {
      [at(tool, '@v/list')]: '',
      [at(tool, '@latest')]: '{"Version":"v0.0.0-20240506070809-abcdefabcdef","Time":"2024-05-06T07:08:09Z"}',
    },
    answer: { kind: 'present' },
    paths: [at(tool, '@v/list'), at(tool, '@latest')],
  },
  {
    what: 'neither tags nor a latest version: nobody knows',
    proxy: { [at(tool, '@v/list')]: '' },
    answer: { kind: 'unknown' },
  },
  {
    what: '404: what it may be a folder of is asked for, too',
    proxy: {},
    answer: { kind: 'absent' },
    paths: [at(tool, '@v/list'), '/example.org/acme/@v/list'],
  },
  { what: '410', proxy: { [at(tool, '@v/list')]: { status: 410 } }, answer: { kind: 'absent' } },
  {
    what: 'a proxy that could not look',
    proxy: { [at(tool, '@v/list')]: { status: 404, body: `not found: ${tool}@latest: fetch timed out` } },
    answer: { kind: 'unknown' },
  },
  { what: '403', proxy: { [at(tool, '@v/list')]: { status: 403 } }, answer: { kind: 'unknown' } },
  { what: '400', proxy: { [at(tool, '@v/list')]: { status: 400 } }, answer: { kind: 'unknown' } },
  {
    what: 'a page',
    proxy: { [at(tool, '@v/list')]: '<!doctype html>\n<title>Welcome</title>\n' },
    answer: { kind: 'unknown' },
  },
  {
    what: 'versions with more behind them',
    proxy: { [at(tool, '@v/list')]: 'v1.0.0 2020-01-01T00:00:00Z\r\nv1.1.0+incompatible\n' },
    answer: { kind: 'present' },
  },
])('$what', async ({ name = tool, proxy, answer, paths }) => {
  const asked = await ask(name, proxy);
  expect(asked.answer).toMatchObject(answer);
  if (paths !== undefined) expect(asked.paths).toEqual(paths);
});

test('a commit’s date is shown, and makes nothing young', async () => {
  const proxy = {
    [at(tool, '@v/list')]: 'v1.0.0\n',
    [at(tool, '@v/v1.0.0.info')]:
      '{"Version":"v1.0.0","Time":"2026-11-22T07:08:09Z","Origin":{"VCS":"git","URL":"https://example.org/acme/tool"}}',
  };
  const { answer, evidence } = await ask(tool, proxy);
  expect(answer).toMatchObject({
    facts: { created: { state: 'unknown' }, versions: { count: 1, exact: true } },
  });
  const values = evidence.flatMap((each) => ('value' in each ? [[each.fact, each.value]] : []));
  expect(values).toContainEqual(['latest', 'v1.0.0']);
  expect(values).toContainEqual(['latest-commit', '2026-11-22T07:08:09.000Z']);
  expect(values).toContainEqual(['repository', 'https://example.org/acme/tool']);
});

const recorded = path.resolve(import.meta.dirname, '../../../../shared/data/registry-answers');
const recordings = existsSync(recorded)
  ? readdirSync(recorded).filter((name) => name.startsWith('go-') && name.endsWith('.json'))
  : [];

/** What a proxy answered in November 2026. */
function recording(file: string) {
  const record = asRecord(parseJson(readFileSync(path.join(recorded, file), 'utf8')));
  const status = Number(record.get('status'));
  return {
    path: asText(asRecord(record.get('request')).get('path')) ?? '',
    page: { status, body: asText(record.get('body')) ?? '' },
  };
}

describe.skipIf(recordings.length === 0)('recorded answers', () => {
  test.each([
    ['go-list.json', 'github.com/gorilla/mux', 'present'],
    ['go-list-capitals.json', 'github.com/BurntSushi/toml', 'present'],
    ['go-nested.json', 'github.com/aws/aws-sdk-go-v2/service/s3', 'present'],
    ['go-mirror-403.json', 'github.com/gorilla/muxx', 'unknown'],
    ['go-not-a-module.json', 'golang.org/x/tools/cmd', 'absent'],
  ])('%s: %s is %s', async (file, name, kind) => {
    const { path: requested, page } = recording(file);
    const { answer, paths } = await ask(name, { [requested]: page });
    expect(answer.kind).toBe(kind);
    expect(paths[0]).toBe(requested);
  });

  test('the details of a version are read, also where the latest one is refused', async () => {
    const [list, info, refused] = ['go-list.json', 'go-info.json', 'go-latest-refused-by-a-mirror.json'].map(
      recording,
    );
    const proxy = Object.fromEntries(
      [list, info, refused].flatMap((each) => (each === undefined ? [] : [[each.path, each.page]])),
    );
    const { answer } = await ask('github.com/gorilla/mux', proxy);
    expect(answer).toMatchObject({
      kind: 'present',
      facts: { latest: 'v1.8.1', latestCommit: '2023-10-18T11:23:00.000Z', versions: { count: 9 } },
    });
  });
});
