import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { matchesPrefix } from '../../../src/ecosystems/golang/path-patterns.ts';
import { lookUp } from '../../../src/lookups/index.ts';
import { about, askOptions, knowledgeOf } from '../../kit/ask.ts';
import { clientPage } from '../../kit/clients.ts';
import { makeMachine } from '../../kit/machine.ts';
import { json, reply, startServer, type TestServer } from '../../kit/server.ts';

/*
 * Which module is asked for where: a proxy of the company and the public one write down what they are asked. What GOPRIVATE
 * and its relatives keep back is sent to neither.
 */

let company: TestServer;
let everybodys: TestServer;
let asked: { company: Set<string>; everybodys: Set<string> };
let sentLogins: string[];
let isBroken = false;

async function recorder(list: 'company' | 'everybodys', modules: readonly string[]): Promise<TestServer> {
  return startServer(({ path, headers, body }, response) => {
    if (headers.authorization !== undefined) sentLogins.push(headers.authorization);
    const client = clientPage(path);
    const isOfOsv = path.startsWith('/osv/');
    const name = isOfOsv ? (/"name":"([^"]+)"/.exec(body)?.[1] ?? body) : path.replace(/^\/|\/@.*$/g, '');
    if (client === undefined) asked[list].add(name);
    if (client !== undefined) reply(response, client);
    else if (isOfOsv) reply(response, json({}));
    else if (list === 'company' && isBroken) reply(response, { status: 500 });
    else reply(response, modules.includes(name) ? { status: 200, body: 'v1.0.0\n' } : { status: 404 });
  });
}

beforeAll(async () => {
  company = await recorder('company', ['corp.example/team/kit']);
  everybodys = await recorder('everybodys', ['example.org/tool']);
});
beforeEach(() => {
  asked = { company: new Set(), everybodys: new Set() };
  sentLogins = [];
  isBroken = false;
});
afterAll(async () => {
  await company.close();
  await everybodys.close();
});

interface Row {
  readonly what: string;
  readonly name: string;
  /** `COMPANY` and `PUBLIC` stand for the addresses of the two. */
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: Readonly<Record<string, string>>;
  /** `registries` of the project’s configuration. */
  readonly configured?: string;
  readonly isBroken?: true;
  /** Who hears the name. */
  readonly company?: true;
  /** The company also hears of the module that it may be a folder of. */
  readonly holder?: string;
  readonly everybodys?: true;
  readonly answer: RegExp;
}

const addressed = (text: string): string =>
  text.replaceAll('COMPANY', company.url).replaceAll('PUBLIC', everybodys.url);

const both = 'COMPANY,PUBLIC,direct';

test.each<Row>([
  { what: 'nothing is set', name: 'example.org/tool', everybodys: true, answer: /^present/ },
  { what: 'nothing is set', name: 'example.org/none', everybodys: true, answer: /^absent/ },
  {
    what: 'GOPRIVATE holds the host',
    name: 'corp.example/team/kit',
    env: { GOPRIVATE: '*.corp.example,corp.example' },
    answer: /^notAsked GOPRIVATE in the environment keeps it from module proxies$/,
  },
  {
    what: 'GOPRIVATE holds the owner, and other owners are asked about',
    name: 'example.org/tool',
    env: { GOPRIVATE: 'example.org/acme' },
    everybodys: true,
    answer: /^present/,
  },
  {
    what: 'GOPRIVATE in the file that `go env -w` writes',
    name: 'corp.example/team/kit',
    home: { '.config/go/env': 'GOFLAGS=-mod=mod\nGOPRIVATE=corp.example/team/*\n' },
    answer: /^notAsked GOPRIVATE in .*go\/env keeps it/,
  },
  {
    what: 'GOPRIVATE in a file that GOENV names',
    name: 'corp.example/team/kit',
    env: { GOENV: 'HOME/own-env' },
    home: { 'own-env': 'GOPRIVATE=corp.example' },
    answer: /^notAsked/,
  },
  {
    what: 'GOENV=off: the file says nothing',
    name: 'example.org/tool',
    env: { GOENV: 'off' },
    home: { '.config/go/env': 'GOPRIVATE=example.org\n' },
    everybodys: true,
    answer: /^present/,
  },
  {
    what: 'the file beside the go command',
    name: 'corp.example/team/kit',
    env: { GOROOT: 'HOME/sdk' },
    home: { 'sdk/go.env': '# ours\nGOPRIVATE=corp.example\n' },
    answer: /^notAsked/,
  },
  {
    what: 'GONOPROXY=none has the company’s proxy asked, and GOPRIVATE still keeps it from the public one',
    name: 'corp.example/team/kit',
    env: { GOPROXY: both, GOPRIVATE: 'corp.example', GONOPROXY: 'none' },
    company: true,
    answer: /^present/,
  },
  {
    what: 'the same, where the company has no such module',
    name: 'corp.example/team/other',
    env: { GOPROXY: both, GOPRIVATE: 'corp.example', GONOPROXY: 'none' },
    company: true,
    holder: 'corp.example/team',
    answer: /^absent/,
  },
  {
    what: 'GONOSUMDB keeps a name from the public proxy',
    name: 'corp.example/team/kit',
    env: { GONOSUMDB: 'corp.example' },
    answer: /^notAsked GONOSUMDB in the environment keeps it from what is public$/,
  },
  {
    what: 'the first proxy that has it ends the search',
    name: 'corp.example/team/kit',
    env: { GOPROXY: both },
    company: true,
    answer: /^present/,
  },
  {
    what: 'what the first one does not have, the next one is asked for',
    name: 'example.org/tool',
    env: { GOPROXY: both },
    company: true,
    everybodys: true,
    answer: /^present/,
  },
  {
    what: 'the public one stands first: the company is asked before all the same',
    name: 'corp.example/team/kit',
    env: { GOPROXY: 'PUBLIC,COMPANY' },
    company: true,
    answer: /^present/,
  },
  {
    what: 'nobody has it',
    name: 'example.org/none',
    env: { GOPROXY: both },
    company: true,
    everybodys: true,
    answer: /^absent/,
  },
  {
    what: 'behind a comma a failure ends the search',
    name: 'corp.example/team/kit',
    env: { GOPROXY: both },
    isBroken: true,
    company: true,
    answer: /^unknown .*HTTP 500/,
  },
  {
    what: 'behind a bar the next one is asked',
    name: 'example.org/tool',
    env: { GOPROXY: 'COMPANY|PUBLIC' },
    isBroken: true,
    company: true,
    everybodys: true,
    answer: /^present/,
  },
  {
    what: 'what is not in the company’s proxy may come from a repository',
    name: 'example.org/none',
    env: { GOPROXY: 'COMPANY,direct' },
    company: true,
    answer: /^unknown .* does not have it, and the go command looks elsewhere then$/,
  },
  {
    what: 'what is not in the company’s proxy alone is nowhere',
    name: 'example.org/none',
    env: { GOPROXY: 'COMPANY' },
    company: true,
    answer: /^absent/,
  },
  {
    what: 'GOPROXY=off',
    name: 'example.org/tool',
    env: { GOPROXY: 'off' },
    answer: /^notAsked GOPROXY in the environment lets no proxy be asked$/,
  },
  {
    what: 'GOPROXY=direct',
    name: 'example.org/tool',
    env: { GOPROXY: 'direct' },
    answer: /^notAsked GOPROXY in the environment has modules taken from their repositories/,
  },
  {
    what: 'a proxy in the file system',
    name: 'example.org/tool',
    env: { GOPROXY: 'file:///srv/modules' },
    answer: /^notAsked .*is not reached over HTTPS/,
  },
  {
    what: 'an address without its scheme',
    name: 'example.org/tool',
    env: { GOPROXY: 'proxy.example' },
    answer: /^notAsked .*names no URL/,
  },
  {
    what: 'the configuration names a proxy, the environment another one: its word is stronger',
    name: 'corp.example/team/kit',
    env: { GOPROXY: 'COMPANY' },
    configured: 'https://elsewhere.example',
    company: true,
    answer: /^present/,
  },
  {
    what: 'the configuration turns no private proxy into the public one',
    name: 'corp.example/team/kit',
    home: { '.config/go/env': 'GOPROXY=COMPANY\n' },
    configured: 'PUBLIC',
    company: true,
    answer: /^present/,
  },
  {
    what: 'the configuration may not lead into the machine',
    name: 'example.org/tool',
    configured: 'http://127.0.0.1:9',
    answer: /^notAsked .*the configuration names/,
  },
])('$what: $name', async (row) => {
  const machine = await makeMachine(
    Object.fromEntries(Object.entries(row.home ?? {}).map(([path, text]) => [path, addressed(text)])),
  );
  const { home, environment } = machine.machine;
  const variables = Object.entries(row.env ?? {}).map(
    ([name, value]) => [name, addressed(value).replace('HOME', home)] as const,
  );
  isBroken = row.isBroken === true;
  const question = about('golang', row.name);
  const options = askOptions(
    { ...machine.machine, environment: new Map([...environment, ...variables]) },
    {
      publicUrls: { registries: new Map([['golang', everybodys.url]]), osv: `${everybodys.url}/osv` },
      configured: new Map(row.configured === undefined ? [] : [['golang', addressed(row.configured)]]),
    },
  );
  const { answer } = knowledgeOf(await lookUp([question], options), question).facts;
  await machine.remove();
  expect(`${answer.kind} ${'reason' in answer ? answer.reason : ''}`).toMatch(row.answer);
  const holders = row.holder === undefined ? [] : [row.holder];
  expect([...asked.company]).toEqual(row.company === true ? [row.name, ...holders] : []);
  expect([...asked.everybodys]).toEqual(row.everybodys === true ? [row.name] : []);
});

test.each<readonly [string, Readonly<Record<string, string>>, string, string | undefined]>([
  ['a login in the address', { GOPROXY: 'http://ada:pw@HOST' }, '', 'Basic YWRhOnB3'],
  [
    'a login in .netrc',
    { GOPROXY: 'http://HOST' },
    'machine 127.0.0.1 login ada password pw\n',
    'Basic YWRhOnB3',
  ],
  [
    'GOAUTH=off sends none',
    { GOPROXY: 'http://HOST', GOAUTH: 'off' },
    'machine 127.0.0.1 login ada password pw\n',
    undefined,
  ],
  ['the public proxy gets none', {}, 'machine 127.0.0.1 login ada password pw\n', undefined],
])('%s', async (_what, env, netrc, login) => {
  const { host } = new URL(company.url);
  const variables = Object.entries(env).map(([name, value]) => [name, value.replace('HOST', host)] as const);
  const machine = await makeMachine({ '.netrc': netrc }, Object.fromEntries(variables));
  const options = askOptions(machine.machine, {
    publicUrls: { registries: new Map([['golang', everybodys.url]]), osv: `${everybodys.url}/osv` },
  });
  await lookUp([about('golang', 'corp.example/team/kit')], options);
  await machine.remove();
  expect(sentLogins[0]).toBe(login);
});

test('a file in the repository that GOENV names keeps names back and names no proxy', async () => {
  const machine = await makeMachine({
    'project/go.env': addressed('GOPROXY=COMPANY\nGOPRIVATE=corp.example\n'),
  });
  const root = join(machine.machine.home, 'project');
  const environment = new Map([...machine.machine.environment, ['GOENV', join(root, 'go.env')]]);
  const questions = [about('golang', 'corp.example/team/kit'), about('golang', 'example.org/tool')];
  const files = { entries: () => Promise.resolve([]), text: () => Promise.resolve('') };
  await lookUp(
    questions,
    askOptions(
      { ...machine.machine, environment },
      {
        publicUrls: { registries: new Map([['golang', everybodys.url]]), osv: `${everybodys.url}/osv` },
        installation: { root, env: {}, files, isTracked: () => Promise.resolve(false) },
      },
    ),
  );
  await machine.remove();
  expect([...asked.company]).toEqual([]);
  expect([...asked.everybodys]).toEqual(['example.org/tool']);
});

/* What golang.org/x/mod/module says of the same patterns. */
test.each([
  ['corp.example', 'corp.example/a', true],
  ['corp.example', 'corp.example', true],
  ['corp.example', 'corp.examples/a', false],
  ['*.corp.example', 'git.corp.example/a/b', true],
  ['*.corp.example', 'corp.example/a', false],
  ['example.org/acme/*', 'example.org/acme/kit/sub', true],
  ['example.org/acme/*', 'example.org/acme', false],
  ['example.org/*/private', 'example.org/any/private/x', true],
  ['example.org/*/private', 'example.org/any/other/private', false],
  ['a.example,,b.example/', 'b.example/x', true],
  [' a.example , b.example ', 'b.example/x', true],
  ['example.org/a?c', 'example.org/abc', true],
  ['example.org/a?c', 'example.org/ac', false],
  ['example.org/[a-c]x', 'example.org/bx', true],
  ['example.org/[^a-c]x', 'example.org/bx', false],
  ['example.org/[a', 'example.org/a', false],
  ['example.org/a\\*', 'example.org/a*', true],
  ['example.org/a\\*', 'example.org/ab', false],
  ['example.org/*a*b*c', 'example.org/xaybzc', true],
  ['example.org/*a*b*c', 'example.org/xaybzd', false],
  ['example.org/Acme', 'example.org/acme/kit', true],
  ['none', 'example.org/a', false],
])('GOPRIVATE=%s and %s: %s', (patterns, path, expected) => {
  expect(matchesPrefix(patterns, path)).toBe(expected);
});
