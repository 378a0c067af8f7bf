import type { Node } from 'web-tree-sitter';
import type { Span } from '../../model/text.ts';

/** A string literal: its value, and the span of its text between the outer quotes. */
export interface Literal {
  readonly value: string;
  readonly span: Span;
}

/**
 * Evaluates a string literal as CPython does: prefixes, escapes, adjacent literals, brackets around them
 * (https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals).
 *
 * @returns undefined where the expression is no string literal, or one whose value takes more than the text:
 *   an interpolation, `\N{…}`, bytes.
 */
export function literalOf(expression: Node): Literal | undefined {
  let inner = expression;
  while (inner.type === 'parenthesized_expression') {
    const [only, ...siblings] = inner.namedChildren.filter((child) => child.type !== 'comment');
    if (only === undefined || siblings.length > 0) return undefined;
    inner = only;
  }
  if (inner.type === 'string') return stringLiteral(inner);
  if (inner.type !== 'concatenated_string') return undefined;
  const parts = inner.namedChildren.filter((child) => child.type === 'string').map(stringLiteral);
  const values = parts.flatMap((part) => part?.value ?? []);
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || values.length < parts.length) return undefined;
  return { value: values.join(''), span: { start: first.span.start, end: last.span.end } };
}

function stringLiteral(string: Node): Literal | undefined {
  // Asked first: what stands in a string may be as long as the string, and hold others.
  if (string.namedChildren.some((child) => child.type === 'interpolation')) return undefined;
  const match = /^([a-z]*)("""|'''|"|')([^]*)\2$/i.exec(string.text);
  if (match === null) return undefined;
  const [, prefix = '', quote = '', body = ''] = match;
  const start = string.startIndex + prefix.length + quote.length;
  const value = valueOf(body.replace(/\r\n?/g, '\n'), prefix.toLowerCase());
  return value === undefined ? undefined : { value, span: { start, end: start + body.length } };
}

function valueOf(body: string, prefix: string): string | undefined {
  if (/[bt]/.test(prefix)) return undefined;
  const text = prefix.includes('f') ? body.replace(/\{\{|\}\}/g, (brace) => brace.charAt(0)) : body;
  return prefix.includes('r') ? text : unescape(text);
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** @returns undefined for `\N{…}`, whose names this tool does not know, and for escapes that Python refuses. */
function unescape(text: string): string | undefined {
  const unsupportedEscapes: string[] = [];
  const value = text.replace(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g,
    (whole: string, octal?: string, ...groups: (string | undefined)[]) => {
      const [hex2, hex4, hex8, character = ''] = groups;
      const hex = hex2 ?? hex4 ?? hex8 ?? '';
      const code = octal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal, 8);
      if (!Number.isNaN(code) && code <= 0x10ffff) return String.fromCodePoint(code);
      if (character === '' || /[NxuU]/.test(character)) unsupportedEscapes.push(whole);
      return simpleEscapes.get(character) ?? whole;
    },
  );
  return unsupportedEscapes.length === 0 ? value : undefined;
}
