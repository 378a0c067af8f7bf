import { escapedText } from '../../ecosystems/golang/escapes.ts';

/** A token as far as imports need it. A `literal` is a number or a rune; what is none of these is `other`. */
export type TokenKind =
  | 'identifier'
  | 'keyword'
  | 'string'
  | 'literal'
  | 'semicolon'
  | 'comma'
  | '('
  | ')'
  | '.'
  | 'closing'
  | 'colon'
  | 'other'
  | 'end';

/** One token; `text` is that of an identifier or keyword, and what a string says. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A string whose text can't be told: it has no end, or an escape that Go does not know. */
  readonly isBroken: boolean;
}

/** Where a text is not written as Go demands, in UTF-16 code units. */
export interface Mistake {
  readonly message: string;
  readonly offset: number;
}

/** https://go.dev/ref/spec#Keywords */
const KEYWORDS = new Set(
  (
    'break case chan const continue default defer else fallthrough for func go goto if import interface map ' +
    'package range return select struct switch type var'
  ).split(' '),
);

/** A line that ends behind one of these keywords, a name, a literal or a closing bracket ends a statement. */
const ENDING_KEYWORDS = new Set(['break', 'continue', 'fallthrough', 'return']);

const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /\.?\d(?:[\p{L}\p{Nd}_.]|(?<=[eEpP])[+-])*/uy;
const RUNE = /'(?:\\[^\n]|[^\\'\n])*'?/uy;
/** A quotation that ends with its line has no end. */
const STRING = /"(?:\\[^\n]|[^\\"\n])*("?)/uy;
const RAW_STRING = /`[^`]*(`?)/uy;
const LINE_COMMENT = /\/\/[^\n]*/uy;
const BLOCK_COMMENT = /\/\*[^]*?(?:\*\/|$)/uy;
/** Of two signs only these end a statement; of one the closing brackets do. */
const INCREMENT = /\+\+|--/uy;
/** Go allows a byte order mark at the start of a file alone. */
const FORBIDDEN = /[\0\ufeff]/u;

const SINGLE_SIGNS = new Map<string, TokenKind>([
  ['(', '('],
  [')', ')'],
  [']', 'closing'],
  ['}', 'closing'],
  ['.', '.'],
  [',', 'comma'],
  [':', 'colon'],
  [';', 'semicolon'],
]);

/**
 * The tokens of a Go program, one after the other (https://go.dev/ref/spec#Lexical_elements). A text is read once from its
 * start to wherever whoever asks stops.
 */
export class Tokens {
  readonly #text: string;
  /** The first mistake of what was read so far. */
  mistake: Mistake | null = null;
  mistakeCount = 0;
  #at: number;
  /** Does the end of a line end a statement here? https://go.dev/ref/spec#Semicolons */
  #endsWithLine = false;

  constructor(text: string) {
    this.#text = text;
    // What starts a program as a script takes this line for itself (https://github.com/erning/gorun); for Go it is a mistake.
    this.#at = text.startsWith('\ufeff') ? 1 : (/^#![^\n]*/.exec(text)?.[0].length ?? 0);
  }

  reject(message: string, offset: number): void {
    this.mistakeCount += 1;
    if (this.mistake === null || offset < this.mistake.offset) this.mistake = { message, offset };
  }

  /** What was read so far was none of the reader's. */
  forgetMistakes(): void {
    this.mistake = null;
    this.mistakeCount = 0;
  }

  next(): Token {
    const hadLineEnd = this.#skipBlanks();
    const start = this.#at;
    const isEnd = start >= this.#text.length;
    if (this.#endsWithLine && (hadLineEnd || isEnd)) {
      this.#endsWithLine = false;
      return { kind: 'semicolon', text: '\n', start, end: start, isBroken: false };
    }
    if (isEnd) return { kind: 'end', text: '', start, end: start, isBroken: false };
    return this.#token(start);
  }

  #token(start: number): Token {
    const name = this.#match(NAME);
    if (name !== undefined) {
      const isKeyword = KEYWORDS.has(name);
      this.#endsWithLine = !isKeyword || ENDING_KEYWORDS.has(name);
      return this.#made(isKeyword ? 'keyword' : 'identifier', name, start);
    }
    const quotation = this.#quotation(start);
    if (quotation !== undefined) return quotation;
    if (this.#match(NUMBER) !== undefined || this.#match(RUNE) !== undefined) {
      this.#endsWithLine = true;
      return this.#made('literal', '', start);
    }
    this.#endsWithLine = this.#match(INCREMENT) !== undefined;
    if (this.#endsWithLine) return this.#made('other', '', start);
    const sign = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    this.#at += sign.length;
    const kind = SINGLE_SIGNS.get(sign) ?? 'other';
    this.#endsWithLine = kind === ')' || kind === 'closing';
    if (!/[!-~]/.test(sign) || /[#$?@\\]/.test(sign)) this.reject('a character that Go does not know', start);
    return this.#made(kind, sign, start);
  }

  #quotation(start: number): Token | undefined {
    const [quoted, closing] = this.#exec(STRING) ?? this.#exec(RAW_STRING) ?? [];
    if (quoted === undefined) return undefined;
    this.#endsWithLine = true;
    this.#forbid(quoted, start);
    const isClosed = closing !== '';
    const inner = quoted.slice(1, isClosed ? -1 : undefined);
    // A carriage return is dropped: https://go.dev/ref/spec#String_literals
    const text = quoted.startsWith('`') ? inner.replaceAll('\r', '') : escapedText(inner);
    if (!isClosed) this.reject('a string without an end', start);
    else if (text === undefined) this.reject('an escape that Go does not know', start);
    const isBroken = !isClosed || text === undefined;
    return { kind: 'string', text: text ?? '', start, end: this.#at, isBroken };
  }

  /** @returns Whether a line ended. A carriage return alone is a blank. */
  #skipBlanks(): boolean {
    let hadLineEnd = false;
    for (;;) {
      const start = this.#at;
      const character = this.#text[start];
      if (character === '\n') hadLineEnd = true;
      if (character === '\n' || character === ' ' || character === '\t' || character === '\r') {
        this.#at += 1;
        continue;
      }
      if (character !== '/') return hadLineEnd;
      const comment = this.#match(LINE_COMMENT) ?? this.#match(BLOCK_COMMENT);
      if (comment === undefined) return hadLineEnd;
      this.#forbid(comment, start);
      if (comment.includes('\n')) hadLineEnd = true;
      if (comment.startsWith('/*') && (comment.length < 4 || !comment.endsWith('*/')))
        this.reject('a comment without an end', start);
    }
  }

  #forbid(piece: string, start: number): void {
    const at = piece.search(FORBIDDEN);
    if (at >= 0) this.reject('a character that Go does not know', start + at);
  }

  #match(pattern: RegExp): string | undefined {
    return this.#exec(pattern)?.[0];
  }

  /** Takes a piece of the text, where one begins here. */
  #exec(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  #made(kind: TokenKind, text: string, start: number): Token {
    return { kind, text, start, end: this.#at, isBroken: false };
  }
}
