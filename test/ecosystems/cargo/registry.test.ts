import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { asRecord, asText, parseJson } from '../../../src/documents/values.ts';
import { indexPath, otherSpellings } from '../../../src/ecosystems/cargo/spellings.ts';
import type { Answer } from '../../../src/model/registry-facts.ts';
import type { RepositoryFile } from '../../../src/model/registry.ts';
import { about, askOne, askOptions } from '../../kit/ask.ts';
import { makeMachine } from '../../kit/machine.ts';
import { reply, startServer, type Canned, type TestServer } from '../../kit/server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What an index has, by the path of a request; it answers 404 to all others. */
type Index = Readonly<Record<string, string | Canned>>;

async function serve(index: Index): Promise<TestServer> {
  const server = await startServer(({ path: requested }, response) => {
    const page = index[requested] ?? { status: 404 };
    reply(response, typeof page === 'string' ? { status: 200, body: page } : page);
  });
  closing.push(async () => server.close());
  return server;
}

/** A line of an index for each version. */
function crate(name: string, ...versions: readonly (readonly [vers: string, more?: object])[]): string {
  return versions
    .map(([vers, more]) => `${JSON.stringify({ name, vers, deps: [], yanked: false, ...more })}\n`)
    .join('');
}

/** @returns The answer of an index that is the public one. */
async function ask(name: string, index: Index): Promise<{ answer: Answer; paths: readonly string[] }> {
  const server = await serve(index);
  const home = await makeMachine();
  closing.push(async () => home.remove());
  const publicUrls = { registries: new Map([['cargo', server.url]]), osv: `${server.url}/osv` };
  const { facts } = await askOne(about('cargo', name), askOptions(home.machine, { publicUrls }));
  const paths = server.requests.map(({ path: requested }) => requested);
  return { answer: facts.answer, paths: paths.filter((requested) => !requested.startsWith('/osv')) };
}

const dated = { pubtime: '2020-01-02T03:04:05Z' };

test.each<{ what: string; name?: string; index: Index; answer: object; paths?: readonly string[] }>([
  {
    what: 'the first publication is that of the earliest version, and the latest is the highest release',
    index: {
      '/ac/me/acme': crate(
        'acme',
        ['1.10.0', { pubtime: '2024-05-06T07:08:09Z' }],
        ['1.9.0', dated],
        ['2.0.0-rc.1', { pubtime: '2025-01-01T00:00:00Z' }],
      ),
    },
    answer: {
      kind: 'present',
      facts: {
        created: { state: 'present', value: '2020-01-02T03:04:05.000Z' },
        versions: { count: 3, exact: true },
        latest: '1.10.0',
        yanked: false,
      },
    },
    paths: ['/ac/me/acme'],
  },
  {
    what: 'a yanked version is not the latest',
    index: { '/ac/me/acme': crate('acme', ['1.0.0', dated], ['1.1.0', { ...dated, yanked: true }]) },
    answer: { facts: { latest: '1.0.0', yanked: false } },
  },
  {
    what: 'every version is yanked',
    index: { '/ac/me/acme': crate('acme', ['1.0.0', { ...dated, yanked: true }]) },
    answer: { facts: { latest: '1.0.0', yanked: true } },
  },
  {
    what: 'an index that tells no dates',
    index: { '/ac/me/acme': crate('acme', ['1.0.0']) },
    answer: { facts: { created: { state: 'unknown' } } },
  },
  {
    what: 'an index that tells some dates alone',
    index: { '/ac/me/acme': crate('acme', ['1.0.0'], ['1.1.0', dated]) },
    answer: { facts: { created: { state: 'unknown' } } },
  },
  {
    what: 'capitals are small letters in the path',
    name: 'Inflector',
    index: { '/in/fl/inflector': crate('Inflector', ['0.11.4', dated]) },
    answer: { kind: 'present' },
  },
  { what: '404', index: {}, answer: { kind: 'absent' }, paths: ['/ac/me/acme'] },
  { what: '410', index: { '/ac/me/acme': { status: 410 } }, answer: { kind: 'absent' } },
  { what: '451', index: { '/ac/me/acme': { status: 451 } }, answer: { kind: 'absent' } },
  { what: '403', index: { '/ac/me/acme': { status: 403 } }, answer: { kind: 'unknown' } },
  { what: 'another crate', index: { '/ac/me/acme': crate('other', ['1.0.0']) }, answer: { kind: 'unknown' } },
  { what: 'a page', index: { '/ac/me/acme': '<title>Welcome</title>' }, answer: { kind: 'unknown' } },
  { what: 'nothing', index: { '/ac/me/acme': '' }, answer: { kind: 'unknown' } },
  {
    what: 'the other spelling of a name that a program has',
    name: 'proc_macro2',
    index: { '/pr/oc/proc-macro2': crate('proc-macro2', ['1.0.0', dated]) },
    answer: { kind: 'present' },
    paths: ['/pr/oc/proc_macro2', '/pr/oc/proc-macro2'],
  },
  {
    what: 'no spelling',
    name: 'acme-made_up',
    index: {},
    answer: { kind: 'absent' },
    paths: ['/ac/me/acme-made_up', '/ac/me/acme-made-up', '/ac/me/acme_made_up', '/ac/me/acme_made-up'],
  },
])('$what', async ({ name = 'acme', index, answer, paths }) => {
  const asked = await ask(name, index);
  expect(asked.answer).toMatchObject(answer);
  if (paths !== undefined) expect(asked.paths).toEqual(paths);
});

test.each([
  ['a', '1/a'],
  ['ab', '2/ab'],
  ['log', '3/l/log'],
  ['Serde', 'se/rd/serde'],
])('%s is at %s', (name, expected) => {
  expect(indexPath(name)).toBe(expected);
});

test.each([
  ['serde', []],
  ['serde_json', ['serde-json']],
  ['a-b_c-d', ['a-b-c-d', 'a_b_c_d']],
])('%s may also be spelled %j', (name, expected) => {
  expect(otherSpellings(name)).toEqual(expected);
});

const recorded = path.resolve(import.meta.dirname, '../../../../shared/data/registry-answers');

/** What an index answered in November 2026. */
function recording(file: string) {
  const record = asRecord(parseJson(readFileSync(path.join(recorded, file), 'utf8')));
  const requested = asText(asRecord(record.get('request')).get('path')) ?? '';
  return {
    requested,
    page: { status: Number(record.get('status')), body: asText(record.get('body')) ?? '' },
  };
}

describe.skipIf(!existsSync(recorded))('recorded answers', () => {
  test.each([
    [
      'crates-serde.json',
      'serde',
      { kind: 'present', facts: { created: { value: '2014-12-05T20:20:39.000Z' } } },
    ],
    ['crates-hyphen-form.json', 'proc-macro2', { kind: 'present', facts: { latest: '1.0.107' } }],
    ['crates-two-letters.json', 'si', { kind: 'present', facts: { versions: { count: 2 } } }],
    ['crates-three-letters.json', 'log', { kind: 'present', facts: { latest: '0.4.35' } }],
    ['crates-absent.json', 'serdee', { kind: 'absent' }],
    ['crates-underscore-form-absent.json', 'proc_macro2', { kind: 'absent' }],
  ])('%s', async (file, name, expected) => {
    const { requested, page } = recording(file);
    const { answer, paths } = await ask(name, { [requested]: page });
    expect(paths[0]).toBe(requested);
    expect(answer).toMatchObject(expected);
  });
});

/** One crate, and who was asked for it. `OURS` in texts stands for the address of a private registry. */
interface Row {
  readonly what: string;
  readonly home?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly trusted?: Readonly<Record<string, string>>;
  readonly proposed?: Readonly<Record<string, string>>;
  readonly declared?: readonly string[];
  readonly used?: readonly string[];
  /** What each was asked, with the credentials. */
  readonly ours: readonly string[];
  readonly public: readonly string[];
}

const ourConfig = '[registries.acme]\nindex = "sparse+OURS/index/"\n';
const bound = '[dependencies]\nacme-stock = { version = "1", registry = "acme" }\n';
/** What `cargo install --registry acme acme-stock` says. */
const stockRun = {
  kind: 'command',
  ecosystem: 'cargo',
  names: ['acme-stock'],
  index: 'acme',
  extra: [],
  noIndex: false,
} as const;
const isAsked = ['/index/ac/me/acme-stock'];
const isPublic = ['/ac/me/acme-stock'];

test.each<Row>([
  { what: 'without settings: the public one', ours: [], public: isPublic },
  {
    what: 'what a line takes from a registry is asked there alone',
    home: { '.cargo/config.toml': ourConfig },
    trusted: { 'Cargo.toml': bound },
    declared: ['Cargo.toml'],
    ours: isAsked,
    public: [],
  },
  {
    what: 'so it is where a variable says where the registry is',
    variables: { CARGO_REGISTRIES_ACME_INDEX: 'sparse+OURS/index/' },
    trusted: { 'Cargo.toml': bound },
    declared: ['Cargo.toml'],
    ours: isAsked,
    public: [],
  },
  {
    what: 'the line of a change is no less a line',
    home: { '.cargo/config.toml': ourConfig },
    proposed: { 'Cargo.toml': bound },
    declared: ['Cargo.toml'],
    ours: isAsked,
    public: [],
  },
  {
    what: 'a line of the workspace binds its members',
    home: { '.cargo/config.toml': ourConfig },
    trusted: {
      'Cargo.toml':
        '[workspace]\nmembers = ["app"]\n[workspace.dependencies]\nacme-stock = { version = "1", registry = "acme" }\n',
      'app/Cargo.toml': '[package]\nname = "app"\n[dependencies]\nacme-stock.workspace = true\n',
    },
    declared: ['Cargo.toml', 'app/Cargo.toml'],
    ours: isAsked,
    public: [],
  },
  {
    what: 'a registry that no file names is asked nowhere, and neither is anybody else',
    trusted: { 'Cargo.toml': bound },
    declared: ['Cargo.toml'],
    ours: [],
    public: [],
  },
  {
    what: 'a registry whose index is a git repository is not asked',
    home: { '.cargo/config.toml': '[registries.acme]\nindex = "OURS/index"\n' },
    trusted: { 'Cargo.toml': bound },
    declared: ['Cargo.toml'],
    ours: [],
    public: [],
  },
  {
    what: 'a registry of this machine that the repository alone names is not asked',
    trusted: { 'Cargo.toml': bound, '.cargo/config.toml': ourConfig },
    declared: ['Cargo.toml'],
    ours: [],
    public: [],
  },
  {
    what: 'a line elsewhere in the repository does not bind what this folder declares',
    home: { '.cargo/config.toml': ourConfig },
    trusted: { 'tools/Cargo.toml': bound },
    declared: ['app/Cargo.toml'],
    ours: [],
    public: isPublic,
  },
  {
    what: 'what stands in for crates.io serves every crate',
    home: {
      '.cargo/config.toml':
        '[source.crates-io]\nreplace-with = "near"\n[source.near]\nregistry = "sparse+OURS/index/"\n',
    },
    ours: isAsked,
    public: [],
  },
  {
    what: 'another registry of crates.io itself serves every crate',
    home: { '.cargo/config.toml': '[source.crates-io]\nregistry = "sparse+OURS/index/"\n' },
    ours: isAsked,
    public: [],
  },
  {
    what: 'another registry of crates.io itself that is in git is not asked, and neither is crates.io',
    home: { '.cargo/config.toml': '[source.crates-io]\nregistry = "OURS/index"\n' },
    ours: [],
    public: [],
  },
  {
    what: 'crates.io by its own address is the public one',
    home: {
      '.cargo/config.toml': '[source.crates-io]\nregistry = "https://github.com/rust-lang/crates.io-index"\n',
    },
    ours: [],
    public: isPublic,
  },
  {
    what: 'what is said of a registry by the name of crates.io is not heard',
    home: { '.cargo/config.toml': '[registries.crates-io]\nindex = "sparse+OURS/index/"\n' },
    ours: [],
    public: isPublic,
  },
  {
    what: 'a folder that stands in for crates.io has crates of crates.io',
    trusted: {
      '.cargo/config.toml':
        '[source.crates-io]\nreplace-with = "vendored-sources"\n[source.vendored-sources]\ndirectory = "vendor"\n',
    },
    ours: [],
    public: isPublic,
  },
  {
    what: 'a change that puts a registry in the place of crates.io has nobody asked',
    proposed: {
      '.cargo/config.toml':
        '[source.crates-io]\nreplace-with = "near"\n[source.near]\nregistry = "sparse+OURS/index/"\n',
    },
    ours: [],
    public: [],
  },
  {
    what: 'crates.io by its name is the public one',
    trusted: { 'Cargo.toml': '[dependencies]\nacme-stock = { version = "1", registry = "crates-io" }\n' },
    declared: ['Cargo.toml'],
    ours: [],
    public: isPublic,
  },
  {
    what: 'the token of a registry goes there, and that of crates.io nowhere',
    home: {
      '.cargo/config.toml': ourConfig,
      '.cargo/credentials.toml': '[registry]\ntoken = "publishing"\n[registries.acme]\ntoken = "ours"\n',
    },
    trusted: { 'Cargo.toml': bound },
    declared: ['Cargo.toml'],
    ours: ['/index/ac/me/acme-stock ours'],
    public: [],
  },
  {
    what: 'a variable holds a token, too',
    home: { '.cargo/config.toml': ourConfig },
    variables: { CARGO_REGISTRIES_ACME_TOKEN: 'ours' },
    trusted: { 'Cargo.toml': bound },
    declared: ['Cargo.toml'],
    ours: ['/index/ac/me/acme-stock ours'],
    public: [],
  },
  {
    what: 'no token goes where a repository leads the name of the registry',
    home: { '.cargo/credentials.toml': '[registries.acme]\ntoken = "ours"\n' },
    variables: { CARGO_REGISTRIES_OTHER_INDEX: 'sparse+OURS/other/' },
    trusted: { 'Cargo.toml': bound, '.cargo/config.toml': ourConfig },
    declared: ['Cargo.toml'],
    ours: isAsked,
    public: [],
  },
  {
    what: 'what a command takes from a registry is asked there alone',
    home: { '.cargo/config.toml': ourConfig },
    trusted: { 'setup.sh': 'cargo install --registry acme acme-stock' },
    used: ['setup.sh'],
    ours: isAsked,
    public: [],
  },
  {
    what: 'another program takes it from where all crates come from',
    home: { '.cargo/config.toml': ourConfig },
    trusted: { 'setup.sh': 'cargo install --registry acme acme-stock' },
    used: ['other.sh'],
    ours: [],
    public: isPublic,
  },
  {
    what: 'the user lets nothing be sent',
    home: { '.cargo/config.toml': '[net]\noffline = true\n' },
    ours: [],
    public: [],
  },
])('$what', async (row) => {
  const stock = crate('acme-stock', ['1.0.0', dated]);
  const [ours, everybodys] = [
    await serve({ '/index/ac/me/acme-stock': stock }),
    await serve({ '/ac/me/acme-stock': stock }),
  ];
  const addressed = (texts: Readonly<Record<string, string>> = {}) =>
    Object.entries(texts).map(([name, text]) => [name, text.replaceAll('OURS', ours.url)] as const);
  const files = (texts?: Readonly<Record<string, string>>): RepositoryFile[] =>
    addressed(texts).map(([name, text]) => ({
      path: name,
      text,
      ...(name.endsWith('.sh') && { runs: [stockRun] }),
    }));
  const home = await makeMachine(
    Object.fromEntries(addressed(row.home)),
    Object.fromEntries(addressed(row.variables)),
  );
  closing.push(async () => home.remove());
  await askOne(
    about('cargo', 'acme-stock'),
    askOptions(home.machine, {
      repository: files(row.trusted),
      proposed: files(row.proposed ?? row.trusted),
      placesOf: () => ({ declared: row.declared ?? [], used: row.used ?? [] }),
      publicUrls: { registries: new Map([['cargo', everybodys.url]]), osv: `${everybodys.url}/osv` },
    }),
  );
  const asked = ({ requests }: TestServer) =>
    requests
      .filter((request) => !request.path.startsWith('/osv'))
      .map(({ path: requested, headers }) => [requested, headers.authorization].filter(Boolean).join(' '));
  expect({ ours: asked(ours), public: asked(everybodys) }).toEqual({ ours: row.ours, public: row.public });
  const hasOsvHeard = everybodys.requests.some(({ path: requested }) => requested.startsWith('/osv'));
  expect(hasOsvHeard).toBe(row.public.length > 0);
});
