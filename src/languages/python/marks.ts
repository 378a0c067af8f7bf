/**
 * What Python's tokenizer tells from code: line breaks, comments and what strings hold. The `sign`s of an f-string or
 * t-string are its quotes and what begins, formats or ends the expressions in it (PEP 701, PEP 750); `unclosed` is a
 * string that nothing ends before its line or the text does, which may be none.
 */
export interface Mark {
  readonly kind: 'break' | 'comment' | 'string' | 'sign' | 'unclosed';
  readonly start: number;
  readonly end: number;
  /** How many brackets are open. */
  readonly depth: number;
  readonly sign?: 'begin' | 'expression' | 'format' | 'over' | 'end';
  /** A string that holds no expressions: its prefix and its quotes stand around its mark. */
  readonly isPlain?: boolean;
}

/** An f-string that is not closed yet. */
interface Frame {
  readonly quote: string;
  readonly isRaw: boolean;
  readonly start: number;
  /** How many brackets were open before it. */
  readonly depth: number;
  /** How many brackets were open before each expression that is open; a format may hold others. */
  readonly expressions: number[];
  /** What is read next is text of the string or of a format, and no expression. */
  inText: boolean;
}

const codePieces = /"""|'''|["'#([{)\]}]|\\(?:\r\n|[^])|\r\n?|\n/g;
const expressionPieces =
  /"""|'''|["'#([{)\]}:]|\\(?:\r\n|[^])|\r\n?|\n|!(?!=)\s*\w*|(?<![=!<>])=(?=\s*(?:[:}]|!(?!=)))/g;
const longQuoteText = /\\(?:\r\n|[^])|"""|'''|[{}]/g;
const shortQuoteText = /\\(?:\r\n|[^])|["']|[{}]|(?=[\r\n])/g;
const prefix = /(?<![\w\u0080-\uffff])(?:[bu]|[bftr]?[bftr])$/i;

/** @yields The marks of a text from the start of a token on, as Python 3.12 and later read it. */
export function* marksOf(text: string, from: number): Generator<Mark, void, undefined> {
  const tokenizer = new Tokenizer(text, from);
  for (let mark = tokenizer.next(); mark !== undefined; mark = tokenizer.next()) yield mark;
}

class Tokenizer {
  readonly #text: string;
  readonly #frames: Frame[] = [];
  readonly #waiting: Mark[] = [];
  #depth = 0;
  #at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#at = from;
  }

  /** @returns The next mark, or undefined behind the last one. */
  next(): Mark | undefined {
    while (this.#waiting.length === 0 && this.#at < this.#text.length) {
      const frame = this.#frames.at(-1);
      if (frame?.inText === true) this.#readText(frame);
      else this.#readCode(frame);
    }
    const open = this.#waiting.length === 0 ? this.#frames.shift() : undefined;
    if (open !== undefined) this.#add({ kind: 'unclosed', start: open.start, end: this.#text.length });
    return this.#waiting.shift();
  }

  #add(mark: Omit<Mark, 'depth'>): void {
    this.#waiting.push({ ...mark, depth: this.#depth });
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    return expression.exec(this.#text);
  }

  #readCode(frame: Frame | undefined): void {
    const match = this.#match(frame === undefined ? codePieces : expressionPieces);
    const start = match?.index ?? this.#text.length;
    const piece = match?.[0] ?? '';
    this.#at = start + piece.length;
    if (/^["']/.test(piece)) this.#beginString(piece, start);
    else if (piece === '#') {
      this.#at = this.#match(/[\r\n]/g)?.index ?? this.#text.length;
      this.#add({ kind: 'comment', start, end: this.#at });
    } else if (/^[([{]/.test(piece)) this.#depth += 1;
    else if (/^[\r\n]/.test(piece)) this.#add({ kind: 'break', start, end: this.#at });
    else if (frame !== undefined) this.#readSign(frame, piece, start);
    else if (/^[)\]}]/.test(piece)) this.#depth = Math.max(0, this.#depth - 1);
  }

  /** Only between the expression's own braces does a colon begin its format, and `!` or `=` say how it is shown. */
  #readSign(frame: Frame, piece: string, start: number): void {
    const outside = frame.expressions.at(-1) ?? 0;
    const isOwn = this.#depth === outside + 1;
    if (/^[)\]}]/.test(piece)) {
      if (isOwn && piece === '}') this.#endExpression(frame, start);
      else this.#depth = Math.max(outside + 1, this.#depth - 1);
    } else if (isOwn && /^[:!=]/.test(piece)) {
      this.#add({ kind: 'sign', start, end: this.#at, sign: 'format' });
      frame.inText = piece === ':';
    }
  }

  #endExpression(frame: Frame, start: number): void {
    this.#depth = frame.expressions.pop() ?? 0;
    frame.inText = true;
    this.#at = start + 1;
    this.#add({ kind: 'sign', start, end: this.#at, sign: 'over' });
  }

  #beginString(quote: string, start: number): void {
    const letters = prefix.exec(this.#text.slice(Math.max(0, start - 3), start))?.[0] ?? '';
    if (!/[ft]/i.test(letters)) {
      this.#readPlain(quote);
      return;
    }
    const frame = { quote, start: start - letters.length, depth: this.#depth, inText: true };
    this.#frames.push({ ...frame, isRaw: /r/i.test(letters), expressions: [] });
    this.#add({ kind: 'sign', start: frame.start, end: this.#at, sign: 'begin' });
  }

  #readPlain(quote: string): void {
    const inside = this.#at;
    const stops = quote.length === 3 ? longQuoteText : shortQuoteText;
    for (let match = this.#match(stops); match !== null; match = this.#match(stops)) {
      this.#at = match.index + match[0].length;
      if (match[0] === quote) {
        this.#add({ kind: 'string', start: inside, end: match.index, isPlain: true });
        return;
      }
      if (match[0] === '') {
        this.#add({ kind: 'unclosed', start: inside, end: this.#at });
        return;
      }
    }
    this.#at = this.#text.length;
    this.#add({ kind: 'unclosed', start: inside, end: this.#at });
  }

  /** The text of an f-string or of a format, up to what ends it or begins an expression. */
  #readText(frame: Frame): void {
    const inside = this.#at;
    const stops = frame.quote.length === 3 ? longQuoteText : shortQuoteText;
    for (let match = this.#match(stops); match !== null; match = this.#match(stops)) {
      const [piece] = match;
      this.#at = match.index + piece.length;
      if (piece.startsWith('\\')) this.#readEscape(frame, piece, match.index);
      else if (piece === frame.quote || piece === '') {
        this.#endString(frame, inside, match.index);
        return;
      } else if (/[{}]/.test(piece) && this.#readBrace(frame, inside, match.index)) return;
    }
    this.#at = this.#text.length;
  }

  /** A brace is none behind a backslash, but for that of a character's name. */
  #readEscape({ isRaw }: Frame, piece: string, start: number): void {
    if (/[{}]$/.test(piece)) this.#at = start + 1;
    else if (piece === '\\N' && !isRaw)
      this.#at = this.#match(/\{[^{}'"\r\n]*\}/y) === null ? this.#at : this.#text.indexOf('}', this.#at) + 1;
  }

  /** @returns Whether a brace ends the text; in a format no brace stands for itself. */
  #readBrace(frame: Frame, inside: number, start: number): boolean {
    const brace = this.#text.charAt(start);
    const isFormat = frame.expressions.length > 0;
    if (!isFormat && this.#text.charAt(start + 1) === brace) {
      this.#at = start + 2;
      return false;
    }
    if (brace === '}' && !isFormat) return false;
    this.#add({ kind: 'string', start: inside, end: start });
    if (brace === '}') this.#endExpression(frame, start);
    else {
      this.#add({ kind: 'sign', start, end: this.#at, sign: 'expression' });
      frame.expressions.push(this.#depth);
      frame.inText = false;
      this.#depth += 1;
    }
    return true;
  }

  #endString(frame: Frame, inside: number, end: number): void {
    this.#frames.pop();
    this.#depth = frame.depth;
    if (this.#at === end) this.#add({ kind: 'unclosed', start: frame.start, end });
    else {
      this.#add({ kind: 'string', start: inside, end });
      this.#add({ kind: 'sign', start: end, end: this.#at, sign: 'end' });
    }
  }
}
