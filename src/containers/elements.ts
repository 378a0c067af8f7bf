import { Offsets } from '../text/offsets.ts';
import { Literals } from './literals.ts';
import { endOfComment, endOfPlainComment, type Tag, TagReader, type TagSyntax } from './tags.ts';

/** A script element: its attributes by lower-case name, and the offsets of its content. */
export interface ScriptElement {
  readonly attributes: ReadonlyMap<string, string>;
  readonly start: number;
  readonly end: number;
  /** The element has an end tag. */
  readonly closed: boolean;
  /** It stands within an expression in braces, maybe in a string there. */
  readonly inExpression: boolean;
}

/** A comment, what HTML skips up to the next `>`, the start of a tag with its name, the start of an expression. */
const MARKUP = /<!--|<(?:[!?]|\/(?![a-z]))|<(\/?)([a-z][^\s/>]*)|\{/gi;

/**
 * What matters within an expression: braces, script elements, and what may hold some that don't count. A quote
 * behind a letter is an apostrophe in Astro's markup, and so is one without its end; a text with an end tag of a
 * script may be more than a string.
 */
const EXPRESSION = /[{}]|\\[^]|(?<![\w$])["']|`|<script(?=[\s/>])/gi;

/** How a reader of markup differs from the others. */
interface Reading {
  /** Elements that hold text instead of markup. */
  readonly textElements: ReadonlySet<string>;
  /** Behind the name of an end tag: of an element that holds text or a script. */
  readonly endTag: string;
  /** Are tags of other cases the same? */
  readonly ignoresCase: boolean;
}

const READINGS: Readonly<Record<TagSyntax, Reading>> = {
  // https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments, with scripting.
  html: {
    textElements: new Set('style textarea title iframe xmp noembed noframes noscript'.split(' ')),
    endTag: '(?=[\\s/>])',
    ignoresCase: true,
  },
  // https://github.com/sveltejs/svelte/blob/main/packages/svelte/src/compiler/phases/1-parse/state/element.js
  svelte: { textElements: new Set(['style', 'textarea']), endTag: '(?=\\s*>)', ignoresCase: false },
  // https://github.com/withastro/compiler/blob/main/internal/token.go
  astro: {
    textElements: new Set('style textarea title iframe xmp noembed noframes'.split(' ')),
    endTag: '(?=[\\s/>])',
    ignoresCase: true,
  },
};

/**
 * The script elements of HTML-like text, in order. Comments are skipped, and so are attributes and the content of
 * elements that hold text. In components (Svelte, Astro) braces hold expressions.
 *
 * @param from - The offset to start at.
 */
export function scriptElements(text: string, syntax: TagSyntax, from = 0): readonly ScriptElement[] {
  return new Elements(text, syntax).scripts(from);
}

class Elements {
  readonly #text: string;
  readonly #syntax: TagSyntax;
  readonly #reading: Reading;
  readonly #tags: TagReader;
  readonly #literals: Literals;
  readonly #scriptEnds: Offsets;
  readonly #markup = new RegExp(MARKUP);
  readonly #expression = new RegExp(EXPRESSION);
  readonly #found: ScriptElement[] = [];
  /** How many braces are open. */
  #depth = 0;
  /** How many `<svg>` and `<math>` are open: within them a slash closes a tag, and every element holds markup. */
  #foreign = 0;
  /** A script goes on to the text's end; no other one is asked whether it does. */
  #isEndless = false;

  constructor(text: string, syntax: TagSyntax) {
    this.#text = text;
    this.#syntax = syntax;
    this.#reading = READINGS[syntax];
    this.#literals = new Literals(text);
    this.#tags = new TagReader(text, syntax, this.#literals);
    this.#scriptEnds = new Offsets(text, /<\/script/gi);
  }

  scripts(from: number): readonly ScriptElement[] {
    for (let at: number | undefined = from; at !== undefined;) {
      at = this.#depth > 0 ? this.#afterPartOfExpression(at) : this.#afterMarkup(at);
    }
    return this.#found;
  }

  #afterMarkup(from: number): number | undefined {
    const match = matchFrom(this.#markup, this.#text, from);
    if (match === undefined) return undefined;
    const { 0: token, 1: slash, 2: name, index } = match;
    const end = index + token.length;
    if (token === '<!--')
      return this.#syntax === 'svelte' ? endOfPlainComment(this.#text, end) : endOfComment(this.#text, index);
    if (token === '{') {
      if (this.#syntax !== 'html') this.#depth = 1;
      return end;
    }
    if (name === undefined)
      return token === '</' && this.#syntax !== 'html' ? end : behind(this.#text, '>', end);
    const tag = this.#tags.read(end);
    if (slash === '') return this.#afterStartTag(this.#reading.ignoresCase ? name.toLowerCase() : name, tag);
    if (isForeign(name.toLowerCase())) this.#foreign = Math.max(0, this.#foreign - 1);
    return tag.end;
  }

  #afterPartOfExpression(from: number): number | undefined {
    const match = matchFrom(this.#expression, this.#text, from);
    if (match === undefined) return undefined;
    const { 0: token, index } = match;
    const end = index + token.length;
    if (token === '{') this.#depth += 1;
    else if (token === '}') this.#depth -= 1;
    else if (token.startsWith('<')) return this.#afterStartTag('script', this.#tags.read(end));
    else if (!token.startsWith('\\')) return this.#afterString(index);
    return end;
  }

  #afterString(start: number): number {
    const end = this.#literals.behindString(start) ?? start;
    return (this.#scriptEnds.from(start) ?? end) < end ? start + 1 : Math.max(end, start + 1);
  }

  #afterStartTag(name: string, tag: Tag): number {
    const closed = tag.selfClosing && (this.#syntax !== 'html' || this.#foreign > 0);
    if (closed) return tag.end;
    if (isForeign(name)) this.#foreign += 1;
    const holdsText = this.#foreign === 0 && this.#reading.textElements.has(name);
    if (name !== 'script' && !holdsText) return tag.end;
    const end = name === 'script' ? this.#endOfScript(tag.end) : this.#endTag(name, tag.end);
    if (name === 'noscript') this.#readWithoutScripting(tag.end, end ?? this.#text.length);
    if (name === 'script') {
      this.#found.push({
        attributes: tag.attributes,
        start: tag.end,
        end: end ?? this.#text.length,
        closed: end !== undefined,
        inExpression: this.#depth > 0,
      });
    }
    return end ?? this.#text.length;
  }

  /** Without scripting, which is how bundlers read a page, `<noscript>` holds markup. */
  #readWithoutScripting(start: number, end: number): void {
    const part = scriptElements(this.#text.slice(start, end), this.#syntax);
    for (const element of part)
      this.#found.push({ ...element, start: element.start + start, end: element.end + start });
  }

  /** @returns The offset of an element's end tag, undefined where there is none. */
  #endTag(name: string, start: number): number | undefined {
    const { endTag, ignoresCase } = this.#reading;
    return matchFrom(new RegExp(`</${name}${endTag}`, ignoresCase ? 'gi' : 'g'), this.#text, start)?.index;
  }

  /**
   * In HTML, `<!-- <script>` within a script begins a part that goes on behind the next end tag
   * (https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escaped-state).
   */
  #endOfScript(start: number): number | undefined {
    const first = this.#endTag('script', start);
    if (this.#syntax !== 'html' || first === undefined || this.#isEndless) return first;
    if (!this.#text.slice(start, first).includes('<!--')) return first;
    const token = /<!--(-?>)?|-->|<(\/?)script(?=[\s/>])/gi;
    token.lastIndex = start;
    let state: 'plain' | 'escaped' | 'twice' = 'plain';
    for (let match = token.exec(this.#text); match !== null; match = token.exec(this.#text)) {
      const { 0: matchedText, 2: slash, index } = match;
      if (slash === undefined)
        state = matchedText === '<!--' ? (state === 'plain' ? 'escaped' : state) : 'plain';
      else if (slash === '') state = state === 'plain' ? state : 'twice';
      else if (state !== 'twice') return index;
      else state = 'escaped';
    }
    this.#isEndless = true;
    return first;
  }
}

/** @returns The offset behind the next such piece, the text's end where there is none. */
function behind(text: string, piece: string, from: number): number {
  const at = text.indexOf(piece, from);
  return at < 0 ? text.length : at + piece.length;
}

function isForeign(name: string): boolean {
  return name === 'svg' || name === 'math';
}

function matchFrom(search: RegExp, text: string, from: number): RegExpExecArray | undefined {
  search.lastIndex = from;
  return search.exec(text) ?? undefined;
}
