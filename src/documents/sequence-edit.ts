import type { Span, TextEdit } from '../model/text.ts';
import { lineEnd, lineStart, nextLine } from '../text/text-edit.ts';
import type { ListNode, Node, TableNode } from './document.ts';

/** What stands between two brackets: items with commas, and comments around them. */
export interface Sequence {
  /** From behind the opening bracket up to the closing one. */
  readonly span: Span;
  /** The items with their quotes; of a table the pairs. */
  readonly items: readonly Span[];
  /** Sticky: matches a comment. */
  readonly comment: RegExp;
}

/** @returns The sequence of a list or table that is written with brackets; null of any other. */
export function sequenceOf(text: string, node: ListNode | TableNode, comment: RegExp): Sequence | null {
  const isClosed = /[[{]/.test(text.charAt(node.span.start)) && /[\]}]/.test(text.charAt(node.span.end - 1));
  if (!isClosed) return null;
  const span = { start: node.span.start + 1, end: node.span.end - 1 };
  const values = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  const items: Span[] = [];
  let from = span.start;
  for (const value of values) {
    const gap = gapIn({ text, comment }, { start: from, end: span.end });
    const end = outerEnd(text, value);
    if (gap.end >= end || end > span.end) return null;
    items.push({ start: gap.end, end });
    from = end;
  }
  const last = gapIn({ text, comment }, { start: from, end: span.end });
  return last.end === span.end ? { span, items, comment } : null;
}

/** @returns Where a value ends, with its closing quotes. */
export function outerEnd(text: string, node: Node): number {
  const { end } = node.span;
  const quote = text.charAt(end);
  if (node.kind !== 'text' || !/["']/.test(quote)) return end;
  return end + (text.startsWith(quote.repeat(3), end) ? 3 : 1);
}

interface Gap {
  /** Where something else than blanks, comments and one comma begins. */
  readonly end: number;
  readonly comma: number | null;
}

function gapIn({ text, comment }: { text: string; comment: RegExp }, { start, end }: Span): Gap {
  let at = start;
  let comma: number | null = null;
  while (at < end) {
    const length = matchLength(BLANK, text, at) || matchLength(comment, text, at);
    if (length === 0 && (text.charAt(at) !== ',' || comma !== null)) break;
    if (length === 0) comma = at;
    at += length || 1;
  }
  return { end: Math.min(at, end), comma };
}

const BLANK = /[ \t\r\n\uFEFF]+/y;
const SPACE = /[ \t]+/y;

/** @param pattern Sticky. */
function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/**
 * Takes an item out with one comma: the one behind it, or the one in front of it where items begin with theirs. An item
 * that has its line for itself takes the line along, with the comment in it; other comments stay.
 */
export function withoutItem(text: string, sequence: Sequence, at: number): readonly TextEdit[] | null {
  const item = sequence.items[at];
  if (item === undefined) return null;
  const previousComma = commaBehind(text, sequence, at - 1);
  const comma = commaBehind(text, sequence, at);
  const isBehind = comma !== null && isBlank(text.slice(item.end, comma));
  const isInFront = previousComma !== null && isBlank(text.slice(previousComma + 1, item.start));
  if (isBehind) return cutItem(text, sequence, { start: item.start, end: comma + 1 });
  if (isInFront) return cutItem(text, sequence, { start: previousComma, end: item.end });
  const spareComma = comma ?? previousComma;
  const cuts = cutItem(text, sequence, item);
  if (spareComma === null || cuts.some(({ start, end }) => start <= spareComma && spareComma < end))
    return cuts;
  return [...cuts, { start: spareComma, end: spareComma + 1, text: '' }].sort(
    (left, right) => left.start - right.start,
  );
}

/** @returns Where the comma behind an item stands; null where none does. */
export function commaBehind(text: string, { items, span, comment }: Sequence, at: number): number | null {
  const item = items[at];
  if (item === undefined) return null;
  return gapIn({ text, comment }, { start: item.end, end: span.end }).comma;
}

/** Takes a part of a line out, or the whole line where nothing but a comment is left of it. */
function cutItem(text: string, { span, comment }: Sequence, { start, end }: Span): readonly TextEdit[] {
  const from = lineStart(text, start);
  const isFirst = from >= span.start && isBlank(text.slice(from, start));
  const last = lineEnd(text, end);
  const isLast = last < span.end && lineGap({ text, comment }, { start: end, end: last }) === last;
  if (isFirst && isLast) return [{ start: from, end: nextLine(text, end), text: '' }];
  const next = end + matchLength(SPACE, text, end);
  // What follows in the line moves up to the place of the item; a blank at the line's end goes with it.
  const isFollowed =
    next < span.end && !isLast && lineGap({ text, comment }, { start: end, end: last }) === next;
  if (isFollowed && !text.startsWith(',', next)) return [{ start, end: next, text: '' }];
  return [{ start: Math.max(start - blanksBefore(text, start), span.start), end, text: '' }];
}

/** @returns Where something else than blanks and comments begins. */
function lineGap({ text, comment }: { text: string; comment: RegExp }, { start, end }: Span): number {
  let at = start;
  while (at < end) {
    const length = matchLength(SPACE, text, at) || matchLength(comment, text, at);
    if (length === 0) break;
    at += length;
  }
  return at;
}

function blanksBefore(text: string, at: number): number {
  const lead = text.slice(lineStart(text, at), at);
  return lead.length - lead.trimEnd().length;
}

function isBlank(text: string): boolean {
  return /^[ \t\uFEFF]*$/.test(text);
}

/** A new item, and how it is written where the sequence has none to take after. */
export interface NewItem {
  /** As it stands in the text. */
  readonly source: string;
  /** What a line is indented by beyond the one around it. */
  readonly indent: string;
  /** Does an empty sequence without a line break get a line for its item? */
  readonly inLines: boolean;
  /** May a comma stand behind the last item? */
  readonly lastComma: boolean;
}

/**
 * Puts an item behind the last one. Where a line ends there, with a comment or without, the new item stands in the next
 * line, so that the comment stays with what it is about; a comma at the end is kept up.
 */
export function withItem(text: string, sequence: Sequence, added: NewItem): readonly TextEdit[] | null {
  const { span, items, comment } = sequence;
  const item = items.at(-1);
  if (item === undefined) return intoEmpty(text, sequence, added);
  const comma = commaBehind(text, sequence, items.length - 1);
  const offset = comma === null ? item.end : comma + 1;
  const [first, last] = comma === null ? [',', ''] : ['', ','];
  const end = lineEnd(text, offset);
  const isOpen = end < span.end && lineGap({ text, comment }, { start: offset, end }) === end;
  if (!isOpen) return [insertion(offset, `${first}${leadOf(text, item)}${added.source}${last}`)];
  // A sequence that begins in the line of its last item stands less deep.
  const isOutside = span.start > lineStart(text, item.start);
  const line = `${eolAt(text, end)}${indentOf(text, item)}${isOutside ? added.indent : ''}${added.source}${last}`;
  const stop = end - blanksBefore(text, end);
  if (stop <= offset) return [insertion(offset, `${first}${line}`)];
  return first === '' ? [insertion(end, line)] : [insertion(offset, first), insertion(end, line)];
}

function intoEmpty(
  text: string,
  { span }: Sequence,
  { source, indent, inLines, lastComma }: NewItem,
): readonly TextEdit[] | null {
  const inner = text.slice(span.start, span.end);
  const outerIndent = indentOf(text, span);
  if (inner.trim() === '' && !inner.includes('\n')) {
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const line = inLines ? `${eol}${outerIndent}${indent}${source}${eol}${outerIndent}` : source;
    return [{ ...span, text: line }];
  }
  const from = lineStart(text, span.end);
  if (from < span.start || !isBlank(text.slice(from, span.end))) return null;
  const lead = text.slice(from, span.end);
  return [insertion(from, `${lead}${indent}${source}${lastComma ? ',' : ''}${eolAt(text, from - 1)}`)];
}

function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

/** What stands in front of the last item in its line, or the line break and the indentation where nothing does. */
function leadOf(text: string, { start }: Span): string {
  const from = lineStart(text, start);
  const lead = text.slice(from, start);
  return from > 0 && isBlank(lead) ? `${eolAt(text, from - 1)}${lead}` : ' ';
}

/** The blanks at the start of a line. */
function indentOf(text: string, { start }: Span): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0] ?? '';
}

/** @returns The line break that ends the line of an offset; the usual one on the last line. */
export function eolAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.includes('\r\n') ? '\r\n' : '\n';
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}
