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
  const pieces = /"""|'''|["'#([{)\]}]|\\(?:\r\n|[^])|\r\n?|\n/g;
  let depth = 0;
  pieces.lastIndex = from;
  for (let found = pieces.exec(text); found !== null; found = pieces.exec(text)) {
    const piece = found[0];
    if (/^["']/.test(piece)) pieces.lastIndex = stringEnd(text, pieces.lastIndex, piece);
    else if (piece === '#') pieces.lastIndex = commentEnd(text, pieces.lastIndex);
    else if (/^[([{]/.test(piece)) depth += 1;
    else if (/^[)\]}]/.test(piece)) depth = Math.max(0, depth - 1);
    else if (/^[\r\n]/.test(piece) && depth === 0) return pieces.lastIndex;
  }
  return text.length;
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
