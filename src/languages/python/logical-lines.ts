import type { Span } from '../../model/text.ts';
import { isWithin } from '../../text/spans.ts';
import { marksOf, type Mark } from './marks.ts';

/**
 * What `str.splitlines` takes for the end of a line, for a class of a regular expression
 * (https://docs.python.org/3/library/stdtypes.html#str.splitlines).
 */
export const LINE_BREAKS = String.raw`\n\r\v\f\x1c-\x1e\x85\u2028\u2029`;
const anyBreak = new RegExp(`[${LINE_BREAKS}]`, 'g');

/**
 * @returns The offset of the line break that ends the line at an offset, or the text's length. A backslash
 *   at its end joins the next line.
 */
export function lineEnd(text: string, from: number): number {
  const breaks = /\r\n?|\n/g;
  breaks.lastIndex = from;
  for (let lineBreak = breaks.exec(text); lineBreak !== null; lineBreak = breaks.exec(text)) {
    if (text.charAt(lineBreak.index - 1) !== '\\' || lineBreak.index === from) return lineBreak.index;
  }
  return text.length;
}

/**
 * @returns The offset of what ends the line of an escape of IPython, or the text's length: to IPython, text goes on in the
 *   next line where `\n` stands behind a backslash, and nothing else (https://github.com/ipython/ipython/blob/9.17.1/IPython/core/inputtransformer2.py).
 */
export function escapeEnd(text: string, from: number): number {
  anyBreak.lastIndex = from;
  for (let lineBreak = anyBreak.exec(text); lineBreak !== null; lineBreak = anyBreak.exec(text)) {
    const { 0: sign, index } = lineBreak;
    if (sign !== '\n' || text.charAt(index - 1) !== '\\' || index === from) return index;
  }
  return text.length;
}

/**
 * @returns The offset behind Python's logical line that starts at an offset: behind the first line break
 *   outside strings and brackets that no backslash joins
 *   (https://docs.python.org/3/reference/lexical_analysis.html#logical-lines).
 */
export function logicalLineEnd(text: string, from: number): number {
  for (const { kind, end, depth } of marksOf(text, from)) {
    if (kind === 'break' && depth === 0) return end;
  }
  return text.length;
}

/** @returns The text with blanks for the line breaks and comments within brackets, at the same offsets. */
export function withJoinedLines(text: string): string {
  return withBlanks(text, ({ kind, depth }) => (kind === 'break' || kind === 'comment') && depth > 0);
}

/** @returns The text with blanks for its comments and for what its strings hold, at the same offsets. */
export function codeOnly(text: string): string {
  return withBlanks(text, ({ kind }) => kind !== 'break' && kind !== 'sign');
}

/** @returns Whether an offset stands in a string or comment for certain: behind an open string nobody can tell. */
export function isQuotedIn(text: string): (offset: number) => boolean {
  const quoted: Span[] = [];
  let certain = text.length;
  for (const { kind, start, end } of marksOf(text, 0)) {
    if (kind === 'unclosed') certain = Math.min(certain, start);
    if (kind === 'string' || kind === 'comment') quoted.push({ start, end });
  }
  return (offset) => offset < certain && isWithin(offset, quoted);
}

/** @param blanked What is blanked must not overlap. */
function withBlanks(text: string, blanked: (mark: Mark) => boolean): string {
  const pieces: string[] = [];
  let copyStart = 0;
  for (const mark of marksOf(text, 0)) {
    if (mark.start < copyStart || !blanked(mark)) continue;
    pieces.push(text.slice(copyStart, mark.start), ' '.repeat(mark.end - mark.start));
    copyStart = mark.end;
  }
  pieces.push(text.slice(copyStart));
  return pieces.join('');
}
