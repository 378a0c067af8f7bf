import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { workspaceMatcher } from '../../../../src/text/globs.ts';
import { readJson } from '../../../../src/documents/jsonc.ts';
import { compilePattern, replaceByPattern } from '../../../../src/languages/javascript/resolve/pattern.ts';
import { readPnpmPackages } from '../../../../src/languages/javascript/resolve/pnpm-workspace.ts';

describe('the folders of a workspace', () => {
  test.each([
    [['packages/*'], 'packages/a', true],
    [['packages/*'], 'packages/a/b', false],
    [['packages/*'], 'packages', false],
    [['./packages/*/'], 'packages/a', true],
    [['packages/**'], 'packages/a/b', true],
    [['packages/**'], 'packages', true],
    [['**'], 'any/where', true],
    [['**/lib'], 'a/b/lib', true],
    [['**/lib'], 'lib', true],
    [['a/**/z'], 'a/z', true],
    [['a/**/z'], 'a/b/c/z', true],
    [['a/**/z'], 'a/b/c', false],
    [['{apps,libs}/*'], 'libs/x', true],
    [['{apps,libs}/{a,b}-*'], 'apps/b-x', true],
    [['{apps,libs}/*'], 'other/x', false],
    [['packages/plugin-*'], 'packages/plugin-vue', true],
    [['packages/plugin-*'], 'packages/core', false],
    [['packages/?'], 'packages/a', true],
    [['packages/*', '!packages/private'], 'packages/private', false],
    [['!packages/private', 'packages/*'], 'packages/private', false],
    [['!**/test/**', '**'], 'a/test/b', false],
    [['docs'], 'docs', true],
    [[], 'docs', false],
  ])('%j takes %s: %s', (patterns, folder, expected) => {
    expect(workspaceMatcher(patterns)(folder)).toBe(expected);
  });

  test('take time in proportion to pattern and path', () => {
    expect(workspaceMatcher(['*a'.repeat(500), `${'**/'.repeat(500)}x`])('a'.repeat(5000) + 'b')).toBe(false);
    expect(workspaceMatcher(['{a,b}'.repeat(200)])('a'.repeat(200))).toBe(false);
    const folders = Array.from({ length: 20_000 }, (_, at) => `packages/p${at}`);
    const has = workspaceMatcher(folders);
    expect(folders.every(has)).toBe(true);
    expect(workspaceMatcher(folders.map((folder) => `${folder}/*`))('packages/p1/x')).toBe(false);
  });
});

describe('the packages of pnpm-workspace.yaml', () => {
  test.each([
    ['packages:\n  - a/*\n', ['a/*']],
    ['packages:\n- "a"\n- \'!b\'\n', ['a', '!b']],
    [
      '# first\npackages: # all\n\n  # one\n  - a/** # deep\n  - ./b\ncatalog:\n  react: 1\n',
      ['a/**', './b'],
    ],
    ['packages:\r\n  - a\r\ncatalog: {}\r\n', ['a']],
    ['packages: [a, "b/*"]\n', ['a', 'b/*']],
    ['packages:\n  - &x a\n  - *x\n', ['a']],
    ['packages:\n  - "a\\u002fb"\n', ['a/b']],
    ['catalog:\n  react: 1\n', []],
    ['packages:\n', []],
    ['packages: {a: 1}\n', []],
    ['packages: [\n', []],
    ['', []],
  ])('%j', async (source, expected) => {
    expect(await readPnpmPackages(source)).toEqual(expected);
  });

  test('are the same whether they are read line by line or by the library', async () => {
    const pattern = fc.constantFrom('a', 'a/*', 'apps/**', './lib', '@scope/x', '*');
    const quote = fc.constantFrom('', "'", '"');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(pattern, quote), { minLength: 1, maxLength: 5 }), async (items) => {
        const quoted = items.map(([text, mark]) =>
          mark === '' && text.startsWith('*') ? `'${text}'` : mark + text + mark,
        );
        const byLine = await readPnpmPackages(`packages:\n${quoted.map((item) => `  - ${item}\n`).join('')}`);
        const byLibrary = await readPnpmPackages(`packages: [${quoted.join(', ')}]\n`);
        expect(byLine).toEqual(byLibrary);
        expect(byLine).toEqual(items.map(([text]) => text));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the patterns of aliases', () => {
  test.each([
    ['^@/(.*)$', '@/a/b', './src/$1', './src/a/b'],
    ['^@/(.*)$', 'x@/a', './src/$1', undefined],
    [String.raw`^@acme\/(ui|core)/(.+)$`, '@acme/core/x', 'packages/$1/src/$2', 'packages/core/src/x'],
    [String.raw`^@([^/]+)/?`, '@x/y', '$1', 'x'],
    [String.raw`^~(.+)$`, '~a', String.raw`./\1`, './a'],
    [String.raw`\.(css|less)$`, 'a/b.less', 'style', 'style'],
    [String.raw`^#(\w+)$`, '#abc', '$1', 'abc'],
    ['^lodash$', 'lodash', 'x', 'x'],
  ])('%s on %s', (...[source, specifier, replacement, expected]) => {
    const pattern = compilePattern(source);
    expect(pattern && replaceByPattern(pattern, specifier, { replacement, whole: true })).toBe(expected);
  });

  test('replace the match alone where the bundler does', () => {
    const pattern = compilePattern('^@/');
    expect(pattern && replaceByPattern(pattern, '@/a', { replacement: './src/', whole: false })).toBe(
      './src/a',
    );
  });

  test.each([
    '',
    '(a+)+$',
    '(.*)*',
    '^(?=x)',
    'a{1,9}',
    '(.*)(.*)(.*)',
    String.raw`(\w+)\1`,
    '[a-z]+',
    'a?b?c?d?e?f?g?',
    '(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)',
    '(',
    '\\',
  ])('%s is not run', (source) => {
    expect(compilePattern(source)).toBeUndefined();
  });
});

describe('JSON with comments', () => {
  test.each<[source: string, value: unknown]>([
    ['{"a": 1,}', { a: 1 }],
    ['[1, 2, // two\n]', [1, 2]],
    ['/* first */ {"a/*": ["./*", "//x"], /* last */ }', { 'a/*': ['./*', '//x'] }],
    ['{"a": ",}", "b": "\\",}"}', { a: ',}', b: '",}' }],
    ['\uFEFF// one\r\n{}', {}],
    ['{"a": 1', undefined],
    ['/* open', undefined],
    ['"open', undefined],
    ['', undefined],
  ])('%j', (source, value) => {
    expect(readJson(source)).toEqual(value);
  });

  test('is what it is without them', () => {
    const gap = fc.constantFrom('', ' ', '// }\n', '/* , ] */', '\n');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.array(fc.string())), gap, gap, (value, before, after) => {
        const items = Object.entries(value).map(([key, list]) => {
          const strings = list.map((text) => `${JSON.stringify(text)},${after}`).join('');
          return `${before}${JSON.stringify(key)}:${after}[${strings}]${before},`;
        });
        expect(readJson(`${before}{${items.join(after)}${after}}`)).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
      { numRuns: 200 },
    );
  });
});
