import { describe, expect, test } from 'vitest';

import { filesOf, resolved, resolverOf } from './project.ts';

/** Specifiers whose spelling alone tells where they lead. */
const table: readonly (readonly [specifier: string, origin: string])[] = [
  ['../../..', 'local -'],
  ['../../../../outside/the/repository', 'local -'],
  ['/src/main.ts', 'local -'],
  ['C:\\code\\main.js', 'local -'],
  ['.\\a', 'local -'],
  ['../node_modules/lodash/fp.js', 'package lodash'],
  ['../node_modules/.pnpm/@acme+ui@1.0.0/node_modules/@acme/ui/index.js', 'package @acme/ui'],
  ['/usr/lib/node_modules/typescript', 'package typescript'],
  ['node_modules/evil/index.js', 'package evil'],
  ['..\\node_modules\\evil\\index.js', 'package evil'],
  ['./node_modules/.bin/tool', 'unknown'],
  ['../node_modules/lodash/../evil/index.js', 'package evil'],
  ['../node_modules//./evil', 'package evil'],
  ['../Node_Modules/evil', 'package evil'],
  ['../node%5fmodules/%65vil/index.js', 'package evil'],
  ['lodash/node_modules/evil', 'package evil'],
  ['file:///srv/app/node%5Fmodules/evil/main.js', 'package evil'],
  ['./node_modules/@acme', 'unknown'],
  ['', 'unknown'],
  ['data:text/javascript,export default 1 !== 2', 'local -'],
  ['blob:https://example.org/9115d58c', 'local -'],
  ['file:///srv/app/main.js', 'local -'],
  ['file:///srv/app/node_modules/evil/main.js', 'package evil'],
  ['fs', 'builtin node'],
  ['fs/promises', 'builtin node'],
  ['node:fs', 'builtin node'],
  ['node:newer-than-any-list', 'builtin node'],
  ['npm:chalk@5', 'package chalk'],
  ['npm:/chalk@^5.3.0/source/index.js', 'package chalk'],
  ['npm:@acme/ui@1.0.0-beta.1/button', 'package @acme/ui'],
  ['npm:', 'unknown'],
  ['npm:@acme', 'unknown'],
  ['jsr:@std/assert@^1.0.0/equals', 'package @jsr/std__assert'],
  ['jsr:std', 'unknown'],
  ['bun:sqlite', 'ambient Bun'],
  ['cloudflare:workers', 'ambient Cloudflare Workers'],
  ['virtual:pwa-register/vue', 'ambient a Vite or Rollup plugin'],
  ['astro:content', 'ambient Astro'],
  ['https://esm.sh/lodash@4.17.21/fp?target=es2022', 'package lodash'],
  ['https://esm.sh/v135/@acme/ui@1', 'package @acme/ui'],
  ['https://esm.sh/*swr@2', 'package swr'],
  [
    'https://esm.sh/swr?deps=react@18&alias=react:preact/compat',
    'package swr + package react + package preact',
  ],
  ['https://esm.sh/jsr/@std/assert@1', 'package @jsr/std__assert'],
  ['https://esm.sh/gh/owner/repository', 'unknown'],
  ['https://unpkg.com/three@0.160.0/build/three.module.js', 'package three'],
  ['//unpkg.com/three', 'package three'],
  ['https://cdn.jsdelivr.net/npm/@acme/ui@1/+esm', 'package @acme/ui'],
  ['https://cdn.jsdelivr.net/gh/owner/repository@1/a.js', 'unknown'],
  ['https://cdn.skypack.dev/pin/preact@v10.5.7-abc/mode=imports/x.js', 'package preact'],
  ['https://cdn.skypack.dev/-/preact@v10.5.7-abc/dist=es2019/x.js', 'package preact'],
  ['https://ga.jspm.io/npm:vue@3.4.0/dist/vue.js', 'package vue'],
  ['https://ga.jspm.io/github:owner/repository', 'unknown'],
  ['https://jsr.io/@std/assert/1.0.0/mod.ts', 'package @jsr/std__assert'],
  ['https://unpkg.com:8443/three', 'unknown'],
  ['https://unpkg.com.evil.example/three', 'unknown'],
  ['https://three@evil.example/unpkg.com/three', 'unknown'],
  ['https://unpkg.com/', 'unknown'],
  ['https://unpkg.com/%E0%A4%A', 'unknown'],
  ['https://deno.land/std@0.200.0/fs/mod.ts', 'unknown'],
  ['http://', 'unknown'],
];

describe('a specifier whose spelling tells where it leads', () => {
  test.each(table)('%s → %s, without a look at any file', async (specifier, origin) => {
    const files = filesOf(new Map([['package.json', '{}']]));
    expect(await resolved(resolverOf(files), ['src/main.ts', specifier])).toBe(origin);
    expect(files.calls).toEqual([]);
  });
});

/** Bare specifiers in a project that says nothing about them. */
const bare: readonly (readonly [specifier: string, origin: string])[] = [
  ['!!raw-loader!./file.txt', 'package raw-loader + local -'],
  ['-!style-loader!css-loader?modules&a=b!./a.css', 'package style-loader + package css-loader + local -'],
  ['lodash', 'package lodash'],
  ['lodash/fp', 'package lodash'],
  ['lodash?foo', 'package lodash'],
  ['lodash/fp#part', 'package lodash'],
  ['@acme/ui/button.css?inline', 'package @acme/ui'],
  ['JSONStream', 'package JSONStream'],
  ['constructor', 'package constructor'],
  ['@types/node', 'package @types/node'],
  ['src/components/Button', 'package src'],
  ['text!lodash', 'package text + package lodash'],
  ['lodash.', 'package lodash.'],
  ['__proto__', 'unknown'],
  ['@/components/Button', 'unknown'],
  ['~/components/Button', 'unknown'],
  ['~components/Button', 'unknown'],
  ['#internal/a', 'unknown'],
  ['$lib/load', 'unknown'],
  ['@acme', 'unknown'],
  ['foo bar', 'unknown'],
  ['.hidden', 'unknown'],
  ['made-up:thing', 'unknown'],
  ['vscode', 'package vscode'],
  ['k6/http', 'package k6'],
  ['~icons/mdi/home', 'unknown'],
];

const beside = [
  'src/a.ts',
  'src/index.ts',
  'src/a.svg',
  'src/a.css',
  'src/a.js',
  'src/file.txt',
  'src/image.png',
];

const elsewhere = ['100%/a.js', 'loaders/own.js'];

const projectFiles = filesOf(new Map([...beside, ...elsewhere].map((path) => [path, ''])));

describe('a bare specifier in a project that maps nothing', () => {
  test.each(bare)('%s → %s', async (specifier, origin) => {
    expect(await resolved(resolverOf(projectFiles), ['src/main.ts', specifier])).toBe(origin);
  });
});

describe('a path to a file of the project', () => {
  test.each([
    './a',
    '.',
    './a.svg?raw',
    '../node_modules/evil/../../src/a.js',
    '../100%/a.js',
    '!./a.css',
    '!!../loaders/own.js!./a',
    'url:./image.png',
  ])('%s', async (specifier) => {
    expect(await resolved(resolverOf(projectFiles), ['src/main.ts', specifier])).toBe('local -');
  });
});

const types: readonly (readonly [specifier: string, origin: string])[] = [
  ['lodash/fp', 'package lodash or @types/lodash'],
  ['@acme/ui/button', 'package @acme/ui or @types/acme__ui'],
  ['@types/estree', 'package @types/estree'],
  ['node', 'package @types/node'],
  ['fs', 'builtin node'],
  ['npm:chalk', 'package chalk or @types/chalk'],
];

describe('an import of types', () => {
  test.each(types)('%s → %s', async (specifier, origin) => {
    expect(await resolved(resolverOf(filesOf(new Map())), ['a.ts', specifier, 'type'])).toBe(origin);
  });

  test.each(['a.d.ts', 'types/a.d.mts', 'a.d.cts'])('is every import of %s', async (file) => {
    const resolver = resolverOf(filesOf(new Map()));
    for (const kind of ['static', 'require', 'type', null] as const)
      expect(await resolved(resolver, [file, 'estree', kind])).toBe('package estree or @types/estree');
  });

  test.each(['a.ts', 'a.d.js', 'ad.ts', 'a.d.ts/b.ts'])('is not every import of %s', async (file) => {
    expect(await resolved(resolverOf(filesOf(new Map())), [file, 'estree', 'static'])).toBe('package estree');
  });

  test('is read strictly where the kind is not known', async () => {
    expect(await resolved(resolverOf(filesOf(new Map())), ['a.ts', 'lodash', null])).toBe('package lodash');
  });
});

describe('what the config says', () => {
  const resolver = resolverOf(filesOf(new Map()), {
    localModules: ['generated', '@gen/*'],
    ambient: ['host-api', 'zone:*'],
    imports: new Map([
      ['window', ['window-shim', 'window-shim-next']],
      ['window/deep', ['window-deep']],
    ]),
  });
  test.each([
    ['generated', 'local -'],
    ['generated/graphql', 'local -'],
    ['generated-not', 'package generated-not'],
    ['@gen/client', 'local -'],
    ['host-api', 'ambient the config'],
    ['host-api/sub', 'package host-api'],
    ['zone:clock', 'ambient the config'],
    ['window/any', 'package window-shim or window-shim-next'],
    ['window/deep/er', 'package window-deep'],
  ])('%s → %s', async (specifier, origin) => {
    expect(await resolved(resolver, ['a.ts', specifier])).toBe(origin);
  });
});
