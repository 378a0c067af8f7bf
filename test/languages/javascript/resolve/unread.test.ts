import { expect, test } from 'vitest';

import { filesOf, resolverOf } from './project.ts';

type Files = Readonly<Record<string, string>>;

async function unread(files: Files, specifier = '@app/x', file = 'web/src/a.ts'): Promise<readonly string[]> {
  const found = await resolverOf(filesOf(new Map(Object.entries(files)))).unread({ file, specifier });
  return found.map(
    ({ file: path, line, column, message }) => `${path}:${String(line)}:${String(column)} ${message}`,
  );
}

test.each<[what: string, files: Files, expected: readonly string[]]>([
  ['nothing at all', {}, []],
  ['comments and trailing commas', { 'tsconfig.json': '// x\n{ "a": [1, /* y */], }' }, []],
  ['a file that is empty, which TypeScript takes for {}', { 'tsconfig.json': '\n // nothing\n' }, []],
  ['a byte order mark', { 'tsconfig.json': '\uFEFF{ "a" 1 }' }, ['tsconfig.json:1:8 “1” is not expected']],
  [
    'a comment before the mistake',
    { 'tsconfig.json': '{ /* a\nb */ x' },
    ['tsconfig.json:2:6 “x” is not expected'],
  ],
  [
    'an end that comes too soon',
    { 'tsconfig.json': '{ "a": {\n' },
    ['tsconfig.json:2:1 the text ends too soon'],
  ],
  [
    'a conflict that is not resolved',
    { 'tsconfig.json': '{\n<<<<<<< ours\n}' },
    ['tsconfig.json:2:1 “<” is not expected'],
  ],
  [
    'the nearest folder above, which alone decides',
    { 'tsconfig.json': '{', 'web/jsconfig.json': '[}', 'other/tsconfig.json': '{' },
    ['web/jsconfig.json:1:2 “}” is not expected'],
  ],
  [
    'what a configuration extends or refers to',
    {
      'web/tsconfig.json': '{ "extends": "../base.json", "references": [{ "path": "./tsconfig.app.json" }] }',
      'web/tsconfig.app.json': '{ "extends": "../base" }',
      'base.json': '{ "compilerOptions": }',
    },
    ['base.json:1:22 “}” is not expected'],
  ],
  [
    'package.json, which has no comments',
    { 'package.json': '{} // x' },
    ['package.json:1:4 “/” is not expected'],
  ],
  [
    'package.json that a template engine makes',
    { 'package.json': '{ {{#if api}}"name": "{{ slug }}",{{/if}} {% raw %} "dependencies": {} }' },
    [],
  ],
  [
    'package.json with two brackets too many',
    { 'package.json': '{{ "name": "a" }' },
    ['package.json:1:2 “{” is not expected'],
  ],
  ['an empty package.json', { 'package.json': '' }, ['package.json:1:1 the text ends too soon']],
  [
    'an import map that deno.json names',
    { 'deno.json': '{ "importMap": "map.json" }', 'map.json': '{ "imports": { }' },
    ['map.json:1:17 the text ends too soon'],
  ],
])('%s', async (_, files, expected) => {
  expect(await unread(files)).toEqual(expected);
});

test.each(['npm:x', 'jsr:@a/b', 'https://esm.sh/x', './x', ''])(
  'configuration has no say about “%s”',
  async (specifier) => {
    expect(await unread({ 'tsconfig.json': '{' }, specifier)).toEqual([]);
  },
);
