import type { Span } from '../model/text.ts';

/** A fenced block of a page, without its fences. */
export interface Block {
  /** The first word behind the opening fence, in small letters; empty where there is none. */
  readonly language: string;
  /** Its lines, without what marks quotations, and without their ends. */
  readonly lines: readonly Span[];
}

/** What of a page is code. */
export interface PageCode {
  readonly blocks: readonly Block[];
  /** Code in lines of prose, without its backticks. */
  readonly inline: readonly Span[];
}

/** Fences may stand in quotations and lists (https://spec.commonmark.org/0.31.2/#fenced-code-blocks). */
const FENCE =
  /^((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*)(`{3,}(?=[^`]*$)|~{3,})[ \t]*\{?[ \t.]*([\w+#-]*)/;

interface OpenFence {
  readonly mark: string;
  readonly isQuoted: boolean;
  readonly language: string;
  readonly lines: Span[];
}

/** Reads a page of Markdown; a fence without an end goes on to the page's. */
export function codeOf(text: string): PageCode {
  const blocks: Block[] = [];
  const inline: Span[] = [];
  let open: OpenFence | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
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
    if (mark === undefined) addInline(line, index, inline);
    else open = { mark, isQuoted: prefix.includes('>'), language: language.toLowerCase(), lines: [] };
  }
  if (open !== undefined) blocks.push(open);
  return { blocks, inline };
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
