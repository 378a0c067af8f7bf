import { afterAll, beforeAll, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/*
 * Settings that are edited alone change what files load that nobody edits. Each row is a staged change of one shop, which
 * approves lodash and @acme/*, and in which nobody approved left-pad.
 */

type Files = Readonly<Record<string, string>>;

const json = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
const dependencies = { lodash: '4' };
const vite = (alias: string): string =>
  `export default {\n  resolve: {\n    alias: { ${alias} },\n  },\n};\n`;

let scratch: Scratch;
beforeAll(async () => {
  scratch = await shop({
    'package.json': json({ name: 'shop', dependencies, imports: { '#price': './web/price.ts' } }),
    'deno/deno.json': json({ importMap: './modules.json' }),
    'deno/modules.json': json({ imports: {} }),
    'deno/app.ts': "import lodash from 'lodash';\n",
    'deno/other.json': json({ imports: { lodash: 'npm:left-pad@1' } }),
    'site/vite.config.ts': `import { label } from './label.ts';\n${vite("common: './src/common', '@': './src'")}`,
    'site/label.ts': "export const label = 'right-pad';\nexport const size = 1;\n",
    'site/src/pad.ts': "import pad from 'right-pad';\n",
    'site/src/common/keys.ts': 'export const key = 1;\n',
    'site/src/app.ts': "import { key } from 'common/keys';\nimport '@/common/keys';\n",
    'stock/vite.config.ts': vite("\n      depot: './src/depot',\n      dock: './src/dock',\n    "),
    'stock/src/depot/keys.ts': 'export const key = 1;\n',
    'stock/src/app.ts': "import { key } from 'depot/keys';\n",
    'lib/tsconfig.json': json({ extends: '../shared/base.json' }),
    'lib/a.ts': "import lodash from 'lodash';\n",
    'shared/base.json': json({ compilerOptions: { strict: true } }),
    'web/x.ts': "import { price } from '#price';\n",
    'data/words.json': json({ paths: ['left-pad'] }),
    'vendored/lodash.ts': 'export const x = 1;\n',
  });
});
afterAll(() => {
  scratch.dispose();
});

async function said(files: Files, removed: readonly string[] = []): Promise<string[]> {
  scratch.write(files);
  for (const file of removed) scratch.remove(file);
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  await scratch.git('reset', '--quiet', '--hard');
  return findingsIn(stdout);
}

test.each<readonly [title: string, files: Files, says: readonly string[]]>([
  [
    'imports of package.json: a file before, a package now',
    { 'package.json': json({ name: 'shop', dependencies, imports: { '#price': 'left-pad' } }) },
    ['package.json:7:16 unapproved-package npm:left-pad'],
  ],
  [
    'imports of package.json: under one condition',
    {
      'package.json': json({
        name: 'shop',
        dependencies,
        imports: { '#price': { node: './web/price.ts', default: 'left-pad/x.js' } },
      }),
    },
    ['package.json:9:19 unapproved-package npm:left-pad'],
  ],
  [
    'imports of package.json by a pattern, which nobody uses yet',
    {
      'package.json': json({
        name: 'shop',
        dependencies,
        imports: { '#price': './web/price.ts', '#pad/*': 'left-pad/*' },
      }),
    },
    ['package.json:8:16 unapproved-package npm:left-pad'],
  ],
  [
    'an import map that deno.json names',
    { 'deno/modules.json': json({ imports: { lodash: 'npm:left-pad@1' } }) },
    ['deno/modules.json:3:20 unapproved-package npm:left-pad'],
  ],
  [
    'another import map, which was there',
    { 'deno/deno.json': json({ importMap: './other.json' }) },
    ['deno/other.json:3:20 unapproved-package npm:left-pad'],
  ],
  [
    'an import map for one folder',
    { 'deno/modules.json': json({ scopes: { './deep/': { lodash: 'npm:left-pad@1' } } }) },
    ['deno/modules.json:4:22 unapproved-package npm:left-pad'],
  ],
  [
    'a new file with an alias',
    { 'vite.config.ts': vite("lodash: 'left-pad'") },
    ['vite.config.ts:3:23 unapproved-package npm:left-pad'],
  ],
  [
    'an alias that is a regular expression',
    {
      'site/vite.config.ts': vite("common: './src/common', '@': './src'").replace(
        'alias: {',
        'alias: [{ find: /^lodash$/, replacement: "left-pad" }], old: {',
      ),
    },
    [
      'site/src/app.ts:1:22 unapproved-package npm:common',
      'site/src/app.ts:2:9 unclear-import',
      'site/vite.config.ts:3:47 unapproved-package npm:left-pad',
    ],
  ],
  [
    'paths into node_modules in a file that another folder extends',
    {
      'shared/base.json': json({
        compilerOptions: { paths: { lodash: ['../node_modules/left-pad/index.js'] } },
      }),
    },
    ['shared/base.json:5:26 unapproved-package npm:left-pad'],
  ],
  [
    'an alias that is gone, and whose name an untouched file imports',
    { 'site/vite.config.ts': vite("'@': './src'") },
    ['site/src/app.ts:1:22 unapproved-package npm:common'],
  ],
  [
    'an alias that is a comment now, and whose name an untouched file imports',
    { 'site/vite.config.ts': vite("/* common: './src/common', */ '@': './src'") },
    ['site/src/app.ts:1:22 unapproved-package npm:common'],
  ],
  [
    'an alias whose line stands in a comment now',
    {
      'stock/vite.config.ts': vite("\n/*\n      depot: './src/depot',\n*/\n      dock: './src/dock',\n    "),
    },
    ['stock/src/app.ts:1:22 unapproved-package npm:depot'],
  ],
  [
    'comments that make settings too long to be read',
    {
      'stock/vite.config.ts': `${vite("\n      depot: './src/depot',\n      dock: './src/dock',\n    ")}//${'-'.repeat(500_000)}\n`,
    },
    ['stock/src/app.ts:1:22 unapproved-package npm:depot'],
  ],
  [
    'an alias that takes the name of a known package',
    { 'vite.config.ts': vite("lodash: './web/price.ts'") },
    ['vite.config.ts:3:1 policy-change'],
  ],
  [
    'paths that take it by a pattern',
    { 'tsconfig.json': json({ compilerOptions: { paths: { '*': ['./vendored/*'] } } }) },
    ['tsconfig.json:4:1 policy-change'],
  ],
])('is noticed: %s', async (_title, files, says) => {
  expect(await said(files)).toEqual(says);
});

test('is noticed: settings that are removed', async () => {
  expect(await said({}, ['site/vite.config.ts'])).toEqual([
    'site/src/app.ts:1:22 unapproved-package npm:common',
    'site/src/app.ts:2:9 unclear-import',
  ]);
});

test.each<readonly [title: string, files: Files]>([
  [
    'imports of package.json that lead to files and to what is approved',
    {
      'package.json': json({
        name: 'shop',
        dependencies,
        imports: { '#price': './web/app.ts', '#ui/*': '@acme/ui/*', '#pick': 'lodash/pick' },
      }),
    },
  ],
  ['an import map of what is approved', { 'deno/modules.json': json({ imports: { ui: 'npm:@acme/ui@1' } }) }],
  ['an alias of what is approved', { 'vite.config.ts': vite("pad: 'lodash', 'lodash$': 'lodash/fp'") }],
  ['an alias of a folder', { 'vite.config.ts': vite("'@': 'web', '@site': 'site/src', web: './web'") }],
  [
    'a comment of settings that map',
    {
      'site/vite.config.ts': `// The alias is for lodash.\n${vite("common: './src/common', '@': './src'")}`,
    },
  ],
  ['an alias that moves', { 'site/vite.config.mts': vite("common: './src/common', '@': './src'") }],
  [
    'an alias that nobody used',
    { 'site/vite.config.ts': vite("common: './src/common', '@': './src', pad: './src/pad'") },
  ],
  [
    'words that mapped nothing, in a file that settings import',
    { 'site/label.ts': "export const label = 'kept';\nexport const size = 2;\n" },
  ],
  [
    'words that map nothing',
    {
      'site/vite.config.ts': vite("common: './src/common', '@': './src'").replace(
        'resolve',
        "optimizeDeps: { exclude: ['left-pad'] },\n  resolve",
      ),
    },
  ],
  ['data that no settings name', { 'data/words.json': json({ imports: { lodash: 'left-pad' } }) }],
  [
    'what a test runner puts in a place for tests',
    {
      'jest.config.js':
        "module.exports = { moduleNameMapper: { '^lodash$': '<rootDir>/web/price.ts', '\\\\.css$': 'left-pad' } };\n",
    },
  ],
  [
    'options that map nothing',
    { 'shared/base.json': json({ compilerOptions: { strict: true, paths: { '#ui': ['./web/price.ts'] } } }) },
  ],
])('says nothing: %s', async (_title, files) => {
  expect(await said(files)).toEqual([]);
});
