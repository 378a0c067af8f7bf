import type { Literals } from './literals.ts';

/** Whose tags are read: those of pages and of Vue's components, or those of components with expressions in braces. */
export type TagSyntax = 'html' | 'svelte' | 'astro';

/** What follows a tag's name: its attributes, and the offset behind its `>`. */
export interface Tag {
  readonly attributes: ReadonlyMap<string, string>;
  readonly end: number;
  readonly selfClosing: boolean;
}

/**
 * One attribute, or the tag's end, or something that is skipped: what a template engine fills in, for one. A value
 * in quotes may hold a `>`.
 */
const ATTRIBUTE =
  /\s+|(\/?>)|([^\s=>/"'{}]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'`{]+))?)?|\{\{[^<{}]*\}\}|\{%[^<%]*%\}|["'/={}]/y;

/** Braces, and the strings that may hold some. */
const BRACE = /[{}]|\\[^]|["'`]/g;

/** Reads the start tags of one text. */
export class TagReader {
  readonly #text: string;
  readonly #literals: Literals;
  /** In components, an attribute's value may be an expression in braces; no more once a brace has no end. */
  #hasExpressions: boolean;

  constructor(text: string, syntax: TagSyntax, literals: Literals) {
    this.#text = text;
    this.#literals = literals;
    this.#hasExpressions = syntax !== 'html';
  }

  /** Reads a tag from behind its name. */
  read(start: number): Tag {
    const attributes = new Map<string, string>();
    const attribute = new RegExp(ATTRIBUTE);
    for (let at = start; at < this.#text.length;) {
      const expressionEnd = this.#behindExpression(at);
      if (expressionEnd !== undefined) {
        at = expressionEnd;
        continue;
      }
      attribute.lastIndex = at;
      const match = attribute.exec(this.#text);
      at += match?.[0].length ?? 1;
      if (match?.[1] !== undefined) return { attributes, end: at, selfClosing: match[1] === '/>' };
      const name = match?.[2];
      // Of an attribute that stands twice, the first one counts.
      if (name !== undefined && !attributes.has(name.toLowerCase()))
        attributes.set(name.toLowerCase(), match?.[3] ?? match?.[4] ?? match?.[5] ?? '');
    }
    return { attributes, end: this.#text.length, selfClosing: false };
  }

  /** @returns The offset behind the expression that starts at an offset; undefined where none does. */
  #behindExpression(start: number): number | undefined {
    if (!this.#hasExpressions || this.#text[start] !== '{') return undefined;
    const token = new RegExp(BRACE);
    token.lastIndex = start;
    let depth = 0;
    for (let match = token.exec(this.#text); match !== null; match = token.exec(this.#text)) {
      if (match[0] === '{') depth += 1;
      else if (match[0] === '}') depth -= 1;
      else if (!match[0].startsWith('\\'))
        token.lastIndex = this.#literals.behindString(match.index) ?? token.lastIndex;
      if (depth === 0) return token.lastIndex;
    }
    this.#hasExpressions = false;
    return undefined;
  }
}

/**
 * @returns The offset behind the comment that starts at an offset; the text's end for one without end. `<!-->` is a
 *   whole one, and `--!>` ends one (https://html.spec.whatwg.org/multipage/parsing.html#comment-start-state).
 */
export function endOfComment(text: string, start: number): number {
  return behindMatch(text, /--!?>/g, start + '<!'.length);
}

/** @returns The same for compilers to which nothing but `-->` ends a comment; `from` is where that may begin. */
export function endOfPlainComment(text: string, from: number): number {
  return behindMatch(text, /-->/g, from);
}

function behindMatch(text: string, end: RegExp, from: number): number {
  end.lastIndex = from;
  return end.exec(text) === null ? text.length : end.lastIndex;
}
