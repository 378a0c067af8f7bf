import { describe, expect, test } from 'vitest';

import type { ImportKind } from '../../../../src/model/reference.ts';
import { filesOf, fixture, resolved, resolverOf } from './project.ts';

type Row = readonly [file: string, specifier: string, origin: string, kind?: ImportKind | null];

/** What specifiers mean in the fixture projects, by the name of the fixture's folder. */
const projects: Readonly<Record<string, readonly Row[]>> = {
  plain: [
    ['src/main.js', 'lodash/fp', 'package lodash'],
    ['src/main.js', 'plain', 'local package.json'],
    ['src/main.js', 'plain/sub', 'local package.json'],
    ['src/main.js', 'plain/gone', 'missing gone'],
    ['tools/run.js', 'plain', 'package plain'],
    ['tools/run.js', 'tools', 'package tools'],
    ['src/main.js', 'react-is-18', 'package react-is'],
    ['src/main.js', '@acme/kit/button', 'local kit/package.json'],
    ['src/main.js', '@acme/kit/gone', 'missing kit/gone'],
    ['src/main.js', '@acme/linked', 'local linked/index.js'],
    ['src/main.js', '@acme/gone', 'package @acme/gone'],
    ['src/main.js', '@acme/packed', 'package @acme/packed'],
  ],
  'subpath-imports': [
    ['src/config.js', '#config', 'local src/config.js'],
    ['src/config.js', '#internal/a', 'local src/internal/a.ts'],
    ['src/config.js', '#internal/missing', 'missing dist/internal/missing.js'],
    ['src/config.js', '#internal/secret/a', 'missing secret/a.js'],
    ['src/config.js', '#fetch', 'local src/fetch.js + package undici'],
    ['src/config.js', '#dep', 'package lodash'],
    ['src/config.js', '#dep', 'package lodash or @types/lodash', 'type'],
    ['src/config.js', '#fs', 'builtin node'],
    ['src/config.js', '#gone', 'missing src/gone.js'],
    ['src/config.js', '#list', 'local src/config.js'],
    ['src/config.js', '#nothing', 'unknown'],
    ['nested/b.js', '#config', 'unknown'],
  ],
  'pnpm-monorepo': [
    ['apps/web/src/main.tsx', '~/button', 'local apps/web/src/button.tsx'],
    ['apps/web/src/main.tsx', '@/button.js', 'local apps/web/src/button.tsx'],
    ['apps/web/src/main.tsx', '@/graphql', 'missing apps/web/src/graphql'],
    ['apps/web/src/main.tsx', '@shop/ui', 'local packages/ui/package.json'],
    ['apps/web/src/main.tsx', '@shop/ui/button', 'local packages/ui/package.json'],
    ['apps/web/src/main.tsx', '@shop/ui/gone', 'missing packages/ui/gone'],
    ['apps/web/src/main.tsx', '@shop/engine', 'local packages/deep/core/package.json'],
    ['apps/web/src/main.tsx', '@shop/template', 'package @shop/template'],
    ['apps/web/src/main.tsx', '@shop/invented', 'package @shop/invented'],
    ['apps/web/src/main.tsx', 'react', 'package react'],
    ['apps/web/src/main.tsx', 'zod/v4', 'package zod'],
    ['apps/web/src/main.tsx', 'typescript', 'package typescript'],
    ['packages/core/src/index.ts', '@own/money', 'local packages/core/src/money.ts'],
    ['packages/core/src/index.ts', '@own/button', 'package @own/button'],
    ['packages/core/src/index.ts', '~/button', 'unknown'],
  ],
  'npm-workspaces': [
    ['packages/a/index.js', 'beta/sub', 'local packages/b/package.json'],
    ['packages/a/index.js', 'beta/gone', 'missing packages/b/gone'],
    ['packages/a/index.js', 'gamma', 'local tool/package.json'],
    ['packages/a/index.js', 'delta', 'package delta'],
    ['packages/a/index.js', 'lodash', 'package lodash'],
    ['packages/a/index.js', 'root', 'package root'],
  ],
  nuxt: [
    ['app/pages/index.vue', '~/components/Card.vue', 'local app/components/Card.vue'],
    ['app/pages/index.vue', '@/components/Card.vue', 'local app/components/Card.vue'],
    ['app/pages/index.vue', '~~/server/utils/db', 'local server/utils/db.ts'],
    ['app/pages/index.vue', '@@/shared/types', 'local shared/types.ts'],
    ['app/pages/index.vue', '#shared/types', 'local shared/types.ts'],
    ['app/pages/index.vue', 'images/logo.svg?component', 'local app/assets/images/logo.svg'],
    ['app/pages/index.vue', '#imports', 'ambient Nuxt'],
    ['app/pages/index.vue', '#app/nuxt', 'ambient Nuxt'],
    ['app/pages/index.vue', '#components', 'ambient Nuxt'],
    ['app/pages/index.vue', '~icons/mdi/home', 'ambient unplugin-icons'],
    ['app/pages/index.vue', '~/components/Gone.vue', 'missing app/components/Gone.vue'],
    ['app/pages/index.vue', 'vue', 'package vue'],
    ['app/pages/index.vue', '@nuxt/ui', 'package @nuxt/ui'],
  ],
  sveltekit: [
    ['src/routes/+page.svelte', '$lib/load', 'local src/lib/load.ts'],
    ['src/routes/+page.svelte', '$lib', 'local src/lib/index.ts'],
    ['src/routes/+page.svelte', '$lib/gone', 'missing src/lib/gone'],
    ['src/routes/+page.svelte', '$parts/Menu.svelte', 'local src/parts/Menu.svelte'],
    ['src/routes/+page.svelte', '$data/cities.json', 'local data/cities.json'],
    ['src/routes/+page.svelte', '$app/stores', 'ambient SvelteKit'],
    ['src/routes/+page.svelte', '$env/static/private', 'ambient SvelteKit'],
    ['src/routes/+page.svelte', '$service-worker', 'ambient SvelteKit'],
    ['src/routes/+page.svelte', '$other/x', 'unknown'],
    ['src/routes/+page.svelte', 'svelte/store', 'package svelte'],
  ],
  next: [
    ['app/page.tsx', '@/components/ui/button', 'local components/ui/button.tsx'],
    ['app/page.tsx', '@/lib/utils', 'local lib/utils.ts'],
    ['app/page.tsx', '@/lib/invented', 'missing lib/invented'],
    ['app/page.tsx', 'components/ui/button', 'local components/ui/button.tsx'],
    ['app/page.tsx', 'next/link', 'package next'],
    ['app/page.tsx', 'server-only', 'ambient Next.js'],
    ['app/page.tsx', 'client-only', 'ambient Next.js'],
    ['app/page.tsx', 'react', 'package react + package preact'],
  ],
  deno: [
    ['src/main.ts', '@std/assert', 'package @jsr/std__assert'],
    ['src/main.ts', '@std/assert/equals', 'package @jsr/std__assert'],
    ['src/main.ts', 'chalk', 'package chalk'],
    ['member/mod.ts', 'chalk', 'package picocolors'],
    ['src/main.ts', 'express/lib/router', 'package express'],
    ['src/main.ts', 'oak/mod.ts', 'unknown'],
    ['src/main.ts', 'preact', 'package preact'],
    ['src/main.ts', '@/db.ts', 'local src/db.ts'],
    ['src/main.ts', '$db', 'local src/db.ts'],
    ['src/main.ts', '@/gone.ts', 'missing src/gone.ts'],
    ['src/main.ts', 'lodash', 'package lodash'],
    ['src/main.ts', '@acme/member', 'local member/deno.json'],
    ['other/mod.ts', 'yaml', 'package yaml'],
    ['other/mod.ts', 'hono', 'package hono'],
  ],
  'jest-babel': [
    ['src/app.js', '@app/app', 'local src/app.js'],
    ['src/app.js', '~lib/one', 'local lib/one.ts'],
    ['src/app.js', '~util/two', 'local util/two.ts'],
    ['src/app.js', '~util/deep/two', 'unknown'],
    ['src/app.js', '@test/setup', 'local test/setup.js'],
    ['src/app.js', '@root/lib/one', 'local lib/one.ts'],
    ['src/app.js', '@pages/home', 'local pages/home/index.tsx'],
    ['src/app.js', 'helpers', 'local util/index.js'],
    ['src/app.js', 'helpers/two', 'local util/two.ts'],
    ['src/app.js', 'shapes/circle', 'local src/shapes/circle.jsx'],
    ['src/app.js', 'inner', 'local modules/inner.js'],
    ['src/app.js', 'lodash-es', 'package lodash-es'],
    ['src/app.js', '@acme/ui/style.css', 'package @acme/ui'],
    ['src/app.js', 'aaaaaaaaaaaa', 'package aaaaaaaaaaaa'],
    ['src/app.js', 'react', 'package react'],
  ],
  vite: [
    ['src/main.ts', '@/one', 'local src/one.ts'],
    ['src/main.ts', '@/gone', 'missing src/gone'],
    ['src/main.ts', '@styles/app.css?inline', 'local src/styles/app.css'],
    ['src/main.ts', 'components/Button', 'local src/components/Button.vue'],
    ['src/main.ts', 'components/Gone', 'package components'],
    ['src/main.ts', '@shared', 'local src/shared/index.ts'],
    ['src/main.ts', '@shared/dates', 'local src/shared/dates.ts'],
    ['src/main.ts', '#test/render', 'local src/testing/render.tsx'],
    ['src/main.ts', '@one', 'local src/one.ts'],
    ['src/main.ts', '@computed/x', 'package @computed/x'],
    ['src/main.ts', 'vue', 'package vue'],
    ['src/main.ts', 'react', 'package react + package preact'],
    ['src/main.ts', 'x', 'package x'],
  ],
  webpack: [
    ['src/exact.js', 'exact', 'local src/exact.js'],
    ['src/exact.js', 'exact/sub', 'package exact'],
    ['src/exact.js', 'Ui/menu', 'local src/ui/menu.js'],
    ['src/exact.js', '@late/a', 'local src/late/a.js'],
    ['src/exact.js', 'util/sum', 'local src/util/sum.js'],
    ['src/exact.js', '@chain/exact', 'local src/exact.js'],
    ['src/exact.js', '@ui/menu', 'local src/ui/menu.js'],
    ['src/exact.js', 'style-loader', 'package style-loader'],
  ],
  hosts: [
    ['src/extension.ts', 'vscode', 'ambient Visual Studio Code'],
    ['src/extension.ts', 'vscode/sub', 'package vscode'],
    ['src/extension.ts', 'k6/http', 'ambient k6'],
    ['src/extension.ts', 'bun', 'ambient Bun'],
    ['src/extension.ts', 'uno.css', 'ambient UnoCSS'],
    ['src/extension.ts', '@theme/Layout', 'ambient Docusaurus'],
    ['src/extension.ts', '@docusaurus/Link', 'ambient Docusaurus'],
    ['src/extension.ts', '@docusaurus/types', 'package @docusaurus/types'],
    ['src/extension.ts', '@site/src/theme', 'local src/theme.ts'],
    ['src/extension.ts', '__STATIC_CONTENT_MANIFEST', 'ambient Cloudflare Workers'],
    ['src/extension.ts', '@salesforce/apex/A.b', 'package @salesforce/apex'],
  ],
  laundering: [
    ['src/main.ts', 'express', 'package express'],
    ['src/main.ts', 'lodash', 'package lodash'],
    ['src/main.ts', 'underscore', 'local vendor/underscore.ts'],
    ['src/main.ts', 'colors', 'package colors + package evil-colors'],
    ['src/main.ts', '@/evil', 'package evil'],
    ['src/main.ts', 'outside', 'package outside'],
    ['src/main.ts', 'left-pad', 'package left-pad'],
    ['src/main.ts', 'goodname', 'package evil-name'],
    ['src/main.ts', 'axios', 'package axios + package evil-axios'],
    ['src/main.ts', 'request', 'package request'],
    ['src/main.ts', 'got', 'package got'],
    ['src/main.ts', 'numpy-utils-js', 'package numpy-utils-js'],
    ['src/main.ts', 'vscode', 'package vscode'],
  ],
};

describe.each(Object.entries(projects))('%s', (name, rows) => {
  const resolver = resolverOf(filesOf(fixture(name)));
  const cases = rows.map(([file, specifier, origin, kind = 'static']) => ({ file, specifier, origin, kind }));
  test.each(cases)('$file: $specifier → $origin', async ({ file, specifier, origin, kind }) => {
    expect(await resolved(resolver, [file, specifier, kind])).toBe(origin);
  });
});

describe('files that are no part of the project', () => {
  test('a target inside a committed node_modules settles nothing', async () => {
    const files = filesOf(
      fixture('laundering')
        .set('node_modules/evil/index.js', '')
        .set('node_modules/evil/package.json', '{"name":"evil"}'),
    );
    expect(await resolved(resolverOf(files), ['src/main.ts', '@/evil'])).toBe('package evil');
    expect(await resolved(resolverOf(files), ['src/main.ts', 'evil'])).toBe('package evil');
  });

  test('a packed dependency is its package, though the archive is a file of the project', async () => {
    const files = filesOf(fixture('plain').set('packed.tgz', ''));
    expect(await resolved(resolverOf(files), ['src/main.js', '@acme/packed'])).toBe('package @acme/packed');
  });
});

/** Projects of one or two files that show one thing each. */
const small: readonly (readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  specifier: string,
  origin: string,
])[] = [
  [
    'Lerna',
    { 'lerna.json': '{"packages":["libs/*"]}', 'libs/x/package.json': '{"name":"one"}' },
    'one',
    'local libs/x/package.json',
  ],
  [
    'Rush',
    {
      'rush.json': '{"projects":[{"projectFolder":"libs/x"}] /* all */}',
      'libs/x/package.json': '{"name":"one"}',
      'libs/x/sub.js': '',
    },
    'one/sub',
    'local libs/x/package.json',
  ],
  [
    'a path of Yarn',
    {
      'package.json': '{"dependencies":{"one":"workspace:libs/x"}}',
      'libs/x/package.json': '{"name":"other"}',
    },
    'one',
    'local libs/x/package.json',
  ],
  [
    'portal:',
    { 'package.json': '{"dependencies":{"one":"portal:./x"}}', 'x/index.ts': '' },
    'one',
    'local x/index.ts',
  ],
  [
    'link: out of the repository',
    { 'package.json': '{"dependencies":{"one":"link:../x"}}' },
    'one',
    'package one',
  ],
  [
    'a folder without protocol',
    { 'package.json': '{"dependencies":{"one":"./x"}}', 'x/package.json': '{}' },
    'one',
    'local x/package.json',
  ],
  [
    'an npm alias of a scope',
    { 'package.json': '{"dependencies":{"one":"npm:@s/n@1"}}' },
    'one/sub',
    'package @s/n',
  ],
  [
    'an npm alias of a name that looks like a version',
    { 'package.json': '{"dependencies":{"one":"npm:v4"}}' },
    'one',
    'package v4',
  ],
  [
    'a version of the same package that Yarn writes like an alias',
    { 'package.json': '{"dependencies":{"one":"npm:4.17.21"}}' },
    'one',
    'package one',
  ],
  [
    'a byte-order mark',
    { 'package.json': '\uFEFF{"dependencies":{"one":"npm:two@1"}}' },
    'one',
    'package two',
  ],
  ['a package.json that is no JSON', { 'package.json': '{"dependencies":{' }, 'one', 'package one'],
  ['a tsconfig.json that is no JSON', { 'tsconfig.json': 'paths: yes' }, '@/a', 'unknown'],
  [
    'a circle of extends',
    {
      'tsconfig.json': '{"extends":["./b.json","./tsconfig.json"]}',
      'b.json': '{"extends":"./tsconfig","compilerOptions":{"paths":{"@/*":["./*"]}}}',
      'a.ts': '',
    },
    '@/a',
    'local a.ts',
  ],
  [
    'baseUrl beside inherited paths',
    {
      'tsconfig.json': '{"extends":"./base","compilerOptions":{"baseUrl":"src"}}',
      'base.json': '{"compilerOptions":{"paths":{"@/*":["./*"]}}}',
      'src/a.ts': '',
    },
    '@/a',
    'local src/a.ts',
  ],
  [
    'the longest prefix first',
    {
      'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./x/*"],"@/y/*":["./z/*"]}}}',
      'x/y/a.ts': '',
      'z/a.ts': '',
    },
    '@/y/a',
    'local z/a.ts',
  ],
  [
    'jsconfig.json',
    { 'jsconfig.json': '{"compilerOptions":{"baseUrl":"."}}', 'a/b.js': '' },
    'a/b',
    'local a/b.js',
  ],
  [
    'files of one platform',
    { 'jsconfig.json': '{"compilerOptions":{"baseUrl":"."}}', 'a/b.ios.tsx': '' },
    'a/b',
    'local a/b.ios.tsx',
  ],
  [
    'an import map that leads back to itself',
    { 'deno.json': '{"imports":{"a":"b","b":"a"}}' },
    'a',
    'unknown',
  ],
  [
    'an alias onto a folder',
    { 'jsconfig.json': '{"compilerOptions":{"paths":{"ui":["./libs/ui"]}}}', 'libs/ui/package.json': '{}' },
    'ui',
    'local libs/ui/package.json',
  ],
];

describe('a project that shows one thing', () => {
  test.each(small)('%s', async (...[, files, specifier, origin]) => {
    const resolver = resolverOf(filesOf(new Map(Object.entries(files))));
    expect(await resolved(resolver, ['src/main.ts', specifier])).toBe(origin);
  });
});
