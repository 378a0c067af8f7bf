import type { Span } from '../model/text.ts';

/** A block of code of a page, without its fences. */
export interface Block {
  /** The first word behind the opening fence, in small letters; empty where there is none, and for an indented block. */
  readonly language: string;
  /** Its lines, without what marks quotations, and without their ends. */
  readonly lines: readonly Span[];
}

/** What of a page is code. */
export interface PageCode {
  readonly blocks: readonly Block[];
  /** Code in lines of prose, without its backticks. */
  readonly inline: readonly Span[];
  /** Lines that are not in blocks. */
  readonly prose: readonly Span[];
}

/** Fences may stand in quotations and lists (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
const FENCE =
  /^((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*)(`{3,}(?=[^`]*$)|~{3,})[ \t]*\{?[ \t.]*([\w+#-]*)/;

interface OpenFence extends Block {
  readonly mark: string;
  readonly isQuoted: boolean;
  readonly lines: Span[];
}

/** Reads a page of Markdown; a fence without an end goes on to the page's. */
export function codeOf(text: string): PageCode {
  const blocks: Block[] = [];
  const inline: Span[] = [];
  const prose: Span[] = [];
  const indentation = new Indentation();
  let open: OpenFence | undefined;
  let indented: Span[] = [];
  let previousEnd = 0;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const isBehindBlank = index === 0 || text.slice(previousEnd, index).split('\n').length > 2;
    previousEnd = index + line.length;
    if (open !== undefined) {
      const start = open.isQuoted ? (/^[ \t]*(?:>[ \t]?)+/.exec(line)?.[0].length ?? 0) : 0;
      const content = line.slice(start);
      if (closes(content, open.mark)) {
        blocks.push(open);
        open = undefined;
      } else open.lines.push({ start: index + start, end: index + line.length });
      continue;
    }
    const [, prefix = '', mark, language = ''] = FENCE.exec(line) ?? [];
    const place = indentation.placeOf(line, isBehindBlank);
    if (mark !== undefined) {
      open = { mark, isQuoted: prefix.includes('>'), language: language.toLowerCase(), lines: [] };
      continue;
    }
    const span = { start: index, end: index + line.length };
    if (place === 'begins-code') {
      indented = [span];
      blocks.push({ language: '', lines: indented });
    } else if (place === 'code') indented.push(span);
    else {
      prose.push(span);
      addInline(line, index, inline);
    }
  }
  if (open !== undefined) blocks.push(open);
  return { blocks, inline, prose };
}

function closes(line: string, mark: string): boolean {
  const closing = line.trim();
  return closing.startsWith(mark) && closing === mark.charAt(0).repeat(closing.length);
}

/** Code ends with as many backticks as it begins with (https://spec.commonmark.org/0.31.2/#code-spans). */
function addInline(line: string, offset: number, inline: Span[]): void {
  let opening: { readonly mark: string; readonly end: number } | undefined;
  for (const { 0: mark, index } of line.matchAll(/`+/g)) {
    if (opening === undefined) opening = { mark, end: index + mark.length };
    else if (opening.mark === mark) {
      inline.push({ start: offset + opening.end, end: offset + index });
      opening = undefined;
    }
  }
}

const LIST_ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)/;

/** An indented block begins behind a blank line, so far behind the text of the list it stands in (https://spec.commonmark.org/0.31.2/#indented-code-blocks). */
const CODE_INDENT = 4;

/** Tells lines of indented blocks from those of lists and paragraphs. */
class Indentation {
  /** Where the text of the innermost item of a list begins. */
  #column = 0;
  #isInCode = false;
  #wasBlank = false;

  /** @param isBehindBlank Whether an empty line stands before it. */
  placeOf(line: string, isBehindBlank: boolean): 'begins-code' | 'code' | 'text' {
    const blanks = widthOf(/^[ \t]*/.exec(line)?.[0] ?? '');
    if (line.trim() === '') {
      this.#wasBlank = true;
      return 'text';
    }
    const isBehind = isBehindBlank || this.#wasBlank;
    this.#wasBlank = false;
    if (blanks >= this.#column + CODE_INDENT && (this.#isInCode || isBehind)) {
      const place = this.#isInCode ? 'code' : 'begins-code';
      this.#isInCode = true;
      return place;
    }
    this.#isInCode = false;
    const item = LIST_ITEM.exec(line)?.[0];
    this.#column = item === undefined ? Math.min(this.#column, blanks) : widthOf(item);
    return 'text';
  }
}

/** A tab goes on to the next column that four divides. */
function widthOf(prefix: string): number {
  let width = 0;
  for (const letter of prefix) width += letter === '\t' ? CODE_INDENT - (width % CODE_INDENT) : 1;
  return width;
}
