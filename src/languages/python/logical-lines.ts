import type { Span } from '../../model/text.ts';
import { isWithin } from '../../text/spans.ts';

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
  return withBlanks(text, ({ kind, depth }) => kind !== 'string' && depth > 0);
}

/** @returns The text with blanks for its comments and for what its strings hold, at the same offsets. */
export function codeOnly(text: string): string {
  return withBlanks(text, ({ kind }) => kind !== 'break');
}

/** @returns Whether an offset stands in a string or comment for certain: behind an open string nobody can tell. */
export function isQuotedIn(text: string): (offset: number) => boolean {
  const quoted: Span[] = [];
  for (const { kind, start, end, isClosed } of marksOf(text, 0)) {
    if (kind === 'string' && !isClosed) break;
    if (kind !== 'break') quoted.push({ start, end });
  }
  return (offset) => isWithin(offset, quoted);
}

function withBlanks(text: string, blanked: (mark: Mark) => boolean): string {
  const pieces: string[] = [];
  let copyStart = 0;
  for (const mark of marksOf(text, 0)) {
    if (blanked(mark)) {
      pieces.push(text.slice(copyStart, mark.start), ' '.repeat(mark.end - mark.start));
      copyStart = mark.end;
    }
  }
  pieces.push(text.slice(copyStart));
  return pieces.join('');
}

/** A line break, a comment or what a string holds, and how many brackets are open there. */
interface Mark {
  readonly kind: 'break' | 'comment' | 'string';
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** A string that ends with its line, or with the text, may be none. */
  readonly isClosed: boolean;
}

function* marksOf(text: string, from: number): Generator<Mark, void, undefined> {
  const pieces = /"""|'''|["'#([{)\]}]|\\(?:\r\n|[^])|\r\n?|\n/g;
  let depth = 0;
  pieces.lastIndex = from;
  for (let match = pieces.exec(text); match !== null; match = pieces.exec(text)) {
    const [piece] = match;
    const start = match.index;
    if (/^["']/.test(piece)) {
      const inside = pieces.lastIndex;
      pieces.lastIndex = stringEnd(text, inside, piece);
      const closing = pieces.lastIndex - piece.length;
      const isClosed = closing >= inside && text.startsWith(piece, closing);
      yield { kind: 'string', start: inside, end: isClosed ? closing : pieces.lastIndex, depth, isClosed };
    } else if (piece === '#') {
      pieces.lastIndex = commentEnd(text, pieces.lastIndex);
      yield { kind: 'comment', start, end: pieces.lastIndex, depth, isClosed: true };
    } else if (/^[([{]/.test(piece)) {
      depth += 1;
    } else if (/^[)\]}]/.test(piece)) {
      depth = Math.max(0, depth - 1);
    } else if (/^[\r\n]/.test(piece)) {
      yield { kind: 'break', start, end: pieces.lastIndex, depth, isClosed: true };
    }
  }
}

/** @returns The offset behind a string; one in single quotes also ends at the line's end. */
function stringEnd(text: string, from: number, quote: string): number {
  const stops = quote.length === 3 ? /\\[^]|"""|'''/g : /\\(?:\r\n|[^])|["']|(?=[\r\n])/g;
  stops.lastIndex = from;
  for (let match = stops.exec(text); match !== null; match = stops.exec(text)) {
    if (match[0] === quote || match[0] === '') return match.index + match[0].length;
  }
  return text.length;
}

function commentEnd(text: string, from: number): number {
  const line = /[\r\n]/g;
  line.lastIndex = from;
  return line.exec(text)?.index ?? text.length;
}
