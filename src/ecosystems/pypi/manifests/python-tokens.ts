import { resolveEscape } from '../../../documents/escapes.ts';
import type { TextNode } from '../../../documents/document.ts';
import { textNode } from '../../../documents/document.ts';

/**
 * A token of Python source, as far as literals need it: names with their dots and numbers are words, an `end` is
 * the end of a statement. `bad` is a string without its end.
 */
export type PythonToken =
  | { readonly kind: 'word'; readonly text: string; readonly start: number }
  | { readonly kind: 'sign'; readonly text: string; readonly start: number }
  | { readonly kind: 'end'; readonly text: ''; readonly start: number }
  | { readonly kind: 'bad'; readonly text: ''; readonly start: number }
  | { readonly kind: 'string'; readonly text: ''; readonly start: number; readonly node: TextNode };

/**
 * Splits Python source into tokens (https://docs.python.org/3/reference/lexical_analysis.html). Bytes count as
 * strings; in an f-string, replacement fields stand as written.
 */
export function* pythonTokens(text: string): Generator<PythonToken> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let depth = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const start = at;
    const blank = match(/(?:[ \t\f]|\\(?:\r\n?|\n))+|#[^\r\n]*/y);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const opening = match(/(?:[rbuft]{0,2})(?:"""|'''|"|')/iy);
    if (opening !== undefined) {
      const string = readString(text, start, opening);
      at = string.next;
      if (string.node === undefined) yield { kind: 'bad', text: '', start };
      else yield { kind: 'string', text: '', start, node: string.node };
      continue;
    }
    const word = match(/[\p{L}\p{N}_.]+/uy);
    const sign = word ?? match(/\*\*=?|[=!<>:+*/%&|^@-]=|\r\n|[^]/y) ?? '';
    at += sign.length;
    if (word !== undefined) yield { kind: 'word', text: word, start };
    else if (!/^[\r\n;]/.test(sign)) yield { kind: 'sign', text: sign, start };
    else if (depth === 0) yield { kind: 'end', text: '', start };
    if (/^[([{]/.test(sign)) depth += 1;
    else if (/^[)\]}]/.test(sign)) depth = Math.max(0, depth - 1);
  }
}

function readString(
  text: string,
  start: number,
  opening: string,
): { readonly node: TextNode | undefined; readonly next: number } {
  const prefix = opening.replace(/["'].*/, '').toLowerCase();
  const quote = opening.slice(prefix.length);
  const from = start + opening.length;
  let at = from;
  while (at < text.length && !text.startsWith(quote, at)) {
    if (quote.length === 1 && /[\r\n]/.test(text.charAt(at))) return { node: undefined, next: at };
    if (text.charAt(at) === '\\') at += text.startsWith('\r\n', at + 1) ? 3 : 2;
    else at += 1;
  }
  if (at >= text.length) return { node: undefined, next: text.length };
  const raw = text.slice(from, at);
  const value = prefix.includes('r') || !raw.includes('\\') ? raw : unescape(raw);
  return { node: textNode(text, { start: from, end: at }, value), next: at + quote.length };
}

const LETTERS = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** A backslash at the end of a line takes away the line break. */
function unescape(raw: string): string {
  const escapes = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|\r\n|[^])/g;
  return raw.replace(escapes, (escape) => {
    if (/^\\[\r\n]/.test(escape)) return '';
    if (/^\\[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape.slice(1), 8));
    return resolveEscape(escape, LETTERS);
  });
}
