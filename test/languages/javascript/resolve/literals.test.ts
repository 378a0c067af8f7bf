import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { settingsOf } from '../../../../src/languages/javascript/resolve/literals/configuration.ts';
import { tokensOf } from '../../../../src/languages/javascript/resolve/literals/tokens.ts';
import type { Value } from '../../../../src/languages/javascript/resolve/literals/value.ts';

/** Expressions of a configuration file in the folder `app`, and what they are worth. */
const expressions: readonly (readonly [expression: string, value: string])[] = [
  ['"./src"', '"./src"'],
  [String.raw`'it\'s \u0041 \x42 \\.css'`, String.raw`"it's A B \\.css"`],
  ['`./src`', '"./src"'],
  ['`${__dirname}/src`', '<app/src>'],
  ['`${base}/x`', '<app/lib/x>'],
  ['`${other()}/x`', '?'],
  ['`${path.resolve(__dirname, "lib")}/`', '<app/lib>'],
  ['`${resolve(import.meta.dirname, "../client")}/x`', '<client/x>'],
  ['`${ `nested ${1}` }`', '?'],
  ['__dirname', '<app>'],
  ['__dirname + "/src"', '<app/src>'],
  ['path.resolve(__dirname, "src")', '<app/src>'],
  ['path.join(__dirname, "..", "shared", "/lib/")', '<shared/lib>'],
  ['path.join(__dirname, "../../outside")', '<outside the repository>'],
  ['resolve("src")', '<app/src>'],
  ['require("path").resolve(__dirname, "src")', '<app/src>'],
  ['resolve(process.cwd(), "src")', '<app/src>'],
  ['resolve(import.meta.dirname, "src")', '<app/src>'],
  ['resolve(dirname(fileURLToPath(import.meta.url)), "src")', '<app/src>'],
  ['fileURLToPath(new URL("./src", import.meta.url))', '<app/src>'],
  ['new URL("./src/", import.meta.url).pathname', '<app/src>'],
  ['new URL("src", import.meta.url).href', '<app/src>'],
  ['normalizePath(path.resolve(__dirname, "src"))', '<app/src>'],
  ['require.resolve("react")', '"react"'],
  ['require("./aliases")', '?'],
  ['from("a", "b")', '<boat/a/b>'],
  ['under("x")', '<app/lib/deck/x>'],
  ['plain("x")', '<app/x>'],
  ['bare', '<app/bare>'],
  ['base', '<app/lib>'],
  ['test', '?'],
  ['circle', '?'],
  ['unheard', '?'],
  ['process.env.SRC', '?'],
  ['process.env.SRC || "src"', '?'],
  ['isTest ? "a" : "b"', '?'],
  ['"src".replace("s", "x")', '?'],
  ['/^@\\/(.*)$/', '/^@\\/(.*)$/'],
  ['/[/]x/i', '/[/]x/'],
  ['("src")', '"src"'],
  ['(a, b) => "src"', '?'],
  ['async function (x) { return { "y": 1 } }', '?'],
  [
    '{ a: "x", "b-c": 1, d, [e]: 2, f() { return {} }, ...more, g: "y" }',
    '{a "x", b-c ?, d ?, m "n", g "y"}',
  ],
  ['["a", b, ...["c"], , "d"]', '["a", ?, "c", ?, "d"]'],
  ['{ a: "x" } as const', '{a "x"}'],
  ['{ a: "x" } satisfies Record<string, string>', '{a "x"}'],
  ['"a" /* , "b" */ // "c"\n', '"a"'],
  ['1 / 2', '?'],
];

const context = `
  const base: string = path.join(__dirname, 'lib');
  const circle = round;
  const round = circle;
  const more = { m: 'n' };
  const from = (...parts) => path.join(__dirname, '../boat', ...parts);
  function under(dir) { return path.resolve(base, 'deck', dir) }
  const plain = (dir) => path.resolve(dir);
  const bare = path.join(__dirname, 'bare')
  const test = 'x' in bare
`;

describe('the value of an expression that is read and never run', () => {
  test.each(expressions)('%s', (expression, value) => {
    const source = `${context}\nexport default { before: x / y, alias: ${expression}, after: 'end' };`;
    const [alias, after] = settingsOf(source, 'app', new Set(['alias', 'after']));
    expect(alias && written(alias.value)).toBe(value);
    expect(after && written(after.value)).toBe('"end"');
  });
});

const places: readonly (readonly [source: string, values: readonly string[]])[] = [
  ['module.exports = { resolve: { alias: { a: "b" } } }', ['{a "b"}']],
  ['config.resolve.alias = { a: "b" }', ['{a "b"}']],
  ['config.resolve.alias["a"] = "b"', ['{a "b"}']],
  ['mix.js("app.js", "public").alias({ a: "b" }).version()', ['{a "b"}']],
  ['alias({ a: "b" })', []],
  ['config.resolve.alias.set("a", "b").set("c", "d")', ['{a "b"}', '{c "d"}']],
  ['alias.set("a", "b").merge({ c: "d" }).set("e", "f")', ['{a "b"}', '{c "d"}', '{e "f"}']],
  ['alias.merge(others)', ['?']],
  ['const alias = { a: "b" }; export default { resolve: { alias } }', ['{a "b"}', '{a "b"}']],
  ['{ "jest": { "alias": { "a": "b" } } }', ['{a "b"}']],
  ['// alias: { a: "b" }', []],
  ['/* alias: { a: "b" } */', []],
  ['"alias: { a: 1 }"', []],
  ['`alias: { a: 1 }`', []],
  ['x = /alias: "y"/', []],
  ['alias(first)', []],
];

describe('a setting', () => {
  test.each(places)('in %s', (source, values) => {
    expect(settingsOf(source, '', new Set(['alias'])).map(({ value }) => written(value))).toEqual(values);
  });

  test('in a file that no person wrote is not looked for', () => {
    expect(settingsOf(`alias: {}${' '.repeat(500_000)}`, '', new Set(['alias']))).toEqual([]);
  });
});

describe('texts that are no programs', () => {
  const pieces = [
    'alias',
    ':',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    '...',
    '`',
    '${',
    '"',
    "'",
    '/',
    '\\',
    '\n',
    '=',
    'a',
    '+',
    '.',
    ' ',
  ];

  test('never make the reader fail, and its tokens cover the text in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
        const source = parts.join('');
        const starts = tokensOf(source).map(({ start }) => start);
        expect(starts).toEqual([...new Set(starts)].sort((left, right) => left - right));
        expect(starts.every((start) => start < source.length)).toBe(true);
        expect(settingsOf(source, '', new Set(['alias']))).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['brackets', '(['.repeat(20_000)],
    ['objects', 'alias:{a:'.repeat(20_000)],
    ['open strings', String.raw`"\"`.repeat(20_000)],
    ['open comments', '/*/'.repeat(20_000)],
    ['open templates', '`${'.repeat(20_000)],
    ['open classes', '=/[/['.repeat(20_000)],
    [
      'constants made of constants',
      Array.from(
        { length: 2000 },
        (_, index) => `const c${String(index)} = [...c${String(index + 1)}, ...c${String(index + 1)}];`,
      ).join('') + 'alias: c0',
    ],
    [
      'strings that double',
      Array.from(
        { length: 60 },
        (_, index) => `const s${String(index)} = s${String(index + 1)} + s${String(index + 1)};`,
      ).join('') + 'const s60 = "xx"; alias: s0',
    ],
  ])('%s are read to their end', (_, source) => {
    expect(settingsOf(source, '', new Set(['alias']))).toBeInstanceOf(Array);
  });
});

function written(value: Value): string {
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.value);
    case 'path':
      return `<${value.path ?? 'outside the repository'}>`;
    case 'regex':
      return `/${value.source}/`;
    case 'object':
      return `{${value.entries.map((entry) => `${entry.key} ${written(entry.value)}`).join(', ')}}`;
    case 'array':
      return `[${value.items.map(written).join(', ')}]`;
    case 'unclear':
      return '?';
  }
}
