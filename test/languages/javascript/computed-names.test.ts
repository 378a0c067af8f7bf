import { expect, test } from 'vitest';
import { javascript } from '../../../src/languages/javascript/index.ts';

const parser = await javascript.parser();

/** What is known of the last import of a program: a path, a part of a name, or nothing. */
async function known(text: string): Promise<string> {
  const target = (await parser.parse({ text, dialect: 'mjs' })).imports.at(-1)?.target;
  if (target?.kind === 'literal') return target.specifier;
  return target?.kind === 'unclear' && target.head !== undefined ? `${target.head}…` : '?';
}

const PATH = "import path, { join } from 'node:path'; import { fileURLToPath, pathToFileURL } from 'url';";

test.each([
  ["import('./' + x)", './'],
  ['import(`../lang/${x}.js`)', '../lang/'],
  ["import(new URL('./a.js', import.meta.url))", './a.js'],
  ["import(new URL('a.js', import.meta.url).href)", './a.js'],
  ['import(new URL(`./${x}.js`, import.meta.url).pathname)', './'],
  ["vi.mock(new URL('./a.js', import.meta.url).toString())", './a.js'],
  ["import(import.meta.resolve('./a.js'))", './a.js'],
  ["require(require.resolve('./a.js'))", './a.js'],
  [`${PATH} require(path.join(__dirname, 'a', 'b'))`, './a/b'],
  [`${PATH} require(path.resolve(__dirname, x))`, './'],
  [`${PATH} require(join(import.meta.dirname, x))`, './'],
  [`${PATH} const here = path.dirname(fileURLToPath(import.meta.url)); import(join(here, x))`, './'],
  [`${PATH} const file = join(__dirname, x); import(pathToFileURL(file).href)`, './'],
  [`${PATH} const here = fileURLToPath(new URL('.', import.meta.url)); import(join(here, x))`, './'],
  ["const { join } = require('path'); require(join(__dirname, x))", './'],
  ["const path = require('path'); require(path.join(path.dirname(__filename), x))", './'],
  ['require(`${__dirname}/${x}`)', './'],
  ["require(__dirname + '/' + x)", './'],
])('a path of its own: %s', async (program, path) => {
  expect(await known(program)).toBe(path);
});

test.each([
  ["import('node_modules/evil/' + x)"],
  ["import('./node_' + 'modules/evil')"],
  ["const up = '../node_modules/evil'; import(`./${up}`)"],
  ["import(new URL('https://files.example/a.js', import.meta.url))"],
  ["import(new URL('//files.example/a.js', import.meta.url))"],
  ['import(new URL(`${x}/a.js`, import.meta.url))'],
  ["import(new URL('./a.js', base))"],
  ["class URL {} import(new URL('./a.js', import.meta.url))"],
  ["require(path.join(__dirname, 'a'))"],
  ["const path = { join: f }; require(path.join(__dirname, 'a'))"],
  ["import path from 'paths'; require(path.join(__dirname, 'a'))"],
  ["const __dirname = 'evil'; require(__dirname + '/a')"],
  [`${PATH} let here = __dirname; here = 'evil'; require(here + '/a')`],
  [`${PATH} const base = './lib'; require(join(base, x))`],
  [`${PATH} require(join(x, __dirname))`],
  ['require(`${__dirname}${x}`)'],
  ['function f(__dirname) { require(`${__dirname}/a`); }'],
  ["import(import.meta.resolve('evil' + x))"],
])('anything: %s', async (program) => {
  expect(await known(program)).toBe('?');
});

test.each([
  ['import(`@acme/core/lang/${x}.json`)', '@acme/core/lang/…'],
  ["require('lodash/' + name)", 'lodash/…'],
  ["import('@/views/' + name + '.vue')", '@/views/…'],
  ['import(`@acme/core-${x}`)', '@acme/…'],
  ['import(`lodash${x}`)', '?'],
  ['import(`lodash/../${x}`)', '?'],
  ["import(`lodash/${'../evil'}`)", '?'],
  ["const up = '../evil'; import(`lodash/${up}`)", '?'],
  ["let up = 'fp'; up = `..${x}`; import(`lodash/${up}`)", '?'],
  ["import('lodash/%2e' + x)", '?'],
  ["import('npm:evil/' + x)", '?'],
  ["import('https://files.example/' + x)", '?'],
  ["import('raw-loader!lodash/' + x)", '?'],
])('the beginning of a name: %s', async (program, head) => {
  expect(await known(program)).toBe(head);
});
