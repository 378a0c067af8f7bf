import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidates } from '../../../src/languages/javascript/candidates.ts';
import { javascript } from '../../../src/languages/javascript/index.ts';
import type { Source } from '../../../src/model/language.ts';
import { programs, soup } from './programs.ts';
import { rounds } from '../../kit/length.ts';

const parser = await javascript.parser();
const dialects = fc.constantFrom('js', 'ts', 'tsx', 'mjs');

/** @returns What the parser finds and the quick look does not, although it claims to be sure. */
async function missedIn(source: Source): Promise<readonly string[]> {
  const quick = javascript.scan(source);
  if (quick.kind === 'unsure') return [];
  return (await parser.parse(source)).imports.flatMap(({ target }) => {
    if (target.kind !== 'literal') return ['an expression'];
    return quick.specifiers.has(target.specifier) ? [] : [target.specifier];
  });
}

const programCount = rounds(400, 40_000);
const textCount = rounds(600, 60_000);

describe('the quick look', () => {
  test('sees every specifier of a program', async () => {
    let parsed = 0;
    await fc.assert(
      fc.asyncProperty(programs, dialects, async (text, dialect) => {
        expect(await missedIn({ text, dialect })).toEqual([]);
        if ((await parser.parse({ text, dialect })).broken === null) parsed += 1;
      }),
      { numRuns: programCount },
    );
    expect(parsed).toBeGreaterThan(programCount * 0.37);
  });

  test('sees every specifier in text where anything begins and ends anywhere', async () => {
    let parsed = 0;
    await fc.assert(
      fc.asyncProperty(soup, dialects, async (text, dialect) => {
        expect(await missedIn({ text, dialect })).toEqual([]);
        if ((await parser.parse({ text, dialect })).broken === null) parsed += 1;
      }),
      { numRuns: textCount },
    );
    expect(parsed).toBeGreaterThan(textCount * 0.05);
  });

  test('finds specifiers where their spans say', () => {
    fc.assert(
      fc.property(fc.oneof(programs, soup), (text) => {
        for (const candidate of candidates(text)) {
          if (candidate.found !== 'specifier') continue;
          const { start, end } = candidate.span;
          expect(text.slice(start, end)).toBe(candidate.specifier);
        }
      }),
      { numRuns: rounds(400, 30_000) },
    );
  });

  test.each([
    ['unclosed comments', 'require/*'],
    ['rows of comments', '//require\n'],
    ['unclosed strings', 'from "'],
    ['unclosed templates', 'import(`'],
    ['spaces', 'import     '],
    ['long lines that look like comments', '// import '],
    ['escapes', '\\u0072'],
    ['names without an end', 'jest.mock<'],
    ['owners', 'a.require'],
    ['strings that say from', "'from'"],
    ['directives', '/// <reference '],
    ['identifiers', 'abcdefghij'],
  ])('reads a megabyte of %s in one pass', (_, piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    expect(['superset', 'unsure']).toContain(javascript.scan({ text, dialect: 'js' }).kind);
    expect([...candidates(text)].length).toBeLessThanOrEqual(1_000_000);
  });
});
