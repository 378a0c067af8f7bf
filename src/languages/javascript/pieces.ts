import { lex, type Token } from './lexer.ts';

/** In UTF-16 code units: where an error stands is looked for from the start of the text. */
const LONGEST = 2 ** 16;
/** For the errors of all lines. Half a second, as measured with oxc 0.156. */
const MOST_DRAWING = 2 ** 26;
/** How much longer it takes to draw a line with other characters than ASCII, whose columns have to be counted. */
const WIDE = 4;

/**
 * oxc goes on behind most errors, and draws each of them with its line: 280,000 errors in 2 MB take it half a minute,
 * and gigabytes where the lines are long; 3,000 errors in one line of 6 kB take it a second.
 *
 * @returns Whether a text is so short that oxc takes no undue time for it, however many errors it has.
 */
export function isShort(text: string): boolean {
  return text.length <= LONGEST && isDrawn(text);
}

/** A line can have an error for each of its characters: together they take the square of its length to draw. */
function isDrawn(text: string): boolean {
  let drawing = 0;
  for (let start = 0; start < text.length && drawing <= MOST_DRAWING;) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak + 1;
    const isWide = /[^\0-\x7f]/.test(text.slice(start, end));
    drawing += (end - start) ** 2 * (isWide ? WIDE : 1);
    start = end;
  }
  return drawing <= MOST_DRAWING;
}

/** What is looked at by itself, in UTF-16 code units: at least, unless it is the last, and at most. */
const SHORTEST_PIECE = 2 ** 11;
const LONGEST_PIECE = 2 ** 17;

/**
 * Divides a long program into such that oxc takes no undue time for, however many errors they have. Where each of them
 * has none, the whole has none.
 *
 * @returns undefined where a statement is too long, or its lines are and can't be broken.
 */
export function shortPieces(text: string): readonly string[] | undefined {
  const pieces = piecesOf(text).map(withShortLines);
  return pieces.every((piece) => piece.length <= LONGEST_PIECE && isDrawn(piece)) ? pieces : undefined;
}

/** How long a line is, in UTF-16 code units, before it is broken. */
const BROKEN_LINE = 2 ** 8;

/**
 * Breaks long lines where a line end means nothing: behind brackets that open, separators and operators, unless the
 * operator may go on. Where the lexer takes for code what is none, the text that comes out has an error.
 */
export function withShortLines(text: string): string {
  if (isDrawn(text)) return text;
  const parts: string[] = [];
  let [copyStart, line] = [0, 0];
  lex(text, (token, lexeme, start) => {
    const end = start + lexeme.length;
    if (end - line < BROKEN_LINE) return;
    const isBreakable =
      token === 'opening' || token === 'separator' || (token === 'operator' && /[^#\\]/.test(lexeme));
    if (!isBreakable || !/[\w$\s"'`([{]/.test(text[end] ?? '') || text.startsWith('${', start)) return;
    line = Math.max(text.lastIndexOf('\n', end - 1) + 1, end);
    parts.push(text.slice(copyStart, end), '\n');
    copyStart = end;
  });
  parts.push(text.slice(copyStart));
  return parts.join('');
}

/** Words that go on with the statement before them. */
const CONTINUING: ReadonlySet<string> = new Set(
  'as catch else finally from in instanceof of satisfies while'.split(' '),
);

/**
 * Cuts a program between its statements. Where each piece is a program without errors the whole is one too, whatever
 * the lexer took for what: a piece ends with `;`, or with `}` before a line that begins with a word.
 */
export function piecesOf(text: string): readonly string[] {
  const cuts = [0];
  let depth = 0;
  let last: { readonly token: Token; readonly end: number } | undefined;
  let isEnded = false;
  lex(text, (token, lexeme, start) => {
    const isCut =
      depth === 0 &&
      start - (cuts.at(-1) ?? 0) >= SHORTEST_PIECE &&
      !CONTINUING.has(lexeme) &&
      (isEnded ||
        (token === 'word' && last?.token === 'closing' && text.slice(last.end, start).includes('\n')));
    if (isCut) cuts.push(start);
    if (token === 'opening') depth += 1;
    if (token === 'closing') depth -= 1;
    isEnded = lexeme === ';';
    last = { token, end: start + lexeme.length };
  });
  return cuts.map((start, at) => text.slice(start, cuts[at + 1]));
}
