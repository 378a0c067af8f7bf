import type { Span } from '../model/text.ts';
import { resolveEscape } from './escapes.ts';

/** A string as written: `span` leaves out the quotes, `next` is the offset after them. */
export interface Quoted {
  readonly value: string;
  readonly span: Span;
  readonly next: number;
  /** Whether the closing quotes were found. */
  readonly closed: boolean;
}

/**
 * Reads the TOML string that begins with the quote at an offset: basic or literal, in one line or several
 * (https://toml.io/en/v1.0.0#string).
 */
export function readTomlString(text: string, at: number): Quoted {
  const quote = text.charAt(at);
  const several = text.startsWith(quote.repeat(3), at);
  const start = several ? afterNewline(text, at + 3) : at + 1;
  const end = several ? endOfSeveralLines(text, start, quote) : endOfLineString(text, start, quote);
  const closed = text.charAt(end) === quote;
  const raw = text.slice(start, end);
  const lines = several ? raw.replaceAll('\r\n', '\n') : raw;
  const value = quote === '"' && raw.includes('\\') ? unescape(lines) : lines;
  return { value, span: { start, end }, next: closed ? end + (several ? 3 : 1) : end, closed };
}

/** A newline right after the opening quotes does not belong to the string. */
function afterNewline(text: string, at: number): number {
  if (text.startsWith('\r\n', at)) return at + 2;
  return text.charAt(at) === '\n' ? at + 1 : at;
}

function endOfLineString(text: string, start: number, quote: string): number {
  let at = start;
  while (at < text.length && text.charAt(at) !== quote && !/[\r\n]/.test(text.charAt(at))) {
    at += quote === '"' && text.charAt(at) === '\\' ? 2 : 1;
  }
  return Math.min(at, text.length);
}

/** Up to two quotes right before the closing three belong to the string. */
function endOfSeveralLines(text: string, start: number, quote: string): number {
  let at = start;
  while (at < text.length) {
    if (text.startsWith(quote.repeat(3), at)) {
      if (text.startsWith(quote.repeat(5), at)) return at + 2;
      return text.startsWith(quote.repeat(4), at) ? at + 1 : at;
    }
    at += quote === '"' && text.charAt(at) === '\\' ? 2 : 1;
  }
  return text.length;
}

const LETTERS = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001B'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** A backslash at the end of a line takes away the line break and the blanks that follow. */
function unescape(raw: string): string {
  const escapes = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\n[ \t\n]*|[^])/g;
  return raw.replace(escapes, (escape) => (/^\\[ \t]*\n/.test(escape) ? '' : resolveEscape(escape, LETTERS)));
}
