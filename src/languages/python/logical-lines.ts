/**
 * @returns The offset of the line break that ends the line at an offset, or the text's length. A backslash
 *   at its end joins the next line.
 */
export function lineEnd(text: string, from: number): number {
  const breaks = /\r\n?|\n/g;
  breaks.lastIndex = from;
  for (let found = breaks.exec(text); found !== null; found = breaks.exec(text)) {
    if (text.charAt(found.index - 1) !== '\\' || found.index === from) return found.index;
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
  const pieces: string[] = [];
  let kept = 0;
  for (const { start, end, depth } of marksOf(text, 0)) {
    if (depth === 0) continue;
    pieces.push(text.slice(kept, start), ' '.repeat(end - start));
    kept = end;
  }
  pieces.push(text.slice(kept));
  return pieces.join('');
}

/** A line break or a comment, and how many brackets are open there. */
interface Mark {
  readonly kind: 'break' | 'comment';
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

function* marksOf(text: string, from: number): Generator<Mark, void, undefined> {
  const pieces = /"""|'''|["'#([{)\]}]|\\(?:\r\n|[^])|\r\n?|\n/g;
  let depth = 0;
  pieces.lastIndex = from;
  for (let found = pieces.exec(text); found !== null; found = pieces.exec(text)) {
    const [piece] = found;
    const start = found.index;
    if (/^["']/.test(piece)) {
      pieces.lastIndex = stringEnd(text, pieces.lastIndex, piece);
    } else if (piece === '#') {
      pieces.lastIndex = commentEnd(text, pieces.lastIndex);
      yield { kind: 'comment', start, end: pieces.lastIndex, depth };
    } else if (/^[([{]/.test(piece)) {
      depth += 1;
    } else if (/^[)\]}]/.test(piece)) {
      depth = Math.max(0, depth - 1);
    } else if (/^[\r\n]/.test(piece)) {
      yield { kind: 'break', start, end: pieces.lastIndex, depth };
    }
  }
}

/** @returns The offset behind a string; one in single quotes also ends at the line's end. */
function stringEnd(text: string, from: number, quote: string): number {
  const stops = quote.length === 3 ? /\\[^]|"""|'''/g : /\\(?:\r\n|[^])|["']|(?=[\r\n])/g;
  stops.lastIndex = from;
  for (let found = stops.exec(text); found !== null; found = stops.exec(text)) {
    if (found[0] === quote || found[0] === '') return found.index + found[0].length;
  }
  return text.length;
}

function commentEnd(text: string, from: number): number {
  const line = /[\r\n]/g;
  line.lastIndex = from;
  return line.exec(text)?.index ?? text.length;
}
