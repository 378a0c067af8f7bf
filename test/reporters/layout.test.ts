import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOf } from '../../src/reporters/excerpt.ts';
import { displayWidth, keepEnd, keepStart, wrap } from '../../src/reporters/layout.ts';
import { foreignText } from './arbitrary.ts';

describe('displayWidth', () => {
  test.each([
    ['', 0],
    ['numpy', 5],
    ['größe', 5],
    ['e\u0301te\u0301', 3],
    ['数', 2],
    ['プラグイン', 10],
    ['ﾌﾟﾗｸﾞ', 5],
    ['ＡＢ', 4],
    ['한국어', 6],
    ['\u1112\u1161\u11ab', 2],
    ['💥!', 3],
    ['👩\u200d👩\u200d👧', 2],
    ['🇫🇷', 2],
    ['𝒶𝒷', 2],
    ['\u0301', 0],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('wrap', () => {
  test.each([
    ['', 10, ['']],
    ['one two three', 8, ['one two', 'three']],
    ['one two three', 13, ['one two three']],
    ['a-word-that-is-too-long here', 8, ['a-word-that-is-too-long', 'here']],
    ['数 数 数', 5, ['数 数', '数']],
  ])('%j at %i columns', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('loses nothing, and exceeds the width only where a single word does', () => {
    fc.assert(
      fc.property(foreignText, fc.integer({ min: 1, max: 60 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join(' ')).toBe(text);
        expect(lines.filter((line) => line.includes(' ') && displayWidth(line) > width)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

test('cutting keeps to the width and says that it cut', () => {
  expect(keepStart('abcdef', 4)).toBe('abc…');
  expect(keepEnd('abcdef', 4)).toBe('…def');
  expect(keepStart('数数数', 4)).toBe('数…');
  expect(keepStart('abc', 0)).toBe('');
  fc.assert(
    fc.property(foreignText, fc.nat(30), (text, width) => {
      for (const kept of [keepStart(text, width), keepEnd(text, width)]) {
        expect(displayWidth(kept)).toBeLessThanOrEqual(width);
      }
    }),
    { numRuns: 300 },
  );
});

describe('excerptOf', () => {
  /** A line with its mark between « and »; what is drawn below it, and what the line looks like. */
  test.each([
    { marked: 'import «numpy»', width: 40, shown: 'import numpy', below: '       ^^^^^' },
    { marked: '\timport «numpy» # x', width: 40, shown: '    import numpy # x', below: '           ^^^^^' },
    { marked: "x('数', '«数値»')", width: 40, shown: "x('数', '数値')", below: '         ^^^^' },
    { marked: "x('e\u0301', '«pkg»')", width: 40, shown: "x('e\u0301', 'pkg')", below: '        ^^^' },
    { marked: "x('\u001b', '«pkg»')", width: 40, shown: "x('\\u{1b}', 'pkg')", below: '             ^^^' },
    {
      marked: "a ##[group] '«pkg»'",
      width: 40,
      shown: "a \\u{23}\\u{23}[group] 'pkg'",
      below: '                       ^^^',
    },
    { marked: 'import «»', width: 40, shown: 'import ', below: '       ^' },
    {
      marked: 'import «numpy»; print("a long line")',
      width: 20,
      shown: 'import numpy; print…',
      below: '       ^^^^^',
    },
    {
      marked: 'print("a long line"); import «numpy»',
      width: 20,
      shown: '…ine"); import numpy',
      below: '               ^^^^^',
    },
    {
      marked: 'print("a long line"); import «numpy»',
      width: 22,
      shown: '… line"); import numpy',
      below: '                 ^^^^^',
    },
    { marked: 'import «averylongnameofapackage»', width: 12, shown: 'averylongna…', below: '^^^^^^^^^^^^' },
  ])('$marked at $width columns', ({ marked, width, shown, below }) => {
    const column = marked.indexOf('«') + 1;
    const endColumn = marked.indexOf('»');
    const line = marked.replace('«', '').replace('»', '');
    const place = { line: 1, column, endLine: 1, endColumn, cell: null };
    const { before, marked: mark, after, indent, length } = excerptOf(line, place, width);
    expect(`${before}${mark}${after}`).toBe(shown);
    expect(`${' '.repeat(indent)}${'^'.repeat(length)}`).toBe(below);
  });

  test('marks the rest of the line where the place ends further down', () => {
    const place = { line: 1, column: 8, endLine: 2, endColumn: 2, cell: null };
    expect(excerptOf('import(one,', place, 40)).toMatchObject({
      before: 'import(',
      marked: 'one,',
      after: '',
    });
  });

  test('fits, whatever the line and the place', () => {
    const column = fc.integer({ min: 1, max: 250 });
    fc.assert(
      fc.property(foreignText, column, column, (line, start, end) => {
        const place = { line: 1, column: start, endLine: 1, endColumn: end, cell: null };
        const { before, marked, after, indent, length } = excerptOf(line, place, 50);
        expect(displayWidth(before) + displayWidth(marked) + displayWidth(after)).toBeLessThanOrEqual(50);
        expect(indent).toBe(displayWidth(before));
        expect(indent + length).toBeLessThanOrEqual(50);
      }),
      { numRuns: 300 },
    );
  });
});
