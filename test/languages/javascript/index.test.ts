import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { javascript } from '../../../src/languages/javascript/index.ts';
import type { Parsed } from '../../../src/model/language.ts';
import { soup } from './programs.ts';

const parser = await javascript.parser();

function specifiersOf({ imports }: Parsed): readonly string[] {
  return imports.map(({ target }) => (target.kind === 'literal' ? target.specifier : target.kind));
}

describe('the parser', () => {
  test.each([
    ['square brackets', '['.repeat(10_000), ']'.repeat(10_000)],
    ['parentheses', '('.repeat(10_000), ')'.repeat(10_000)],
    ['blocks', '{'.repeat(10_000), '}'.repeat(10_000)],
    ['functions', '(() => '.repeat(10_000), ')'.repeat(10_000)],
    ['elements', '(<p>'.repeat(10_000), '</p>)'.repeat(10_000)],
    ['sums', 'a +'.repeat(20_000), ' 1'],
    ['types', `let x: ${'A<'.repeat(10_000)}`, '>'.repeat(10_000)],
  ])('reads around %s that are nested too deeply', async (_, opening, closing) => {
    const text = `import 'a';\n${opening} require('b') ${closing}`;
    const parsed = await parser.parse({ text, dialect: 'js' });
    expect(parsed.imports.length).toBeGreaterThanOrEqual(1);
    if (parsed.broken !== null) {
      expect(parsed.broken.approximate).toBe(true);
      expect(specifiersOf(parsed)).toEqual(['a', 'b']);
    }
    expect(specifiersOf(await parser.parse({ text: "import 'c';", dialect: 'ts' }))).toEqual(['c']);
  });

  test('reads a program of half a megabyte on one line', async () => {
    const text = `${'!function(e){var n={};n.m=e}({12:(e,t)=>{t.exports=/[/]/.test(`a${e}`)}});'.repeat(6_500)}require("a");`;
    const parsed = await parser.parse({ text, dialect: 'js' });
    expect(parsed.broken).toBeNull();
    expect(specifiersOf(parsed)).toEqual(['a']);
  });

  test.each([
    ['the name of an element', String.raw`<\u{2F804}></\u{2F804}>`],
    ['the name of an element without content', String.raw`<\u{61} />`],
    ['the name of an attribute', String.raw`<p \u{62}="c" />`],
    ['a member of an element’s name', String.raw`<a.\u{62} />`],
  ])('tells of an escape in %s, and reads the imports around it', async (_, element) => {
    const text = `import 'a';\n${element};\nrequire('b');\n`;
    const parsed = await parser.parse({ text, dialect: 'jsx' });
    expect(parsed.broken).not.toBeNull();
    expect(specifiersOf(parsed)).toEqual(['a', 'b']);
  });

  test('lets escapes pass in names that may have them', async () => {
    const text = String.raw`import 'a'; const \u{61} = <p title="\u{62}">{\u{61}}</p>;`;
    expect((await parser.parse({ text, dialect: 'jsx' })).broken).toBeNull();
  });

  test('gives every text an answer, with spans that cover what was written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(soup, fc.string({ unit: 'binary' })),
        fc.constantFrom(...javascript.extensions),
        async (text, dialect) => {
          for (const { target, span } of (await parser.parse({ text, dialect })).imports) {
            const written = text.slice(span.start, span.end);
            if (target.kind === 'unclear') expect(written).toBe(target.expression);
            else if (target.kind === 'literal' && !/[\\\r]/.test(written))
              expect(written).toBe(target.specifier);
          }
        },
      ),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('gives names with spans that cover them', async () => {
    const text = 'import a, { b as c, "d" as e } from "x";\nexport { f as g } from "y";\n';
    const { imports } = await parser.parse({ text, dialect: 'js' });
    const names = imports.flatMap(({ target }) =>
      target.kind === 'literal'
        ? target.names.map(({ name, span }) => [name, text.slice(span.start, span.end)])
        : [],
    );
    expect(names).toEqual([
      ['default', 'a'],
      ['b', 'b'],
      ['d', '"d"'],
      ['f', 'f'],
    ]);
  });
});

/** @returns The bare specifiers that a module of ours and the modules below it import statically. */
async function packagesBelow(url: URL, seen = new Set<string>()): Promise<readonly string[]> {
  if (seen.has(url.href)) return [];
  seen.add(url.href);
  const { imports } = await parser.parse({ text: readFileSync(url, 'utf8'), dialect: 'ts' });
  const packages: string[] = [];
  for (const { kind, target } of imports) {
    if (kind !== 'static' || target.kind !== 'literal') continue;
    const { specifier } = target;
    if (specifier.startsWith('.')) packages.push(...(await packagesBelow(new URL(specifier, url), seen)));
    else packages.push(specifier);
  }
  return packages;
}

describe('the language', () => {
  test('loads no package before somebody asks for the parser', async () => {
    const folder = new URL('../../../src/languages/javascript/', import.meta.url);
    expect(await packagesBelow(new URL('index.ts', folder))).toEqual([]);
    expect(await packagesBelow(new URL('parsers/typescript.ts', folder))).toContain(
      '@typescript-eslint/typescript-estree',
    );
  });

  test.each([
    ['/usr/bin/env node', true],
    ['/usr/bin/node', true],
    ['/usr/bin/env -S node --import tsx', true],
    ['/usr/bin/env deno', true],
    ['bun', true],
    ['/usr/bin/env python3', false],
    ['/home/node/bin/python', false],
    ['/bin/sh', false],
  ])('is that of the interpreter %s: %s', (line, expected) => {
    expect(javascript.interpreter.test(line)).toBe(expected);
  });
});
