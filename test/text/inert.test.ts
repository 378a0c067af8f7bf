import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harmless, inert } from '../../src/text/inert.ts';

describe('what steers a terminal is shown', () => {
  test.each([
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['\u001b]0;title\u0007', '\\u{1b}]0;title\\u{7}'],
    ['\u001b]8;;https://x.example\u001b\\', '\\u{1b}]8;;https://x.example\\u{1b}\\'],
    ['\u009b31m', '\\u{9b}31m'],
    ['50 %\r100 %', '50 %\\r100 %'],
    ['no\b\bhides', 'no\\u{8}\\u{8}hides'],
    ['a\u202eb\u2066c\u061cd', 'a\\u{202e}b\\u{2066}c\\u{61c}d'],
    ['a\u200bb\ufeffc\u00add\u{e0041}', 'a\\u{200b}b\\u{feff}c\\u{ad}d\\u{e0041}'],
    ['a\u0085b\u2028c\u2029', 'a\\u{85}b\\u{2028}c\\u{2029}'],
    ['a\u200db\ufe0f', 'a\\u{200d}b\\u{fe0f}'],
    ['\udc80', '\\u{dc80}'],
    ['a\n::error::b', 'a\n\\u{3a}:error::b'],
    ['##[group]', '#\\u{23}[group]'],
  ])('%j as %s', (text, shown) => {
    expect(inert(text)).toBe(shown);
  });
});

describe('what does not stays', () => {
  test.each([
    'one\n\ttwo\r\nthree\n',
    'größe “é” שלום سلام 日本語　テキスト no\u00a0break \ue0b0',
    '😀 👍🏽 ❤️ 👩‍💻 👩🏽‍💻 ❤️‍🔥 🇫🇷 1️⃣ ©️',
    'std::vector a::b ## heading',
  ])('%j', (text) => {
    expect(inert(text)).toBe(text);
    expect(harmless(text, true)).toBe(text);
  });
});

test('of a report, the colours of this tool stay, and no other sequence', () => {
  const colors =
    '\u001b[1mbold\u001b[22m \u001b[2mdim\u001b[22m \u001b[4m_\u001b[24m \u001b[31mred\u001b[39m';
  expect(harmless(colors, true)).toBe(colors);
  expect(harmless('\u001b[8mhidden \u001b[41m \u001b[2J \u001b[1;31m', true)).toBe(
    '\\u{1b}[8mhidden \\u{1b}[41m \\u{1b}[2J \\u{1b}[1;31m',
  );
});

test('nothing unseen is left, but line ends, tabs and what belongs to an emoji', () => {
  const unit = fc.constantFrom(
    '\u001b',
    '[31m',
    '\u202e',
    '\u200d',
    '\ufe0f',
    '👩',
    '💻',
    '\r',
    '\n',
    '\t',
    '1',
    '::',
    ' ',
  );
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit, maxLength: 30 }));
  fc.assert(
    fc.property(text, (given) => {
      const seen = inert(given).replaceAll('\u200d', '').replaceAll('\ufe0f', '');
      expect(seen).not.toMatch(/(?!\r?\n|\t)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u);
      expect(inert(inert(given))).toBe(inert(given));
    }),
  );
});
