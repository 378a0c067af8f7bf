import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findEcosystem } from '../../src/ecosystems/index.ts';
import { namedFiles, npmEnvironment, readNpmrc } from '../../src/ecosystems/npm/registry-settings.ts';
import { userFilesOf } from '../../src/ecosystems/npm/user-files.ts';
import {
  pythonEnvironment,
  readIndexToml,
  readPipConf,
} from '../../src/ecosystems/pypi/registry-settings.ts';
import { readConfigParser } from '../../src/documents/configparser.ts';
import { authorizationFor } from '../../src/ecosystems/shared/registry-source.ts';
import { networkSettings } from '../../src/lookups/proxy-fetch.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const environment = new Map([['TOKEN', 's3cr3t']]);

describe('npmrc', () => {
  const read = (text: string, trust: 'user' | 'repository' = 'user') =>
    readNpmrc({ text, trust, from: 'npmrc' }, environment);

  test.each([
    ['registry=https://a.example/x/', 'https://a.example/x'],
    ['; comment\n# comment\n registry = "https://a.example" ', 'https://a.example'],
    ['registry=https://u:p@a.example', 'https://a.example'],
    ['registry=https://a.example\r\nregistry=https://b.example', 'https://b.example'],
    ['[section]\nregistry=https://a.example', undefined],
    ['"\\u0072egistry"="https:\\/\\/a.example"', 'https://a.example'],
    ['\u00a0registry\u3000=\vhttps://a.example ; ours', 'https://a.example'],
    ['registry[]=https://a.example', 'https://a.example'],
    ['${MISSING?}registry=https://a.example', 'https://a.example'],
    ['[section] \nregistry=https://a.example', undefined],
    ['  [no section]\nregistry=https://a.example', 'https://a.example'],
    ['\\;registry=https://a.example', undefined],
  ])('%j', (text, url) => {
    expect(read(text).registry?.url).toBe(url);
  });

  test.each([
    ['//a.example/:_authToken=${TOKEN}', 'https://a.example/x', 'Bearer s3cr3t'],
    ['//a.example/:_authToken=${MISSING}', 'https://a.example/x', 'Bearer ${MISSING}'],
    ['//a.example/:_authToken=${MISSING?}', 'https://a.example/x', null],
    ['//a.example/:_authToken=\\${TOKEN}', 'https://a.example/x', 'Bearer ${TOKEN}'],
    ['//a.example/:_authToken=\\\\\\\\${TOKEN}', 'https://a.example/x', 'Bearer \\s3cr3t'],
    ['//a.example/:_authToken=a\\;b;c', 'https://a.example/x', 'Bearer a;b'],
    ['//a.example/:_auth=abc', 'https://a.example/x', 'Basic abc'],
    ['//a.example/:username=u\n//a.example/:_password=cA==', 'https://a.example/x', basic('u:p')],
    ['registry=https://u:p%40@a.example/n/', 'https://a.example/n/x', basic('u:p@')],
    ['registry=https://u:p@a.example/n/', 'https://a.example/other/x', null],
    ['//a.example/n/:_authToken=t', 'https://a.example/nn/x', null],
    ['//a.example/n/:_authToken=t', 'https://a.example/n', 'Bearer t'],
    ['//a.example/:_authToken=t\n//a.example/n/:_authToken=longer', 'https://a.example/n/x', 'Bearer longer'],
    ['//a.example/:_authToken=t', 'https://a.example:8443/x', null],
    ['//a.example/:_authToken=t', 'https://b.a.example/x', null],
    ['_authToken=t', 'https://a.example/x', null],
  ])('%j for %s: %s', (text, url, authorization) => {
    expect(authorizationFor(new URL(url), read(text).credentials)).toBe(authorization);
  });

  test('a repository’s file chooses registries and nothing else', () => {
    const text = [
      'registry=https://u:p@a.example',
      '@x:registry=https://b.example',
      '//a.example/:_authToken=t',
      'proxy=http://p.example',
      'https-proxy=http://p.example',
      'noproxy=*',
      'cafile=/x',
      'ca=pem',
    ].join('\n');
    const { registry, scopes, ...rest } = read(text, 'repository');
    expect(registry?.url).toBe('https://a.example');
    expect([...scopes.keys()]).toEqual(['@x']);
    expect(rest).toEqual({
      credentials: [],
      proxy: null,
      httpsProxy: null,
      noProxy: null,
      authorities: [],
      authorityFile: null,
    });
  });

  test.each([
    [{ NPM_CONFIG_REGISTRY: 'https://a.example' }, 'https://a.example'],
    [{ npm_config_registry: 'https://a.example' }, 'https://a.example'],
    [{ npm_config_registry: 'https://a.example', npm_lifecycle_event: 'test' }, undefined],
    [{ NPM_CONFIG_REGISTRY: 'https://a.example', npm_lifecycle_event: 'test' }, 'https://a.example'],
    [{ NPM_CONFIG_REGISTRY: '' }, undefined],
  ])('environment %j', (variables, url) => {
    expect(npmEnvironment(new Map(Object.entries(variables))).registry?.url).toBe(url);
  });

  test.each([
    [{ pnpm_config_registry: 'https://a.example' }, 'https://a.example'],
    [{ pnpm_config_registry: 'https://a.example', npm_execpath: 'pnpm' }, undefined],
    [{ PNPM_CONFIG_REGISTRY: 'https://a.example', npm_execpath: 'pnpm' }, 'https://a.example'],
    [{ NPM_CONFIG_REGISTRY: 'https://a.example' }, undefined],
  ])('environment of pnpm %j', (variables, url) => {
    expect(npmEnvironment(new Map(Object.entries(variables)), 'pnpm_config_').registry?.url).toBe(url);
  });

  test.each([
    [{ npm_config_userconfig: '/own' }, true],
    [{ npm_config_userconfig: '/own', npm_lifecycle_event: 'test' }, false],
    [{ npm_config_userconfig: '/own', npm_command: 'exec' }, false],
    [{ NPM_CONFIG_USERCONFIG: '/own', npm_command: 'exec' }, true],
  ])('whose word names the file: %j', (variables, isOwn) => {
    const files = namedFiles(new Map(Object.entries(variables)), 'npm_config_', ['userconfig']);
    expect(files).toEqual([{ path: '/own', isOwn }]);
  });

  test.each([
    ['darwin', {}, '/home/ada/Library/Preferences/pnpm/config.yaml'],
    ['win32', { LOCALAPPDATA: '/local' }, '/local/pnpm/config/config.yaml'],
    ['win32', {}, '/home/ada/AppData/Local/pnpm/config/config.yaml'],
    ['linux', {}, '/home/ada/.config/pnpm/config.yaml'],
    ['darwin', { XDG_CONFIG_HOME: '/etc/xdg' }, '/etc/xdg/pnpm/config.yaml'],
  ] as const)('pnpm’s folder on %s with %j', (platform, variables, path) => {
    const environment = new Map<string, string>(Object.entries(variables));
    const [first] = userFilesOf({ environment, home: '/home/ada', platform });
    expect(first?.path.replaceAll('\\', '/')).toBe(path);
  });
});

describe('pip and uv', () => {
  const file = (text: string, from: string) => ({ text, trust: 'repository' as const, from });

  test.each([
    ['[global]\nindex-url = https://a.example/simple/', 'https://a.example/simple', []],
    [
      '[install]\nextra-index-url =\n    https://b.example\n    https://c.example',
      undefined,
      ['https://b.example', 'https://c.example'],
    ],
    ['index-url = https://a.example', undefined, []],
    ['[list]\nindex-url = https://a.example', undefined, []],
    ['[DEFAULT]\nindex-url = https://a.example\n[global]\n', 'https://a.example', []],
    ['[DEFAULT]\nindex-url = https://a.example\n', undefined, []],
    [
      '[install]\n--Index_URL: https://a.example\n[global]\nindex-url = https://b.example',
      'https://a.example',
      [],
    ],
    ['[global]\nx = https://a.example\nindex-url = %(x)s', '%(x)s', []],
  ])('pip.conf %j', (text, index, extra) => {
    const settings = readPipConf(file(text, 'pip.conf'));
    expect(settings.index?.url).toBe(index);
    expect(settings.extra.map(({ url }) => url)).toEqual(extra);
  });

  test.each([
    [{ PIP_INDEX_URL: 'https://a.example' }, 'https://a.example', []],
    [
      { PIP_EXTRA_INDEX_URL: 'https://a.example https://b.example' },
      undefined,
      ['https://a.example', 'https://b.example'],
    ],
    [
      { UV_DEFAULT_INDEX: 'ours=https://a.example', UV_INDEX: 'x=https://b.example' },
      'https://a.example',
      ['https://b.example'],
    ],
  ])('environment %j', (variables, index, extra) => {
    const settings = pythonEnvironment(new Map(Object.entries(variables)));
    expect(settings.index?.url).toBe(index);
    expect(settings.extra.map(({ url }) => url)).toEqual(extra);
  });

  test.each([
    ['uv.toml', 'index-url = "https://a.example"\nextra-index-url = ["https://b.example"]'],
    ['uv.toml', '[[index]]\nurl = "https://a.example"\ndefault = true\n[[index]]\nurl = "https://b.example"'],
    ['pyproject.toml', '[tool.uv]\nindex-url = "https://a.example"\nextra-index-url = ["https://b.example"]'],
    [
      'pyproject.toml',
      '[[tool.poetry.source]]\nurl = "https://a.example"\n[[tool.poetry.source]]\nurl = "https://b.example"\npriority = "supplemental"\n[[tool.poetry.source]]\nurl = "https://c.example"\npriority = "explicit"',
    ],
    [
      'pyproject.toml',
      '[[tool.pdm.source]]\nname = "pypi"\nurl = "https://a.example"\n[[tool.pdm.source]]\nurl = "https://b.example"',
    ],
  ])('%s %j', (from, text) => {
    const settings = readIndexToml(file(text, from));
    expect(settings.index?.url).toBe('https://a.example');
    expect(settings.extra.map(({ url }) => url)).toEqual(['https://b.example']);
  });

  test('an index that is bound to names serves only those', () => {
    const text = [
      '[[tool.uv.index]]',
      'name = "ours"',
      'url = "https://a.example"',
      'explicit = true',
      '[tool.uv.sources]',
      'Acme_Tools = { index = "ours" }',
      'torch = [{ index = "ours", marker = "x" }]',
      'other = { git = "https://code.example" }',
    ].join('\n');
    const { bound, index, extra } = readIndexToml(file(text, 'pyproject.toml'));
    expect([...bound].map(([name, { url }]) => [name, url])).toEqual([
      ['acme-tools', 'https://a.example'],
      ['torch', 'https://a.example'],
    ]);
    expect([index, extra]).toEqual([null, []]);
  });

  test('text that is no TOML says nothing', () => {
    expect(readIndexToml(file('= x', 'uv.toml'))).toMatchObject({ index: null, extra: [] });
  });
});

test('any text can be settings', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('[', ']', '=', '"', "'", '\n', ' ', '#', 'a', '$', '{', '}') }),
      (text) => {
        expect(() => readConfigParser(text)).not.toThrow();
        expect(() => readNpmrc({ text, trust: 'user', from: 'x' }, environment)).not.toThrow();
      },
    ),
  );
});

test.each([
  [{}, { httpProxy: null, httpsProxy: null, noProxy: null }],
  [{ HTTPS_PROXY: 'http://p.example' }, { httpProxy: null, httpsProxy: 'http://p.example' }],
  [{ https_proxy: 'http://p.example', HTTPS_PROXY: 'http://q.example' }, { httpsProxy: 'http://p.example' }],
  [{ ALL_PROXY: 'http://p.example' }, { httpProxy: 'http://p.example', httpsProxy: 'http://p.example' }],
  [{ NO_PROXY: '.example' }, { noProxy: '.example' }],
])('proxies of %j', (variables, expected) => {
  const npm = { proxy: null, httpsProxy: null, noProxy: null, authorities: [] };
  expect(networkSettings(new Map(Object.entries(variables)), npm)).toMatchObject(expected);
});

test('the public registries are npm’s own default and PyPI’s simple index', async () => {
  const publicUrl = async (id: string) => (await findEcosystem(id)?.registry?.())?.publicUrl();
  expect(new URL((await publicUrl('npm')) ?? '').protocol).toBe('https:');
  expect(await publicUrl('pypi')).toBe('https://pypi.org/simple');
});
