import { applySplices, lineStart } from '../text/text-edit.ts';
import type { Span } from '../model/text.ts';
import type { ListNode, Node, TableNode } from './document.ts';
import { jsonComment } from './json-edit.ts';
import { commaBehind, sequenceOf, type Sequence } from './sequence-edit.ts';
import { indentIn } from './tree-edit.ts';

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Keys of maps and 0-based positions in lists that lead from the root to a value: `['hooks', 'Stop', 0]`. */
export type JsonPath = readonly (string | number)[];

/** @returns The value that a node stands for; of a key that stands twice, the last one, as `JSON.parse` has it. */
export function jsonOf(node: Node): Json {
  if (node.kind === 'text') return node.value;
  if (node.kind === 'list') return node.items.map(jsonOf);
  if (node.kind === 'other') return node.value ?? null;
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.value, jsonOf(value)]));
}

/** @returns Whether two values say the same, in whatever order maps have their keys. */
export function isSameJson(left: Json, right: Json): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isJsonList(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sorted(inner)] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** Is a value a list? */
export function isJsonList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * Puts a value at the end of a list, and makes the maps and the list that are missing on the way. Every other byte stays.
 *
 * What is put into brackets between which nothing else stands, stands right before the closing one: by that
 * {@link withoutValue} knows brackets that were there from those that came with the value.
 *
 * @param text JSON, with comments and trailing commas or without. @param root Its tree, a map.
 * @param path The keys of maps that lead to the list.
 * @returns null where something else than maps and a list stands on the way.
 */
export function withListValue(
  { text, root }: { readonly text: string; readonly root: Node },
  path: readonly string[],
  value: Json,
): string | null {
  let node = root;
  for (const [depth, key] of path.entries()) {
    if (node.kind !== 'table') return null;
    const entry = node.entries.find((candidate) => candidate.key.value === key);
    if (entry === undefined) {
      const nested = path.slice(depth + 1).reduceRight<Json>((inner, name) => ({ [name]: inner }), [value]);
      return inserted(text, node, (style) => `${JSON.stringify(key)}: ${written(nested, style)}`);
    }
    node = entry.value;
  }
  return node.kind === 'list' ? inserted(text, node, (style) => written(value, style)) : null;
}

/** How a value is written: the line break with the indentation around it and one step of it; without, on one line. */
interface Style {
  readonly lead: string;
  readonly step: string;
}

function inserted(
  text: string,
  node: ListNode | TableNode,
  sourceIn: (style: Style) => string,
): string | null {
  const sequence = sequenceOf(text, node, jsonComment);
  if (sequence === null) return null;
  const { items, span } = sequence;
  const last = items.at(-1);
  const from = lineStart(text, last?.start ?? node.span.start);
  const indent = /^[ \t]*/.exec(text.slice(from))?.[0] ?? '';
  const line: Style = { lead: `${text.includes('\r\n') ? '\r\n' : '\n'}${indent}`, step: indentIn(text) };
  if (last === undefined)
    return applySplices(text, [{ start: span.end, end: span.end, text: sourceIn(line) }]);
  const source = sourceIn(text.includes('\n') ? line : oneLine);
  const comma = commaBehind(text, sequence, items.length - 1);
  const { end, isLineComment } = behindComments(text, comma === null ? last.end : comma + 1);
  const isOpen = from >= span.start && text.slice(from, last.start).trim() === '';
  const item = `${isOpen || isLineComment ? line.lead : ' '}${source}`;
  if (comma !== null) return applySplices(text, [{ start: end, end, text: `${item},` }]);
  const added = { start: last.end, end: last.end, text: ',' };
  return applySplices(text, [added, { start: end, end, text: item }]);
}

/** @returns Where the comments end that stand behind an offset in its line: they are about what stands before them. */
function behindComments(
  text: string,
  offset: number,
): { readonly end: number; readonly isLineComment: boolean } {
  const comment = /[ \t]*(?:(\/\/[^\r\n]*)|\/\*(?:(?!\*\/)[^\r\n])*\*\/)/y;
  let [end, isLineComment] = [offset, false];
  comment.lastIndex = offset;
  for (let match = comment.exec(text); match; match = comment.exec(text)) {
    end = comment.lastIndex;
    isLineComment = match[1] !== undefined;
  }
  return { end, isLineComment };
}

const oneLine: Style = { lead: ' ', step: '' };

/** @returns A value as JSON; brackets that are not empty have a blank or a line break inside. */
function written(value: Json, { lead, step }: Style): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const style = { lead: `${lead}${step}`, step };
  const [opening, closing] = isJsonList(value) ? ['[', ']'] : ['{', '}'];
  const items = isJsonList(value)
    ? value.map((item) => written(item, style))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${written(item, style)}`);
  if (items.length === 0) return `${opening}${closing}`;
  return `${opening}${style.lead}${items.join(`,${style.lead}`)}${lead}${closing}`;
}

/** @returns A value as a file of its own, without a line break at its end. */
export function jsonFile(value: Json): string {
  return written(value, { lead: '\n', step: '  ' });
}

/**
 * Takes a value out, and with it the brackets that {@link withListValue} made around it. Every other byte stays.
 *
 * @param text JSON, as there. @param root Its tree. @param path Leads to the value.
 * @returns The text; null where nothing of it would be left but blanks.
 */
export function withoutValue(
  { text, root }: { readonly text: string; readonly root: Node },
  path: JsonPath,
): string | null {
  const parents = parentsOf(root, path);
  if (parents === null) return text;
  for (const { node, at } of parents.toReversed()) {
    const sequence = sequenceOf(text, node, jsonComment);
    if (sequence === null) return text;
    const [item, ...further] = sequence.items;
    if (item === undefined) return text;
    if (further.length > 0) {
      return withoutItem(text, sequence, at);
    }
    if (!cameWithItem(text, sequence)) return applySplices(text, [{ ...item, text: '' }]);
  }
  return null;
}

/** Takes an item out with its comma, or with the one before it where it has none, and with the blanks before it. */
function withoutItem(text: string, sequence: Sequence, at: number): string {
  const item = sequence.items[at];
  if (item === undefined) return text;
  const previousComma = commaBehind(text, sequence, at - 1);
  const comma = commaBehind(text, sequence, at) ?? previousComma;
  const start = startOfBlanks(text, item);
  const edits = comma === null ? [] : [{ start: comma, end: comma + 1, text: '' }];
  return applySplices(text, [...edits, { start, end: item.end, text: '' }]);
}

/** Blanks stay where what follows would come to stand in the comment before them. */
function startOfBlanks(text: string, item: Span): number {
  const start = text.slice(0, item.start).trimEnd().length;
  const isInComment = text.slice(lineStart(text, start), start).includes('//');
  return isInComment && !/^,?[ \t]*\r?\n/.test(text.slice(item.end)) ? item.start : start;
}

/** Do blanks alone stand around the only item, also behind it? */
function cameWithItem(text: string, { span, items }: Sequence): boolean {
  const [item] = items;
  if (item === undefined) return false;
  const [lead, tail] = [text.slice(span.start, item.start), text.slice(item.end, span.end)];
  return tail !== '' && `${lead}${tail}`.trim() === '';
}

/** @returns The lists and maps on a path, from the root on, each with the position of what the path goes on with. */
function parentsOf(
  root: Node,
  path: JsonPath,
): { readonly node: ListNode | TableNode; readonly at: number }[] | null {
  const parents: { readonly node: ListNode | TableNode; readonly at: number }[] = [];
  let node: Node | undefined = root;
  for (const key of path) {
    if (node?.kind !== 'table' && node?.kind !== 'list') return null;
    const at: number =
      node.kind === 'list' ? Number(key) : node.entries.findIndex((entry) => entry.key.value === key);
    parents.push({ node, at });
    node = node.kind === 'list' ? node.items[at] : node.entries[at]?.value;
  }
  return node === undefined ? null : parents;
}
