import { describe, expect, test } from 'vitest';
import { nativeBinding } from '../../../src/languages/javascript/parsers/binding.ts';
import { parseWithOxc } from '../../../src/languages/javascript/parsers/oxc.ts';
import { isShort, piecesOf, withShortLines } from '../../../src/languages/javascript/pieces.ts';

/** A comment that is as long as a piece must be at least. */
const long = `/*${'x'.repeat(2_048)}*/`;

describe('a program is cut', () => {
  test.each([
    ['behind a semicolon', `${long}a;b`, [`${long}a;`, 'b']],
    ['before a line that begins with a word', `${long}{}\nb`, [`${long}{}\n`, 'b']],
    ['not within brackets', `${long}f(function () { a; b })`, [`${long}f(function () { a; b })`]],
    ['not within a template', `${long}\`$\{a};b\``, [`${long}\`$\{a};b\``]],
    ['not before the rest of a statement', `${long}if (a) b; else c`, [`${long}if (a) b; else c`]],
    ['not where an expression may go on', `${long}x = {}\n/b/g`, [`${long}x = {}\n/b/g`]],
    ['not without a line end', `${long}x = {} in y`, [`${long}x = {} in y`]],
    ['not into small pieces', 'a;b;c', ['a;b;c']],
  ])('%s', (_, text, pieces) => {
    expect(piecesOf(text)).toEqual(pieces);
  });
});

describe('a long line is broken', () => {
  const name = 'x'.repeat(9_000);

  test.each([
    ['behind a semicolon', `${name};b`, /x;\nb$/],
    ['behind a bracket', `${name}(b)`, /x\(\nb\)$/],
    ['behind an operator', `${name}+b`, /x\+\nb$/],
    ['not within an operator', `${name}=>b`, /x=>\nb$/],
    ['not behind the sign of a private name', `${name} in #b`, /#b$/],
    ['not in a string', `${name},"a;b"`, /x,\n"a;b"$/],
    ['not in a template', `${name},\`a;$\{"b"}\``, /x,\n`a;\$\{"b"\}`$/],
  ])('%s', (_, text, end) => {
    expect(withShortLines(text)).toMatch(end);
  });

  test('and no short one', () => {
    expect(withShortLines('a;b')).toBe('a;b');
  });
});

describe('short is', () => {
  test.each([
    ['an empty text', '', true],
    ['a line of 8,192 characters', 'x'.repeat(8_192), true],
    ['no longer line', 'x'.repeat(8_193), false],
    ['a line of 4,096 characters that are not all ASCII', `${'x'.repeat(4_095)}é`, true],
    ['no longer line of such', `${'x'.repeat(4_096)}é`, false],
    ['many lines', `${'x'.repeat(1_023)}\n`.repeat(64), true],
    ['not as many of twice the length', `${'x'.repeat(2_047)}\n`.repeat(32), false],
    ['nor as many with other characters', `${'x'.repeat(1_022)}é\n`.repeat(64), false],
    ['no longer text', 'a\n'.repeat(40_000), false],
  ])('%s', (_, text, expected) => {
    expect(isShort(text)).toBe(expected);
  });
});

describe('of a long text', () => {
  const binding = nativeBinding();

  /** What oxc makes of a text, and whether it was spared the whole of it. */
  const kindOf = (text: string, dialect: string) => {
    if (binding === undefined) throw new Error('oxc has no machine code here');
    const syntax = parseWithOxc(binding, { text, dialect, comments: false });
    return syntax.kind === 'tree' ? 'tree' : syntax.cause === 'bound' ? 'unread' : 'rejected';
  };

  test.each([
    ['statements on one line', 'a.b = c + (d < e);'.repeat(10_000), 'ts', 'tree'],
    ['exported types', 'export let a: A<B>;\n'.repeat(20_000), 'ts', 'tree'],
    ['some returns, as CommonJS allows them', 'return;' + 'a;'.repeat(60_000), 'js', 'tree'],
    [
      'one error of a kind that oxc goes on behind',
      `${'a;\n'.repeat(60_000)}({ get a(b) {} });`,
      'ts',
      'rejected',
    ],
    ['as many errors as fit', '({ get a(b) {} });'.repeat(20_000), 'ts', 'rejected'],
    ['one statement', `f(function () {${'a;'.repeat(60_000)}})`, 'js', 'tree'],
    ['one statement that is too long', `f(function () {${'a;\n'.repeat(60_000)}})`, 'js', 'unread'],
    ['one line that can’t be broken', `"${'x'.repeat(20_000)}"`, 'js', 'unread'],
    ['a short one with errors', '({ get a(b) {} });\n'.repeat(100), 'ts', 'rejected'],
  ])('%s', (_, text, dialect, expected) => {
    expect(kindOf(text, dialect)).toBe(expected);
  });
});
