import type { Span } from '../../model/text.ts';

/** A part of a text that is code. Every bracket, separator and sign of an operator stands alone. */
export type Token = 'word' | 'literal' | 'opening' | 'closing' | 'separator' | 'operator';

/** Hears of a part of the code: what it is, what is written there, and its offset. */
export type Listener = (token: Token, lexeme: string, start: number) => void;

/** What in a text is no code. */
export interface Lexed {
  /** Strings, comments, regular expressions and the texts of templates, in the order of the text. */
  readonly quoted: readonly Span[];
  /** Behind this offset, code and quoted text may have changed places, because something is never closed. */
  readonly certainTo: number;
}

/**
 * Tells code from what only looks like it, also in a text that no parser accepts. What may be elements of JSX are
 * taken for such if each is closed; if not, nothing about the text is certain. Linear in the text's length.
 */
export function lex(text: string, listener: Listener = () => undefined): Lexed {
  if (!/<\/|\/>/.test(text)) return new Lexer(text, { elements: false }, listener).run();
  const tokens: Parameters<Listener>[] = [];
  const withElements = new Lexer(text, { elements: true }, (...token) => tokens.push(token));
  const lexed = withElements.run();
  if (!withElements.isWhole) return { ...new Lexer(text, { elements: false }, listener).run(), certainTo: 0 };
  for (const token of tokens) listener(...token);
  return lexed;
}

/** A template of Ember's components, from its start tag to behind its end tag. */
export interface TemplateTag extends Span {
  readonly isClosed: boolean;
  /** An operand stands before it, so that `<` may compare. */
  readonly mayCompare: boolean;
}

/**
 * @returns The templates in a text of `.gjs` or `.gts`, in the order of the text. The first end tag behind a start tag
 *   is its own: https://rfcs.emberjs.com/id/0779-first-class-component-templates/
 */
export function templateTags(text: string): readonly TemplateTag[] {
  const tags: TemplateTag[] = [];
  new Lexer(text, { elements: false, tags }, () => undefined).run();
  return tags;
}

/**
 * What is open: a bracket, by what opened it; the head of a statement; an object; a substitution in a template; the
 * start tag, the children or the end tag of an element.
 */
type Frame = '(' | 'head' | '[' | '{' | 'object' | '${' | 'tag' | 'children' | 'end tag';

/** What closes what. */
const CLOSES: Readonly<Record<')' | ']' | '}', readonly Frame[]>> = {
  ')': ['(', 'head'],
  ']': ['['],
  '}': ['{', 'object', '${'],
};

/** What is never closed goes on to the end of its line, so that no text is looked at twice. */
const string = /"(?:[^"\\\n\r]|\\(?:\r\n|[^]))*(")?|'(?:[^'\\\n\r]|\\(?:\r\n|[^]))*(')?/y;
const regex = /\/(?:[^\\/[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*(?:\]|(?=\\?(?:[\n\r]|$))))+(\/\w*)?/y;
const hashbang = /#![^\n\r\u2028\u2029]*/y;
const lineComment = /\/\/[^\n\r\u2028\u2029]*/y;
const templateText = /(?:[^`\\$]|\\[^]?|\$(?!\{))*/y;
const space = /[\s\u0085\u200b]+/y;
const name = /(?:[\w$]|[^\0-\x7f\s\u0085\u200b]|\\u(?:\{[\da-f]*\})?)+/iy;
const tagText = /[\w$.:=\-\s\u0080-\uffff]+/y;
const attribute = /"[^"]*"|'[^']*'/y;
const elementText = /[^<{]+/y;

const START_TAG = '<template>';
const END_TAG = '</template>';

/** Words that an expression follows: a slash begins a regular expression there, and `<` an element. */
const BEFORE_EXPRESSION: ReadonlySet<string> = new Set(
  'await case default delete do else extends in instanceof new of return throw typeof void yield'.split(' '),
);
const HEADED: ReadonlySet<string> = new Set(['for', 'if', 'while', 'with']);

/** What may stand in the code that is none: elements of JSX, and the templates that are put into a list. */
interface Markup {
  readonly elements: boolean;
  readonly tags?: TemplateTag[];
}

class Lexer {
  readonly #text: string;
  readonly #elements: boolean;
  readonly #listener: Listener;
  /** Where templates are put; undefined where a text has none. */
  readonly #tags: TemplateTag[] | undefined;
  readonly #quoted: Span[] = [];
  readonly #open: Frame[] = [];
  #braces = 0;
  #certainTo = Infinity;
  #at = 0;
  /** Has an operand just ended? Then a slash divides, and `<` compares. */
  #afterOperand = false;
  /** The last word or sign of the code; empty at the start of what a bracket encloses. */
  #last = '';
  /** Is every element closed? */
  isWhole = true;

  constructor(text: string, { elements, tags }: Markup, listener: Listener) {
    this.#tags = tags;
    this.#text = text;
    this.#elements = elements;
    this.#listener = listener;
  }

  run(): Lexed {
    this.#quote(hashbang);
    while (this.#at < this.#text.length && this.isWhole) {
      const frame = this.#open.at(-1);
      if (frame === 'children') this.#child();
      else if (frame === 'tag' || frame === 'end tag') this.#tag(frame);
      else if (this.#take(space) === null) this.#code(this.#text[this.#at] ?? '');
    }
    if (this.#open.includes('${')) this.#doubt(0);
    this.isWhole &&= !this.#open.some((frame) => frame === 'children' || frame.endsWith('tag'));
    return { quoted: this.#quoted, certainTo: this.#certainTo };
  }

  #code(char: string): void {
    if (char === '"' || char === "'") this.#literal(string);
    else if (char === '`') this.#template();
    else if (char === '/' && this.#text[this.#at + 1] === '/') this.#quote(lineComment);
    else if (char === '/' && this.#text[this.#at + 1] === '*') this.#comment();
    else if (char === '/' && !this.#afterOperand) this.#literal(regex);
    else if (!this.#word()) this.#sign(char);
  }

  /** @param pattern Its groups hold what closes the literal. */
  #literal(pattern: RegExp): void {
    const start = this.#at;
    const isClosed = (this.#quote(pattern) ?? []).slice(1).some(Boolean);
    if (!isClosed) this.#doubt(start);
    if (this.#at === start) this.#at += 1;
    this.#operand(start);
  }

  #operand(start: number): void {
    this.#listener('literal', this.#text[start] ?? '', start);
    this.#afterOperand = true;
    this.#last = '';
  }

  #comment(): void {
    const start = this.#at;
    const end = this.#text.indexOf('*/', start + 2);
    if (end < 0) this.#doubt(start);
    this.#at = end < 0 ? this.#text.length : end + 2;
    this.#quoted.push({ start, end: this.#at });
  }

  /** The text of a template, from its backtick or the end of a substitution to where code goes on. */
  #template(): void {
    const start = this.#at;
    this.#at += 1;
    this.#take(templateText);
    this.#quoted.push({ start, end: this.#at });
    if (this.#at >= this.#text.length) this.#doubt(start);
    else if (this.#text[this.#at] === '`') {
      this.#at += 1;
      this.#operand(start);
    } else this.#push('${', 2);
  }

  #word(): boolean {
    const start = this.#at;
    const [lexeme] = this.#take(name) ?? [];
    if (lexeme === undefined) return false;
    this.#listener('word', lexeme, start);
    const isMember = this.#last === '.';
    this.#afterOperand = isMember || !BEFORE_EXPRESSION.has(lexeme);
    this.#last = isMember ? '' : lexeme;
    return true;
  }

  #sign(char: string): void {
    if (char === '<' && this.#startsTemplate()) this.#templateTag();
    else if (char === '<' && this.#startsElement()) this.#push('tag', 1);
    else if (char === '(') this.#push(HEADED.has(this.#last) ? 'head' : '(', 1);
    else if (char === '[') this.#push('[', 1);
    else if (char === '{') this.#push(this.#startsObject() ? 'object' : '{', 1);
    else if (char === ')' || char === ']' || char === '}') this.#close(char);
    else this.#operator(char);
  }

  /** `++`, `--` and TypeScript's `!` may stand behind an operand, which stays one. */
  #operator(char: string): void {
    const isDoubled = /[+-]/.test(char) && this.#text[this.#at + 1] === char;
    this.#listener(char === ',' || char === ';' ? 'separator' : 'operator', char, this.#at);
    this.#afterOperand &&= isDoubled || char === '!';
    this.#at += isDoubled ? 2 : 1;
    this.#last = char;
  }

  #push(frame: Frame, length: number): void {
    this.#listener('opening', this.#text[this.#at] ?? '', this.#at);
    this.#open.push(frame);
    if (CLOSES['}'].includes(frame)) this.#braces += 1;
    this.#at += length;
    this.#afterOperand = false;
    this.#last = '';
  }

  /** A brace closes everything that is still open within it; other brackets without a partner close nothing. */
  #close(char: ')' | ']' | '}'): void {
    const fits = (frame: Frame | undefined) => frame !== undefined && CLOSES[char].includes(frame);
    this.#listener('closing', char, this.#at);
    while (char === '}' && this.#braces > 0 && !fits(this.#open.at(-1))) this.#open.pop();
    const frame = fits(this.#open.at(-1)) ? this.#open.pop() : undefined;
    if (char === '}' && frame !== undefined) this.#braces -= 1;
    if (frame === '${') {
      this.#template();
      return;
    }
    this.#at += 1;
    this.#afterOperand = frame !== 'head' && frame !== '{';
    this.#last = char;
  }

  /** Directly behind a name, `<template>` is an argument of a generic one. */
  #startsTemplate(): boolean {
    const neighbour = this.#text[this.#at - 1] ?? '';
    return this.#tags !== undefined && this.#text.startsWith(START_TAG, this.#at) && !/[\w$]/.test(neighbour);
  }

  #templateTag(): void {
    const start = this.#at;
    const close = this.#text.indexOf(END_TAG, start);
    this.#at = close < 0 ? this.#text.length : close + END_TAG.length;
    this.#tags?.push({ start, end: this.#at, isClosed: close >= 0, mayCompare: this.#afterOperand });
    this.#operand(start);
  }

  #startsElement(): boolean {
    return this.#elements && !this.#afterOperand && /[\w$>]/.test(this.#text[this.#at + 1] ?? '');
  }

  /** Does a brace open an object, as far as what stands before it tells? */
  #startsObject(): boolean {
    if (this.#last === '') return !['{', undefined].includes(this.#open.at(-1));
    return /^[=,?:&|+\-*/%!~^]$|^(?:return|typeof|case|in|of|default|await|yield|new)$/.test(this.#last);
  }

  /** Within a start or end tag: names, values and comments. */
  #tag(frame: 'tag' | 'end tag'): void {
    const lookahead = this.#text.slice(this.#at, this.#at + 2);
    if (this.#take(tagText) !== null) return;
    if (lookahead === '/>' && frame === 'tag') this.#closeElement(2);
    else if (lookahead.startsWith('>')) this.#endTag(frame);
    else if (lookahead === '/*') this.#comment();
    else if (lookahead === '//') this.#quote(lineComment);
    else if (lookahead.startsWith('{')) this.#push('{', 1);
    else this.isWhole &&= this.#quote(attribute) !== null;
  }

  #endTag(frame: 'tag' | 'end tag'): void {
    this.#open.pop();
    if (frame === 'end tag') this.#closeElement(1);
    else {
      this.#open.push('children');
      this.#at += 1;
    }
  }

  /** Behind an element: its start tag or its children are the last that is open. */
  #closeElement(length: number): void {
    this.#open.pop();
    this.#listener('closing', '>', this.#at);
    this.#at += length;
    this.#afterOperand = true;
    this.#last = '';
  }

  #child(): void {
    if (this.#take(elementText) !== null) return;
    if (this.#text[this.#at] === '{') this.#push('{', 1);
    else if (this.#text[this.#at + 1] === '/') {
      this.#open.push('end tag');
      this.#at += 2;
    } else this.#push('tag', 1);
  }

  /** @returns What a pattern matches here, which is passed; null where it does not match. */
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  #quote(pattern: RegExp): RegExpExecArray | null {
    const start = this.#at;
    const match = this.#take(pattern);
    if (match !== null) this.#quoted.push({ start, end: this.#at });
    return match;
  }

  #doubt(offset: number): void {
    this.#certainTo = Math.min(this.#certainTo, offset);
  }
}
