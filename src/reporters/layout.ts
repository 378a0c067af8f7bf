/**
 * How many columns of a terminal a text takes: two for East Asian wide characters and emoji, none for
 * marks that combine with the character before them
 * (https://www.unicode.org/reports/tr11/, https://www.unicode.org/reports/tr29/).
 *
 * @param text On one line, without control characters.
 */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  return graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/**
 * Breaks a text at its spaces. A word that is longer than a line stays whole, so that paths and commands
 * can be copied.
 *
 * @param text Its words may be painted: colours take no column.
 * @param width In columns.
 * @returns At least one line.
 */
export function wrap(text: string, width: number): string[] {
  return fill(text.split(' '), ' ', width);
}

/**
 * Puts as many pieces into each line as it has room for. A piece stays whole.
 *
 * @param pieces They may be painted: colours take no column.
 * @param separator What stands between two pieces of a line.
 * @param width In columns.
 * @returns At least one line.
 */
export function fill(pieces: readonly string[], separator: string, width: number): string[] {
  const lines: string[][] = [];
  let room = 0;
  for (const piece of pieces) {
    const pieceWidth = displayWidth(piece.replace(colours, ''));
    const line = room >= pieceWidth + separator.length ? lines.at(-1) : undefined;
    if (line) line.push(piece);
    else lines.push([piece]);
    room = line ? room - separator.length - pieceWidth : width - pieceWidth;
  }
  return lines.map((line) => line.join(separator));
}

/** How a terminal is told to change its colour (SGR in ECMA-48, 8.3.117). Foreign text is escaped before, so it holds none. */
// eslint-disable-next-line no-control-regex -- the control character is what begins a colour
const colours = /\u001b\[\d+m/g;

/** @returns The text's start, with `…` where something is cut, at most `width` columns wide. */
export function keepStart(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return width < 1 ? '' : `${take(graphemes(text), width - 1).join('')}…`;
}

/** @returns The text's end, with `…` where something is cut, at most `width` columns wide. */
export function keepEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return width < 1
    ? ''
    : `…${take(graphemes(text).toReversed(), width - 1)
        .toReversed()
        .join('')}`;
}

/**
 * Letters, punctuation and signs of one column each, of which none combines with another: most of what is
 * ever shown. Unicode's tables take longer to load than a report takes to write.
 */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u257f\u2713\u2716\u26a0]*$/;

/** The blocks whose characters are wide (W and F in EastAsianWidth.txt of Unicode 16), and emoji. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\u33bf\u33c0-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}])/u;

function graphemes(text: string): string[] {
  if (plain.test(text)) return Array.from(text);
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  if (wide.test(grapheme)) return 2;
  // Voiced marks of halfwidth katakana belong to the grapheme and have a column of their own.
  const voiced = grapheme.slice(1).match(/[\uff9e\uff9f]/g)?.length ?? 0;
  return (/^\p{Mark}/u.test(grapheme) ? 0 : 1) + voiced;
}

function take(all: readonly string[], width: number): string[] {
  const prefix: string[] = [];
  let used = 0;
  for (const grapheme of all) {
    used += graphemeWidth(grapheme);
    if (used > width) break;
    prefix.push(grapheme);
  }
  return prefix;
}
