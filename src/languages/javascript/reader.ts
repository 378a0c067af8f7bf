import type { Span } from '../../model/text.ts';
import { Offsets } from '../../text/offsets.ts';

/** What stands where a module's name is expected: a plain literal, or something else and why. */
export type Literal =
  | { readonly kind: 'plain'; readonly specifier: string; readonly span: Span; readonly end: number }
  | { readonly kind: 'escaped' }
  | { readonly kind: 'none' };

/** What precedes an offset, without whitespace. `certain` is false where a comment may hide it. */
export interface Preceding {
  readonly char: string;
  readonly index: number;
  readonly certain: boolean;
}

/** How far is looked back, and how long a word is read. In UTF-16 code units; no loader's name is as long. */
const LOOKBACK = 300;

/** What is read anew for every keyword before it, since it takes no longer than a look into a map. In code units. */
const SHORT = 32;

/**
 * Reads small pieces of JavaScript around a token, without knowing what the token is part of. Every
 * method is bounded or remembers what it searched, so that all calls on one text together stay linear.
 */
export class Reader {
  readonly text: string;
  #importTag: boolean | undefined;
  #modules: boolean | undefined;
  readonly #lineEnds: Offsets;
  readonly #commentEnds: Offsets;
  /** Where a long row of blanks and comments ends, by where it begins and where each of its comments ends. */
  readonly #triviaEnds = new Map<number, number>();
  readonly #literals = new Map<number, Literal>();

  constructor(text: string) {
    this.text = text;
    this.#lineEnds = new Offsets(text, /[\n\r\u2028\u2029]/g);
    this.#commentEnds = new Offsets(text, /\*\//g);
  }

  /**
   * @returns The offset of the first character at or after `offset` that is neither whitespace nor
   * comment; -1 behind an endless comment.
   */
  skipTrivia(offset: number): number {
    const begins = [offset];
    let end = this.#triviaEnds.get(offset);
    for (let at = offset; end === undefined;) {
      const comment = this.#behindSpace(at);
      const commentEnd = this.#commentEnd(comment);
      if (commentEnd === undefined || commentEnd < 0) {
        end = commentEnd ?? comment;
      } else {
        begins.push(commentEnd);
        at = commentEnd;
        end = this.#triviaEnds.get(commentEnd);
      }
    }
    if (end < 0 || end - offset > SHORT) for (const begin of begins) this.#triviaEnds.set(begin, end);
    return end;
  }

  /** Does a line end between two offsets? */
  hasLineEnd(from: number, to: number): boolean {
    return this.#endOfLine(from) < to;
  }

  /** @returns The string or template literal without substitution that starts at an offset. */
  literal(offset: number): Literal {
    const cached = this.#literals.get(offset);
    if (cached !== undefined) return cached;
    const literal = this.#literal(offset);
    if (literal.kind !== 'plain' || literal.end - offset > SHORT) this.#literals.set(offset, literal);
    return literal;
  }

  #literal(offset: number): Literal {
    const quote = this.text[offset];
    if (quote !== '"' && quote !== "'" && quote !== '`') return { kind: 'none' };
    for (let at = offset + 1; at < this.text.length; at += 1) {
      const char = this.text[at];
      if (char === quote) {
        const span = { start: offset + 1, end: at };
        return { kind: 'plain', specifier: this.text.slice(span.start, span.end), span, end: at + 1 };
      }
      if (char === '\\') return { kind: 'escaped' };
      if (char === '\n' || char === '\r') return quote === '`' ? { kind: 'escaped' } : { kind: 'none' };
      if (quote === '`' && char === '$' && this.text[at + 1] === '{') return { kind: 'none' };
    }
    return { kind: 'none' };
  }

  /** Does the text hold a JSDoc `@import` tag, or something that looks like one? */
  hasImportTag(): boolean {
    this.#importTag ??= this.text.includes('@import');
    return this.#importTag;
  }

  /** Does the text name something whose `require` is Node's, other than to use another member of it? */
  namesModules(): boolean {
    this.#modules ??=
      /\b(?:module(?!\.exports\b)|globalThis|mainModule|process|(?:global|window|self)(?!\s*\.))\b/.test(
        this.text,
      );
    return this.#modules;
  }

  /** @returns The identifier characters that start at an offset, at most a short look ahead; empty where there are none. */
  wordAt(offset: number): string {
    let end = offset;
    while (end < offset + LOOKBACK && isWord(this.text.charCodeAt(end))) end += 1;
    return this.text.slice(offset, end);
  }

  /** @returns The identifier characters that end with the one at `index`, at most a short look back. */
  wordEndingAt(index: number): string {
    let start = index + 1;
    while (start > index - LOOKBACK && isWord(this.text.charCodeAt(start - 1))) start -= 1;
    return this.text.slice(start, index + 1);
  }

  /** @returns The last character before `offset` that is not whitespace; '' at the start of the text. */
  preceding(offset: number): Preceding {
    let index = offset - 1;
    let newline = false;
    for (; index >= 0 && isSpace(this.text.charCodeAt(index)); index -= 1) {
      newline ||= isLineEnd(this.text.charCodeAt(index));
    }
    const char = this.text[index] ?? '';
    const comment = (char === '/' && this.text[index - 1] === '*') || (newline && this.#maybeComment(index));
    return { char, index, certain: !comment };
  }

  /**
   * @returns The part of the line before `offset`, or undefined where it is long or holds a character
   * of `barriers` or another line terminator than `\n`.
   */
  lineBefore(offset: number, barriers: string): string | undefined {
    for (let at = offset - 1; at >= offset - LOOKBACK; at -= 1) {
      const char = this.text[at];
      if (char === undefined || char === '\n') return this.text.slice(at + 1, offset);
      if (barriers.includes(char) || isLineEnd(char.charCodeAt(0))) return undefined;
    }
    return undefined;
  }

  /** Could the line that ends with the character at `index` end in a line comment? */
  #maybeComment(index: number): boolean {
    for (let at = index; at > index - LOOKBACK; at -= 1) {
      const char = this.text.charCodeAt(at);
      if (Number.isNaN(char) || isLineEnd(char)) return false;
      if (char === SLASH && this.text.charCodeAt(at - 1) === SLASH) return true;
    }
    return true;
  }

  #behindSpace(offset: number): number {
    let at = offset;
    while (isSpace(this.text.charCodeAt(at))) at += 1;
    return at;
  }

  /** @returns Where the comment that begins at an offset ends, -1 where it has no end; undefined where none begins. */
  #commentEnd(offset: number): number | undefined {
    if (this.text.charCodeAt(offset) !== SLASH) return undefined;
    const next = this.text[offset + 1];
    if (next === '/') return this.#endOfLine(offset + 2);
    if (next !== '*') return undefined;
    const end = this.#commentEnds.from(offset + 2);
    return end === undefined ? -1 : end + 2;
  }

  #endOfLine(offset: number): number {
    return this.#lineEnds.from(offset) ?? this.text.length;
  }
}

const SLASH = 0x2f;

/** ECMAScript §12.3 line terminators. */
function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

/** ECMAScript §12.2 white space and line terminators, and U+0085 and U+200B, which TypeScript adds. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 32 || (code >= 9 && code <= 13);
  return code === 0x85 || code === 0x200b || /\s/.test(String.fromCharCode(code));
}

/** An ASCII character of an identifier, or any other that could be one. */
function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 36 ||
    code === 95 ||
    (code >= 0x80 && !isSpace(code))
  );
}
