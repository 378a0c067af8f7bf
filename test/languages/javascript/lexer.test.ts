import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lex } from '../../../src/languages/javascript/lexer.ts';
import { nativeBinding } from '../../../src/languages/javascript/parsers/binding.ts';
import { decodeText } from '../../../src/text/decode.ts';
import { soup } from './programs.ts';

/** The text with everything that is quoted for certain replaced by dots. */
function codeOf(text: string): string {
  const { quoted, certainTo } = lex(text);
  let code = text;
  for (const { start, end } of quoted) {
    if (start < certainTo) code = code.slice(0, start) + '.'.repeat(end - start) + code.slice(end);
  }
  return code;
}

describe('quoted text', () => {
  test.each([
    ['strings', `a('b', "c\\"d", 'e\\\nf') + 1`, `a(..., ......, ......) + 1`],
    ['comments', 'a // b\nc /* d\n */ e', 'a ....\nc ........ e'],
    ['a hashbang', '#!/usr/bin/env node\na', '...................\na'],
    ['templates', '`a${b + `c${d}`}e` + f', '..${b + ..${d.`..` + f'],
    ['regular expressions', 'a = /[/"]/g; b / c / d', 'a = .......; b / c / d'],
    ['a regular expression behind the head of a statement', 'if (a) /"/.test(b)', 'if (a) ....test(b)'],
    ['a division behind a bracket', '(a) / b / "c"', '(a) / b / ...'],
    ['a division behind ++', 'a++ / b / "c"', 'a++ / b / ...'],
    [
      'a regular expression behind a word',
      'return /"/; x.return / "a" / 1',
      'return ...; x.return / ... / 1',
    ],
    [
      'text of elements',
      `a = <p title="b">it's {c('d')} // e</p>; "f"`,
      `a = <p title=...>it's {c(...)} // e</p>; ...`,
    ],
    ['elements within each other', '<a><b/>{/* c */ <d>"e"</d>}</a>', '<a><b/>{....... <d>"e"</d>}</a>'],
    ['comparisons that look like elements', 'a <b && c> d; "e"', 'a <b && c> d; ...'],
    ['a string that is never closed', `a "b\nc 'd'`, `a "b\nc 'd'`],
    ['before a string that is never closed', `'a' "b\nc 'd'`, `... "b\nc 'd'`],
    ['a template that is never closed', "'a' `b\nc 'd'", "... `b\nc 'd'"],
    ['a comment that is never closed', "'a' /* b", '... /* b'],
    ['elements that are not closed', `'a'; <p>it's</p>; <b> 'c'`, `'a'; <p>it's</p>; <b> 'c'`],
  ])('%s', (_, text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });

  test('is in order, and no part of it stands in another', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { quoted } = lex(text);
        expect(
          quoted.every(
            ({ start, end }, at) => (quoted[at - 1]?.end ?? 0) <= start && start < end && end <= text.length,
          ),
        ).toBe(true);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('is what oxc takes for strings, comments and regular expressions, in programs of packages', () => {
    const programs = programsIn(path.resolve(import.meta.dirname, '../../../node_modules'));
    expect(programs.length).toBeGreaterThan(100);
    const wrong = programs.filter(({ text, literals }) => {
      const { quoted, certainTo } = lex(text);
      const starts = new Set(quoted.map(({ start, end }) => `${start}-${end}`));
      return certainTo === Infinity && literals.some(({ start, end }) => !starts.has(`${start}-${end}`));
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  test.each([
    '"',
    "'a",
    '`',
    '`${',
    '/',
    '/[',
    '/*',
    '//',
    '\\',
    '<a>',
    '</a>',
    '<a',
    '<a b="',
    '{',
    '}',
    '${',
    '(}',
    '\\u{',
  ])('is found in one pass over 300,000 characters of %s', (piece) => {
    const text = piece.repeat(300_000 / piece.length);
    const start = performance.now();
    lex(`x = ${text}`);
    lex(`x = </p> ${text}`);
    // Ten times what it takes; a search that began anew at each piece would take minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

interface Tokens {
  readonly file: string;
  readonly text: string;
  readonly literals: readonly { readonly start: number; readonly end: number }[];
}

/** Every fortieth program, with its string literals, regular expressions and comments as oxc has them. */
function programsIn(folder: string): readonly Tokens[] {
  const binding = nativeBinding();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.[mc]?[jt]s$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .filter((_, at) => at % 40 === 0);
  return files.flatMap((file) => {
    const text = decodeText(readFileSync(file));
    const lang = file.endsWith('ts') ? 'ts' : 'jsx';
    const result =
      text.length < 200_000 ? binding?.parseSync(file, text, { lang, sourceType: 'module' }) : undefined;
    if (result === undefined || result.errors.length > 0) return [];
    const literals = [
      ...result.program.matchAll(
        /"type":"Literal","value":(?:"(?:[^"\\]|\\.)*"|(?:null|\{\})),"raw":"(?:[^"\\]|\\.)*",(?:"regex":\{[^}]*\},)?"start":(\d+),"end":(\d+)/g,
      ),
    ];
    const spans = literals.map(([, start = '', end = '']) => ({ start: Number(start), end: Number(end) }));
    return [
      {
        file,
        text,
        literals: [...spans.filter(({ start }) => /["'/]/.test(text[start] ?? '')), ...result.comments],
      },
    ];
  });
}
