import type { SynchronousContainer, Segment } from '../model/language.ts';
import { segment } from './script.ts';

/**
 * MDX pages: blocks that start with `import` or `export` at the start of a line
 * (https://mdxjs.com/docs/what-is-mdx/#esm). Prose may start so, too: what is no program is no fault.
 */
export const mdx: SynchronousContainer = {
  id: 'mdx',
  contents: (text) => ({ segments: esmBlocks(text), broken: null }),
};

/** What the current line is part of. A block ends with a blank line once its brackets are closed. */
type State =
  | { readonly kind: 'text' }
  | { readonly kind: 'start' }
  | { readonly kind: 'fence'; readonly fence: string; readonly nested: boolean }
  | { readonly kind: 'comment' }
  | { readonly kind: 'esm'; readonly start: number; readonly balance: Balance }
  | { readonly kind: 'markup'; readonly start: number; readonly balance: Balance; readonly tag: TagEnd };

function esmBlocks(text: string): readonly Segment[] {
  const blocks: Segment[] = [];
  const end = (start: number, blockEnd: number) => {
    for (const segment of block(text, start, blockEnd)) blocks.push(segment);
  };
  const body = endOfFrontmatter(text);
  let state: State = { kind: 'start' };
  let inList = false;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n/g)) {
    inList = LIST_ITEM.test(line) || (inList && !/^\S/.test(line));
    const next: State = following(index === body ? { kind: 'start' } : state, { line, start: index, inList });
    if (state.kind === 'esm' && next.kind !== 'esm') end(state.start, index);
    state = next;
  }
  if (state.kind === 'esm') end(state.start, text.length);
  return blocks;
}

const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;

/** @returns The offset of what stands below a page's frontmatter, whose YAML may hold anything; 0 without one. */
function endOfFrontmatter(text: string): number {
  const first = /^\ufeff?---[ \t]*\r?(?=\n)/.exec(text)?.[0].length;
  const close = first === undefined ? -1 : text.indexOf('\n---', first);
  if (first === undefined || close < 0 || /\r(?!\n)/.test(text.slice(first, close))) return 0;
  const last = /\n---[ \t]*\r?\n/y;
  last.lastIndex = close;
  return last.test(text) ? last.lastIndex : 0;
}

interface Line {
  readonly line: string;
  readonly start: number;
  /** It belongs to an item of a list, or the line before it did. */
  readonly inList: boolean;
}

function following(state: State, current: Line): State {
  const { line } = current;
  const blank = line.trim() === '';
  switch (state.kind) {
    case 'fence':
      if (state.nested && ESM.test(line)) return opened(current);
      return isClosingFence(line, state.fence) ? { kind: 'start' } : state;
    case 'comment':
      return line.includes('*/}') || line.includes('-->') ? { kind: 'start' } : state;
    case 'esm':
      if (blank && isClosed(state.balance)) return { kind: 'start' };
      return { ...state, balance: balanceAfter(line, state.balance, state.kind) };
    case 'markup':
      if (isClosed(state.balance)) {
        if (blank) return { kind: 'start' };
        if (ESM.test(line)) return opened(current);
        const fence = isOutside(state.tag) ? openedFence(current) : undefined;
        if (fence !== undefined) return fence;
      }
      return markupAfter(line, state);
    case 'start':
      return opened(current);
    case 'text':
      return endsParagraph(line)
        ? { kind: 'start' }
        : (openedFence(current) ?? openedMarkup(current) ?? state);
  }
}

/**
 * Is a line blank, a heading or a rule, maybe within quotations and lists? It ends a paragraph, and is none, so what
 * stands below it at the start of a line begins anew (https://spec.commonmark.org/0.31.2/#paragraph-continuation-text).
 */
function endsParagraph(line: string): boolean {
  const content = line.replace(/^(?:\s*(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s)))+/, '').trim();
  return content === '' || /^#{1,6}(?:\s|$)/.test(content) || RULE.test(content) || RULE.test(line);
}

/** What looks like elements or an expression that fill a line ends a paragraph as well. */
function openedMarkup({ line, start }: Line): State | undefined {
  return /^\s*[<{].*[>}]\s*$/.test(line)
    ? markupAfter(line, { kind: 'markup', start, balance: CLOSED, tag: OUTSIDE })
    : undefined;
}

type Markup = Extract<State, { kind: 'markup' }>;

function markupAfter(line: string, { kind, start, balance, tag }: Markup): Markup {
  const next = balanceAfter(line, balance, kind);
  return { kind, start, balance: next, tag: next.within === 'code' ? tagAfter(line, tag) : null };
}

/** What a line of markup ends in: a start tag, a value in quotes, braces; null where that is not followed any more. */
type TagEnd = { readonly isOpen: boolean; readonly quote: string; readonly depth: number } | null;

const OUTSIDE = { isOpen: false, quote: '', depth: 0 } as const;

/** @returns Whether what follows a line is markup again, of which a fence begins a part of its own. */
function isOutside(tag: TagEnd): boolean {
  return tag !== null && !tag.isOpen && tag.quote === '' && tag.depth === 0;
}

function tagAfter(line: string, start: TagEnd): TagEnd {
  if (start === null) return null;
  let { isOpen, quote, depth } = start;
  const ends = new QuoteEnds(line);
  const token = /["'`{}>]|<(?=[\w/>$])/g;
  for (let match = token.exec(line); match !== null; match = token.exec(line)) {
    const [char] = match;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '{') depth += 1;
    else if (char === '}') depth = Math.max(0, depth - 1);
    else if (depth > 0) {
      if (char === '`') return null;
      if (char === '"' || char === "'") token.lastIndex = ends.behind(char, token.lastIndex);
    } else if (char === '<' || char === '>') isOpen = char === '<';
    else if (isOpen && char !== '`') quote = char;
  }
  return { isOpen, quote, depth };
}

const ESM = /^(?:import|export)\b/;

/** A thematic break, the line below a title, a fence of frontmatter: what stands below begins anew. */
const RULE = /^[-*_=+ \t]+[\r\n]*$/;

/** @returns The state after a line that may start a block. */
function opened(current: Line): State {
  const { line, start } = current;
  if (ESM.test(line)) return { kind: 'esm', start, balance: balanceAfter(line, CLOSED, 'esm') };
  const fence = openedFence(current);
  if (fence !== undefined) return fence;
  if (/^\s*(?:\{\/\*(?!.*\*\/\})|<!--(?!.*-->))/.test(line)) return { kind: 'comment' };
  if (/^[<{]/.test(line)) return markupAfter(line, { kind: 'markup', start, balance: CLOSED, tag: OUTSIDE });
  return endsParagraph(line) ? { kind: 'start' } : { kind: 'text' };
}

/** In a quotation or a list, a fence ends with it. Behind one of backticks stands none on its line. */
function openedFence({ line, inList }: Line): State | undefined {
  const [, prefix = '', fence] =
    /^(\s*(?:[-*+>]\s+|\d+[.)]\s+)*)(`{3,}(?=[^`\r\n]*(?:[\r\n]|$))|~{3,})/.exec(line) ?? [];
  if (fence === undefined) return undefined;
  return { kind: 'fence', fence, nested: prefix.trim() !== '' || (prefix !== '' && inList) };
}

/** A fence closes with at least as many of its characters (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
function isClosingFence(line: string, fence: string): boolean {
  const closing = line.trim();
  return closing.startsWith(fence) && closing.split('').every((char) => char === fence[0]);
}

/** What a piece of program leaves open at its end: brackets, and a template or a comment. */
interface Balance {
  readonly depth: number;
  readonly within: 'code' | '`' | '/*';
}

const CLOSED: Balance = { depth: 0, within: 'code' };

function isClosed({ depth, within }: Balance): boolean {
  return depth <= 0 && within === 'code';
}

/** What matters next. Escapes are passed over outside of strings too. */
const TOKENS = {
  code: /\/\/|\/\*|\\[^]|["'`()[\]{}]/g,
  '`': /\\.|`/g,
  '/*': /\*\//g,
} as const;

/** In markup, text may hold anything: only braces begin code. */
function balanceAfter(line: string, balance: Balance, kind: 'esm' | 'markup'): Balance {
  let { depth, within } = balance;
  const ends = new QuoteEnds(line);
  for (let at = 0; at < line.length;) {
    const token = TOKENS[within];
    token.lastIndex = at;
    const { 0: matchedText, index } = token.exec(line) ?? { 0: undefined, index: 0 };
    if (matchedText === undefined) break;
    at = index + matchedText.length;
    if (matchedText === '"' || matchedText === "'") at = ends.behind(matchedText, at);
    else if (kind === 'markup' && depth <= 0 && matchedText !== '{') continue;
    else if (matchedText === '//') at = behindComment(line, at);
    else if (matchedText === '`' || matchedText === '/*' || matchedText === '*/')
      within = within === 'code' && matchedText !== '*/' ? matchedText : 'code';
    else if ('([{'.includes(matchedText)) depth += 1;
    else if (')]}'.includes(matchedText)) depth -= 1;
  }
  return { depth, within };
}

/** A separator of Unicode ends a line for JavaScript and none of the page. */
function behindComment(line: string, from: number): number {
  const separator = /[\u2028\u2029]/g;
  separator.lastIndex = from;
  return separator.exec(line)?.index ?? line.length;
}

/** Finds the ends of strings on one line. A quote without its end is an apostrophe. */
class QuoteEnds {
  readonly #line: string;
  /** Kinds of quotes of which no other one follows: they are looked for in vain once. */
  readonly #missing = new Set<string>();

  constructor(line: string) {
    this.#line = line;
  }

  /** @returns The offset behind the next such quote that no backslash takes away; `from` where there is none. */
  behind(quote: '"' | "'", from: number): number {
    if (this.#missing.has(quote)) return from;
    const stops = quote === '"' ? /\\[^]|"/g : /\\[^]|'/g;
    stops.lastIndex = from;
    for (let stop = stops.exec(this.#line); stop !== null; stop = stops.exec(this.#line))
      if (stop[0] === quote) return stops.lastIndex;
    this.#missing.add(quote);
    return from;
  }
}

function block(text: string, start: number, end: number): readonly Segment[] {
  return segment(text.slice(start, end), start, 'jsx').map((each) => ({ ...each, template: true as const }));
}
