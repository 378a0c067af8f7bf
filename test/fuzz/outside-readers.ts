import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { array, object, string } from 'valibot';
import { ecosystems, packageOf } from '../../src/ecosystems/index.ts';
import { Cache, type CacheEntry } from '../../src/lookups/cache.ts';
import { lookUp, type PackageQuery } from '../../src/lookups/index.ts';
import { readClassicYarnrc } from '../../src/ecosystems/npm/other-settings.ts';
import { readNpmrc } from '../../src/ecosystems/npm/registry-settings.ts';
import { readIndexToml, readPipConf } from '../../src/ecosystems/pypi/registry-settings.ts';
import { entriesOf, findDirectory } from '../../src/ecosystems/pypi/zip-directory.ts';
import { askOptions } from '../kit/ask.ts';
import { zip } from '../kit/zip.ts';
import { promise, type Reader } from './reader.ts';

/** Readers of what comes from outside of a repository: registries, the cache, the user's own settings. */
export function outsideReaders(): readonly Reader[] {
  return [
    ...ecosystems
      .filter(({ registry }) => registry !== null)
      .map(({ id }) => ({ id: `registry ${id}`, ...registryReader(id) })),
    { id: 'wheel', seeds: [wheel()], read: readWheel },
    cacheReader(),
    ...settingsReaders(),
  ];
}

const day = '2020-01-01T00:00:00.000Z';
const npmDocument = {
  name: 'some-package',
  'dist-tags': { latest: '1.0.0' },
  versions: { '1.0.0': { scripts: { postinstall: 'x' }, deprecated: 'no', dist: { attestations: {} } } },
  time: { created: day, '1.0.0': day },
  maintainers: [{ name: 'ada' }],
  repository: { url: 'git+https://git.example/x.git' },
};
const withdrawn = {
  name: 'some-package',
  time: { created: day, unpublished: { time: day, versions: ['1'] } },
};
const simplePage = {
  name: 'some-package',
  'project-status': { status: 'archived' },
  versions: ['1.0'],
  files: [
    { filename: 'some_package-1.0-py3-none-any.whl', url: 'https://files.example/x.whl', 'upload-time': day },
    { filename: 'x-1.0.tar.gz', url: '../x', yanked: 'why', 'core-metadata': true, size: 1 },
  ],
};
const reports = {
  vulns: [{ id: 'MAL-1', affected: [{ package: { name: 'some-package', ecosystem: 'npm' } }] }],
};

/** Every address answers with the text, so that reports and wheels are read too. */
function registryReader(ecosystem: string): Omit<Reader, 'id'> {
  const options = askOptions(
    {
      environment: new Map([
        ['NPM_CONFIG_REGISTRY', 'https://registry.example'],
        ['NPM_CONFIG_GLOBALCONFIG', '/dev/null'],
        ['PIP_INDEX_URL', 'https://registry.example'],
        ['PIP_CONFIG_FILE', '/dev/null'],
        ['UV_CONFIG_FILE', '/dev/null'],
      ]),
      home: '/nonexistent',
      platform: 'linux',
    },
    { budget: 20_000 },
  );
  const question: PackageQuery = {
    package: packageOf(ecosystem, 'some-package'),
    modules: ['some_package'],
    imitation: { target: packageOf(ecosystem, 'package'), why: 'x', comparison: 'narrow' },
    isInspected: false,
    wellKnown: false,
  };
  return {
    seeds: [npmDocument, withdrawn, simplePage, reports].map((value) => JSON.stringify(value)),
    read: async (text) => {
      const headers = { 'content-type': 'application/json', etag: text.slice(0, 20).replace(/[^!-~]/g, '') };
      const status = [200, 200, 200, 206, 404, 304][text.length % 6] ?? 200;
      const answer = () => new Response(status === 304 ? null : text, { status, headers });
      const fetch = () => Promise.resolve(answer());
      const publicUrls = {
        registries: new Map([[ecosystem, 'https://public.example']]),
        osv: 'https://osv.example',
      };
      const { known } = await lookUp([question], { ...options, fetch, publicUrls });
      promise(known.size === 1, 'every question has an answer');
    },
  };
}

function wheel(): string {
  return zip(
    new Map([
      ['pkg/__init__.py', ''],
      ['pkg-1.dist-info/METADATA', 'Name: pkg\n'],
    ]),
  ).toString('latin1');
}

function readWheel(text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  const directory = findDirectory(bytes);
  if (directory) entriesOf(bytes.subarray(directory.offset, directory.offset + directory.size));
}

function cacheReader(): Reader {
  const key = { place: 'https://registry.example', identity: null, name: 'some-package' };
  const entry: CacheEntry = { answer: { kind: 'absent' }, asOf: day, absentOn: day };
  const { place, name } = key;
  const values = [entry, { modules: ['a'], asOf: day }];
  return {
    id: 'cache',
    seeds: values.map((value) => JSON.stringify({ format: 2, place, name, value })),
    read: async (text) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'check-imports-fuzz-'));
      try {
        const cache = new Cache(folder);
        await cache.writeAnswer(key, entry);
        for (const file of readdirSync(folder)) writeFileSync(path.join(folder, file), text);
        const found = await cache.readAnswer(key);
        promise(found === null || typeof found.asOf === 'string', 'an entry fits, or is none');
        await cache.readValue(key, object({ modules: array(string()), asOf: string() }));
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

function settingsReaders(): readonly Reader[] {
  const npmrc =
    'registry=https://registry.example/\n@acme:registry=https://a.example\n//a.example/:_authToken=${T}\n';
  const pip =
    '[global]\nindex-url = https://u:p@registry.example/simple\nextra-index-url =\n  https://a.example\n';
  const uv =
    'index-url = "https://a.example"\n[[index]]\nname = "x"\nurl = "https://b.example"\nexplicit = true\n';
  const trusts = ['user', 'repository'] as const;
  const named = (text: string) => trusts.map((trust) => ({ text, trust, from: 'a file' }));
  const variables = new Map([['T', 'secret']]);
  return [
    {
      id: 'settings npmrc',
      seeds: [npmrc],
      read: (text) => named(text).map((file) => readNpmrc(file, variables)),
    },
    {
      id: 'settings .yarnrc',
      seeds: [
        'registry: "https://registry.example/"\n"@acme:registry" "https://a.example"\n--install.offline true\n',
      ],
      read: (text) => Promise.all(named(text).map(readClassicYarnrc)),
    },
    { id: 'settings pip.conf', seeds: [pip], read: (text) => named(text).map(readPipConf) },
    { id: 'settings uv.toml', seeds: [uv], read: (text) => named(text).map((file) => readIndexToml(file)) },
  ];
}
