import type { Container, Segment } from '../model/language.ts';
import { segment } from './script.ts';

/**
 * MDX pages: blocks that start with `import` or `export` at the start of a line
 * (https://mdxjs.com/docs/what-is-mdx/#esm). Prose may start so, too: what is no program is no fault.
 */
export const mdx: Container = {
  id: 'mdx',
  contents: (text) => ({ segments: esmBlocks(text), broken: null }),
};

/** What the current line is part of. A block ends with a blank line once its brackets are closed. */
type State =
  | { readonly kind: 'text' }
  | { readonly kind: 'start' }
  | { readonly kind: 'fence'; readonly fence: string; readonly nested: boolean }
  | { readonly kind: 'comment' }
  | { readonly kind: 'markup' | 'esm'; readonly start: number; readonly balance: Balance };

function esmBlocks(text: string): readonly Segment[] {
  const blocks: Segment[] = [];
  const body = endOfFrontmatter(text);
  let state: State = { kind: 'start' };
  let inList = false;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n/g)) {
    inList = LIST_ITEM.test(line) || (inList && !/^\S/.test(line));
    const next: State = following(index === body ? { kind: 'start' } : state, { line, start: index, inList });
    if (state.kind === 'esm' && next.kind !== 'esm') blocks.push(...block(text, state.start, index));
    state = next;
  }
  if (state.kind === 'esm') blocks.push(...block(text, state.start, text.length));
  return blocks;
}

const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;

/** @returns The offset of what stands below a page's frontmatter, whose YAML may hold anything; 0 without one. */
function endOfFrontmatter(text: string): number {
  return /^\ufeff?---[ \t]*\r?\n(?:(?!---)[^\r\n]*\r?\n)*---[ \t]*\r?\n/.exec(text)?.[0].length ?? 0;
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
    case 'markup':
      if (blank && isClosed(state.balance)) return { kind: 'start' };
      if (state.kind === 'markup' && isClosed(state.balance) && ESM.test(line)) return opened(current);
      return { ...state, balance: balanceAfter(line, state.balance, state.kind) };
    case 'start':
      return opened(current);
    case 'text':
      return blank || RULE.test(line) ? { kind: 'start' } : (openedFence(current) ?? state);
  }
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
  if (/^[<{]/.test(line)) return { kind: 'markup', start, balance: balanceAfter(line, CLOSED, 'markup') };
  return line.trim() === '' || /^#{1,6}\s/.test(line) || RULE.test(line)
    ? { kind: 'start' }
    : { kind: 'text' };
}

/** In a quotation or a list, a fence ends with it. Behind one of backticks stands none on its line. */
function openedFence({ line, inList }: Line): State | undefined {
  const [, before = '', fence] =
    /^(\s*(?:[-*+>]\s+|\d+[.)]\s+)*)(`{3,}(?=[^`\r\n]*(?:[\r\n]|$))|~{3,})/.exec(line) ?? [];
  if (fence === undefined) return undefined;
  return { kind: 'fence', fence, nested: before.trim() !== '' || (before !== '' && inList) };
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

/**
 * What matters next: in code, strings and comments as a whole; a quote without its end is an apostrophe. Escapes are
 * passed over outside of strings too, so that the end of a kind of string is looked for in vain only once.
 */
const TOKENS = {
  code: /\/\/.*|\/\*|\\[^]|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[`()[\]{}]/g,
  '`': /\\.|`/g,
  '/*': /\*\//g,
} as const;

/** In markup, text may hold anything: only braces begin code. */
function balanceAfter(line: string, before: Balance, kind: 'esm' | 'markup'): Balance {
  let { depth, within } = before;
  for (let at = 0; at < line.length;) {
    const token = new RegExp(TOKENS[within]);
    token.lastIndex = at;
    const found = token.exec(line)?.[0];
    if (found === undefined) break;
    at = token.lastIndex;
    if (kind === 'markup' && depth <= 0 && found !== '{') {
      if (found.startsWith('//')) at -= found.length - 2;
      continue;
    }
    if (found === '`' || found === '/*' || found === '*/')
      within = within === 'code' ? opening(found) : 'code';
    else if ('([{'.includes(found)) depth += 1;
    else if (')]}'.includes(found)) depth -= 1;
  }
  return { depth, within };
}

function opening(token: '`' | '/*' | '*/'): Balance['within'] {
  return token === '*/' ? 'code' : token;
}

function block(text: string, start: number, end: number): readonly Segment[] {
  return segment(text.slice(start, end), start, 'jsx').map((each) => ({ ...each, template: true as const }));
}
