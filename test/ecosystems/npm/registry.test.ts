import { expect, test } from 'vitest';
import { npmRegistry } from '../../../src/ecosystems/npm/registry.ts';
import { today } from '../../kit/ask.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Sent {
  readonly text: string;
  readonly capped?: boolean;
}

/** A document as it is sent. */
const doc = (document: object): Sent => ({ text: JSON.stringify(document) });

/** What npm's client makes of these documents, served one after the other. */
async function read(name: string, documents: readonly Sent[], url = 'https://registry.example') {
  const left = [...documents];
  return npmRegistry.lookup({
    name,
    endpoint: { url, isPublic: true, servesSomeNames: false },
    etag: null,
    authenticated: false,
    now: new Date(today),
    send: async () => {
      const sent = left.shift() ?? { text: '' };
      return Promise.resolve({
        kind: 'reply',
        status: 200,
        header: (header) => (header === 'etag' ? '"7"' : null),
        body: bytes(sent.text),
        capped: sent.capped === true,
      });
    },
  });
}

const time = { created: '2020-01-01T00:00:00.000Z', '1.0.0': '2020-01-01T00:00:00.000Z' };

test('distills a document', async () => {
  const document = {
    name: '@acme/ui',
    'dist-tags': { latest: '1.0.0' },
    maintainers: [{ name: 'ada' }, { name: 'grace' }],
    repository: { url: 'git+https://code.example/acme/ui.git' },
    versions: {
      '1.0.0': { deprecated: 'use @acme/kit', scripts: { postinstall: 'x' }, dist: { attestations: {} } },
    },
    time,
  };
  expect(await read('@acme/ui', [doc(document)])).toEqual({
    kind: 'present',
    archive: null,
    etag: '"7"',
    facts: {
      created: { state: 'present', value: '2020-01-01T00:00:00.000Z', asOf: today },
      versions: { count: 1, exact: true },
      latest: '1.0.0',
      deprecated: 'use @acme/kit',
      status: 'active',
      isSecurityHolding: false,
      latestIsSecurityHolding: false,
      installScripts: true,
      repository: 'git+https://code.example/acme/ui.git',
      owners: ['ada', 'grace'],
      attested: true,
      yanked: false,
    },
  });
});

test.each([
  ['unpublished', { time: { unpublished: { time: '2021-05-05T00:00:00Z' } } }, '2021-05-05T00:00:00.000Z'],
  ['no versions, no word why', { versions: {} }, null],
])('withdrawn: %s', async (_, rest, on) => {
  expect(await read('gone', [doc({ name: 'gone', ...rest })])).toEqual({ kind: 'withdrawn', on });
});

test.each([
  ['every version', { '0.0.1-security': {} }, '0.0.1-security', true, true],
  ['the numbered form', { '0.0.1-security.0': {}, '0.0.1-security': {} }, '0.0.1-security.0', true, true],
  ['only the latest', { '1.0.0': {}, '2.0.0-security': {} }, '2.0.0-security', false, true],
  ['none', { '1.0.0': {} }, '1.0.0', false, false],
])('security stand-in: %s', async (...row) => {
  const [, versions, latest, isSecurityHolding, latestIsSecurityHolding] = row;
  const answer = await read('x', [doc({ name: 'x', versions, 'dist-tags': { latest } })]);
  expect(answer).toMatchObject({ kind: 'present', facts: { isSecurityHolding, latestIsSecurityHolding } });
});

test.each([
  ['complete', 'https://registry.example', { time }, 'present'],
  ['a version without a date', 'https://registry.example', { time: { created: time.created } }, 'unknown'],
  ['no dates', 'https://registry.example', {}, 'unknown'],
  ['a date that is none', 'https://registry.example', { time: { ...time, created: 'soon' } }, 'unknown'],
  ['a mirror by its name', 'https://npm-mirror.example', { time }, 'unknown'],
  ['a mirror by its document', 'https://registry.example', { time, _cnpmcore_publish_time: 'x' }, 'unknown'],
])('age: %s', async (...row) => {
  const [, url, rest, state] = row;
  const answer = await read('x', [doc({ name: 'x', versions: { '1.0.0': {} }, ...rest })], url);
  expect(answer).toMatchObject({ kind: 'present', facts: { created: { state } } });
});

test('a document that is too long is asked for in short', async () => {
  const long = { text: '{"name":"x","versions":{', capped: true };
  const short = {
    name: 'x',
    'dist-tags': { latest: '2.0.0' },
    versions: { '1.0.0': {}, '2.0.0': { hasInstallScript: true } },
  };
  expect(await read('x', [long, doc(short)])).toMatchObject({
    kind: 'present',
    facts: { versions: { count: 2 }, installScripts: true, created: { state: 'unknown' } },
  });
  expect(await read('x', [long, { text: '{"name":"x","versions":{', capped: true }])).toMatchObject({
    kind: 'present',
    facts: { versions: { count: 100, exact: false } },
  });
  expect(await read('x', [long, { text: '<html>', capped: true }])).toMatchObject({ kind: 'unknown' });
});

test('names of object members are ordinary package names', async () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    const text = `{"name":${JSON.stringify(name)},"versions":{"__proto__":{}},"time":{"__proto__":"x"}}`;
    expect(await read(name, [{ text }])).toMatchObject({
      kind: 'present',
      facts: { versions: { count: 1 } },
    });
  }
});
