import { describe, expect, test } from 'vitest';

import type { ResolveRequest } from '../../../../src/model/language.ts';
import { filesOf, resolverOf } from './project.ts';

type Contents = Readonly<Record<string, string>>;

/** Where an import leads, in the first words of each origin; in brackets as what other kind it counts. */
async function leads(files: Contents, request: Partial<ResolveRequest>): Promise<string> {
  const resolver = resolverOf(filesOf(new Map(Object.entries(files))));
  const asked = { file: 'src/a.ts', specifier: 'evil', names: [], kind: 'static', ...request } as const;
  const origins = (await resolver.resolve(asked)).map(({ origin, kind }) => {
    const suffix = kind === undefined ? '' : ` (${kind})`;
    if (origin.kind === 'local') return `local ${origin.file ?? '-'}${suffix}`;
    if (origin.kind === 'package') return `package ${origin.package.name}${suffix}`;
    return `${origin.kind}${suffix}`;
  });
  return origins.join(' + ');
}

const options = (compilerOptions: unknown): Contents => ({
  'tsconfig.json': JSON.stringify({ compilerOptions }),
});
const root = options({ baseUrl: '.' });
const catchAll = options({ paths: { '*': ['types/*'] } });
const value = 'package evil';

type Row = readonly [what: string, files: Contents, expected: string, specifier?: string];

function rowsOf(rows: readonly Row[]) {
  return rows.map(([what, files, expected, specifier = 'evil']) => ({ what, files, expected, specifier }));
}

describe('a value', () => {
  test.each(
    rowsOf([
      ['a declaration', { ...root, 'evil.d.ts': '' }, value],
      ['a declaration of a folder', { ...root, 'evil/index.d.mts': '' }, value],
      ['a declaration below a catch-all', { ...catchAll, 'types/evil.d.ts': '' }, value],
      [
        'a declaration that an alias names',
        { ...options({ paths: { evil: ['./t.d.ts'] } }), 't.d.ts': '' },
        value,
      ],
      [
        'a declaration that stands for JavaScript',
        { ...root, 'evil.d.ts': '' },
        'package evil.js',
        'evil.js',
      ],
      ['a style sheet', { ...root, 'evil.css': '' }, value],
      ['data', { ...catchAll, 'types/evil.json': '{}' }, value],
      ['a file without an ending', { ...catchAll, 'types/evil': '' }, value],
      [
        'a style sheet that a catch-all names',
        { ...options({ paths: { '*': ['css/*.css'] } }), 'css/evil.css': '' },
        value,
      ],
      ['a folder with nothing but a manifest', { ...root, 'evil/package.json': '{"name":"evil"}' }, value],
      [
        'a folder whose module is not there',
        { ...root, 'evil/package.json': '{"main":"dist/index.js"}' },
        value,
      ],
      [
        'a folder whose module is its manifest',
        { ...root, 'evil/package.json': '{"main":"./package.json"}' },
        value,
      ],
      [
        'a folder that holds types',
        { ...root, 'evil/package.json': '{"types":"a.d.ts"}', 'evil/a.d.ts': '' },
        value,
      ],
      [
        'a folder of a jsconfig.json',
        { 'jsconfig.json': '{"compilerOptions":{"baseUrl":"."}}', 'evil/package.json': '{}' },
        value,
      ],
    ]),
  )('does not come from $what', async ({ files, expected, specifier }) => {
    expect(await leads(files, { specifier })).toBe(expected);
  });

  test.each(
    rowsOf([
      ['a module', { ...root, 'evil.ts': '' }, 'local evil.ts'],
      ['a component', { ...root, 'evil.vue': '' }, 'local evil.vue'],
      ['a module beside its declaration', { ...root, 'evil.d.ts': '', 'evil.js': '' }, 'local evil.js'],
      ['the index of a folder', { ...catchAll, 'types/evil/index.js': '' }, 'local types/evil/index.js'],
      [
        'the module that a manifest names',
        { ...root, 'evil/package.json': '{"main":"lib/a"}', 'evil/lib/a.js': '' },
        'local evil/package.json',
      ],
      [
        'its source',
        { ...root, 'evil/package.json': '{"exports":{".":{"import":"./dist/a.js"}}}', 'evil/src/a.ts': '' },
        'local evil/package.json',
      ],
      ['a style sheet that it spells', { ...root, 'evil.scss': '' }, 'local evil.scss', 'evil.scss'],
      ['data that it spells', { ...root, 'data/evil.json': '' }, 'local data/evil.json', 'data/evil.json'],
      [
        'a component of an alias',
        { ...options({ paths: { 'parts/*': ['./src/*'] } }), 'src/A.vue': '' },
        'local src/A.vue',
        'parts/A',
      ],
      [
        'data of an alias',
        { ...options({ paths: { '@/*': ['./src/*'] } }), 'src/a.json': '' },
        'local src/a.json',
        '@/a',
      ],
      [
        'the types of a name that no package has',
        { ...options({ paths: { '@/*': ['./src/*'] } }), 'src/a.d.ts': '' },
        'local src/a.d.ts',
        '@/a',
      ],
    ]),
  )('comes from $what', async ({ files, expected, specifier }) => {
    expect(await leads(files, { specifier })).toBe(expected);
  });
});

describe('types', () => {
  const declared = { ...root, 'evil.d.ts': '' };
  const settings = (compilerOptions: object) => ({
    ...declared,
    ...options({ baseUrl: '.', ...compilerOptions }),
  });

  test('come from a declaration', async () => {
    expect(await leads(declared, { kind: 'type' })).toBe('local evil.d.ts');
    expect(
      await leads({ ...root, 'evil/package.json': '{"types":"a"}', 'evil/a.d.ts': '' }, { kind: 'type' }),
    ).toBe('local evil/package.json');
  });

  test.each<readonly [string, Contents, Partial<ResolveRequest>, string]>([
    ['what a compiler drops', declared, {}, 'local evil.d.ts (type)'],
    ['without settings', {}, {}, 'package evil (type)'],
    ['in a component', declared, { file: 'src/a.vue' }, value],
    ['in JavaScript', declared, { file: 'src/a.js' }, value],
    ['with isolated modules', settings({ isolatedModules: true }), {}, 'local evil.d.ts (type)'],
    ['imports that stay', settings({ verbatimModuleSyntax: true }), {}, value],
    ['imports that stayed in older versions', settings({ importsNotUsedAsValues: 'error' }), {}, value],
    ['values that stay', settings({ preserveValueImports: true }), {}, value],
    [
      'inherited',
      {
        ...declared,
        'tsconfig.json': '{"extends":"./b.json"}',
        'b.json': '{"compilerOptions":{"verbatimModuleSyntax":true}}',
      },
      {},
      value,
    ],
    ['settings that nobody can read', { ...declared, 'tsconfig.json': '{' }, {}, value],
    [
      'the nearest settings',
      { ...settings({ verbatimModuleSyntax: true }), 'src/tsconfig.json': '{}' },
      {},
      'package evil (type)',
    ],
  ])('are all that is used: %s', async (_, files, request, expected) => {
    expect(await leads(files, { omission: 'types', ...request })).toBe(expected);
  });

  test('are all that a declaration file imports', async () => {
    expect(await leads({}, { file: 'a.d.ts' })).toBe('package evil (type)');
  });
});

test('the nearest configuration of TypeScript decides alone', async () => {
  const files = {
    ...root,
    'helpers/a.ts': '',
    'app/jsconfig.json': '{}',
    'app/tsconfig.json': '{"compilerOptions":{}}',
  };
  const specifier = 'helpers/a';
  expect(await leads(files, { file: 'b.ts', specifier })).toBe('local helpers/a.ts');
  expect(await leads(files, { file: 'app/b.ts', specifier })).toBe('package helpers');
  const inherited = { ...files, 'app/tsconfig.json': '{"extends":"../tsconfig.json"}' };
  expect(await leads(inherited, { file: 'app/b.ts', specifier })).toBe('local helpers/a.ts');
});

test.each([
  ['@acme/core/lang/', 'package @acme/core'],
  ['@acme/ui/lang/', 'local packages/ui/package.json'],
  ['@/views/', 'local src/views/a.vue'],
  ['@/gone/', 'unknown'],
  ['docs/', 'package docs'],
  ['helpers/', 'local helpers/a.ts'],
  ['fs/', 'unknown'],
])('what begins with %s → %s', async (specifier, expected) => {
  const files = {
    'package.json': '{"workspaces":["packages/*"]}',
    'packages/ui/package.json': '{"name":"@acme/ui"}',
    ...options({ baseUrl: '.', paths: { '@/*': ['./src/*'] } }),
    'src/views/a.vue': '',
    'helpers/a.ts': '',
    'docs/a.md': '',
  };
  expect(await leads(files, { specifier, isHead: true })).toBe(expected);
});

describe('in tests of Jest', () => {
  const jest = { 'package.json': '{"devDependencies":{"ts-jest":"29","real":"1"}}' };
  const mock = {
    ...jest,
    'src/__mocks__/evil.js': '',
    'src/__mocks__/real.js': '',
    'src/__mocks__/typed.d.ts': '',
  };
  const file = 'src/__tests__/a.test.js';

  test.each<readonly [string, Contents, Partial<ResolveRequest>, string]>([
    ['a mock in a file', mock, { file }, 'local src/__mocks__/evil.js'],
    ['a mock beside a test', mock, { file: 'src/b.spec.ts' }, 'local src/__mocks__/evil.js'],
    ['a mock of the test', jest, { file, omission: 'mock' }, 'ambient'],
    ['a mock of what is declared', mock, { file, specifier: 'real' }, 'package real'],
    ['a declaration', mock, { file, specifier: 'typed' }, 'package typed'],
    ['a mock of another folder', { ...jest, 'lib/__mocks__/evil.js': '' }, { file }, value],
    ['a program that is no test', mock, { file: 'src/a.js' }, value],
    ['a program that is no test, with its own mock', jest, { file: 'src/a.js', omission: 'mock' }, value],
    [
      'another test runner',
      { ...mock, 'package.json': '{"devDependencies":{"mocha":"10"}}' },
      { file },
      value,
    ],
    [
      'settings of Jest',
      { 'jest.config.js': '', '__mocks__/evil.ts': '' },
      { file },
      'local __mocks__/evil.ts',
    ],
  ])('%s', async (_, files, request, expected) => {
    expect(await leads(files, request)).toBe(expected);
  });
});

test.each([
  ['MANIFEST', 'unknown'],
  ['_manifest', 'unknown'],
  ['Build/info', 'unknown'],
  ['OTHER', 'package OTHER'],
  ['lower', 'package lower'],
])('a module that is only declared, %s → %s', async (specifier, expected) => {
  const names = ['MANIFEST', '_manifest', 'Build/info', 'lower'];
  const files = { 'types/ambient.d.ts': names.map((name) => `declare module '${name}' {}`).join('\n') };
  expect(await leads(files, { specifier })).toBe(expected);
});

test.each([
  ['a name in its scope', '{"name":"@acme/core"}', '@acme/core/sub', 'local package.json'],
  [
    'one that is declared',
    '{"name":"@acme/core","devDependencies":{"@acme/core":"1"}}',
    '@acme/core',
    'package @acme/core',
  ],
  ['one without scope', '{"name":"core"}', 'core', 'package core'],
  ['one without scope that it exports', '{"name":"core","exports":"./a.js"}', 'core', 'local package.json'],
])('a package by its own name: %s', async (_, manifest, specifier, expected) => {
  expect(await leads({ 'package.json': manifest, 'sub.js': '' }, { specifier })).toBe(expected);
});
