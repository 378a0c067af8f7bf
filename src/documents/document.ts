import type { Span } from '../model/text.ts';

/**
 * What JSON, TOML and YAML have in common, with positions. Tables keep their entries in order and keep
 * every duplicate: which of them a package manager uses differs, so all count. `at` is where a person is sent to:
 * the quotation mark of a string, and the key of a table that TOML writes without brackets of its own.
 */
export type Node = TextNode | TableNode | ListNode | OtherNode;

/** A string. `span` leaves out its quotes; `raw` is the source between them, escapes unresolved. */
export interface TextNode {
  readonly kind: 'text';
  readonly value: string;
  readonly raw: string;
  readonly at: number;
  readonly span: Span;
}

export interface Entry {
  readonly key: TextNode;
  readonly value: Node;
}

export interface TableNode {
  readonly kind: 'table';
  readonly entries: readonly Entry[];
  readonly at: number;
  readonly span: Span;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly at: number;
  readonly span: Span;
}

/** Numbers, booleans, dates and nulls, as written. `value` is undefined for what is none of JSON's. */
export interface OtherNode {
  readonly kind: 'other';
  readonly value: number | boolean | null | undefined;
  readonly raw: string;
  readonly at: number;
  readonly span: Span;
}

/** The outcome of reading a text: what could be read, and where the rest breaks the grammar, in the order of the text. */
export interface Tree {
  readonly root: Node | undefined;
  readonly broken: readonly GrammarError[];
}

/** What is wrong, in the words of the format's library; `grammar` is null where nothing is, but the text says too much. */
export interface GrammarError {
  readonly grammar: 'JSON' | 'TOML' | 'YAML' | null;
  readonly message: string;
  readonly offset: number;
  /** The library warns, and reads on. */
  readonly isWarning?: true;
}

/** @returns What is to be said of a text that is too deep for the libraries, which are recursive: a stack has an end. */
export function tooDeepTree(): Tree {
  return { root: undefined, broken: [{ grammar: null, message: 'nested too deeply', offset: 0 }] };
}

/**
 * Follows a path of keys. `*` stands for every key of a table, `[]` for every item of a list.
 *
 * @returns Every node at the end of the path, in the order of the text.
 */
export function select(root: Node | undefined, ...path: readonly string[]): readonly Node[] {
  let nodes: readonly Node[] = root === undefined ? [] : [root];
  for (const step of path) nodes = nodes.flatMap((node) => children(node, step));
  return nodes;
}

/** @returns The entries of every table at the end of the path. */
export function entriesAt(root: Node | undefined, ...path: readonly string[]): readonly Entry[] {
  return select(root, ...path).flatMap((node) => (node.kind === 'table' ? node.entries : []));
}

/** @returns The strings at the end of the path; a list there counts with its items. */
export function textsAt(root: Node | undefined, ...path: readonly string[]): readonly TextNode[] {
  return select(root, ...path)
    .flatMap((node) => (node.kind === 'list' ? node.items : [node]))
    .filter((node) => node.kind === 'text');
}

/** Makes a string node of `text.slice(span.start, span.end)`, as if without quotes, and the value that it stands for. */
export function textNode(text: string, span: Span, value?: string): TextNode {
  const raw = text.slice(span.start, span.end);
  return { kind: 'text', value: value ?? raw, raw, at: span.start, span };
}

/** @returns The text that a value is; undefined for other values. A date, which only TOML has, is a text elsewhere. */
export function textOf(node: Node | undefined): string | undefined {
  if (node?.kind === 'text') return node.value;
  return node?.kind === 'other' && node.value === undefined ? node.raw : undefined;
}

/** @returns What a text, a number, a boolean or a date is, as written; undefined for nothing, lists and tables. */
export function scalarText(node: Node | undefined): string | undefined {
  if (node?.kind === 'text') return node.value;
  return node?.kind === 'other' && node.value !== null ? node.raw : undefined;
}

/** @returns What a value is, to be read after "found": `a list`, `a number`. */
export function valueKind(node: Node): string {
  if (node.kind === 'table') return 'a map';
  if (node.kind === 'list') return 'a list';
  const text = textOf(node);
  if (text !== undefined) return text === '' ? 'an empty text' : 'a text';
  return node.value === null ? 'nothing' : `a ${typeof node.value}`;
}

/** @returns A library's value as that of a node that is no string. */
export function plainValue(value: unknown): OtherNode['value'] {
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}

/** Makes a string node whose quotation mark is at a place of its own. */
export function quotedText(
  text: string,
  { at, span }: Pick<TextNode, 'at' | 'span'>,
  value: string,
): TextNode {
  return { kind: 'text', value, raw: text.slice(span.start, span.end), at, span };
}

/** Makes a string node of what stands in the source as it is. */
export function plainText(value: string, start: number): TextNode {
  return { kind: 'text', value, raw: value, at: start, span: { start, end: start + value.length } };
}

/**
 * Where a part of a string's value stands in the source. Exact where the string is written without escapes;
 * otherwise the place of the same letters, or the whole string where it is written differently.
 *
 * @param part Offsets into the string's value.
 */
export function partSpan(node: TextNode, part: Span): Span {
  const { value, raw, span } = node;
  if (raw === value) return { start: span.start + part.start, end: span.start + part.end };
  const partText = value.slice(part.start, part.end);
  const index = raw.indexOf(partText);
  if (index === -1) return span;
  return { start: span.start + index, end: span.start + index + partText.length };
}

/**
 * @returns The lines of a string's value. A line that the source doesn't hold in the same letters has the place
 *   of the whole string.
 */
export function linesOf(node: TextNode): readonly TextNode[] {
  let from = 0;
  return node.value.split(/\r\n|\r|\n/).map((value) => {
    const index = node.raw.indexOf(value, from);
    if (index === -1) return { ...node, value };
    from = index + value.length;
    return plainText(value, node.span.start + index);
  });
}

function children(node: Node, step: string): readonly Node[] {
  if (step === '[]') return node.kind === 'list' ? node.items : [];
  if (node.kind !== 'table') return [];
  const entries = step === '*' ? node.entries : node.entries.filter(({ key }) => key.value === step);
  return entries.map(({ value }) => value);
}

/** @returns The values that a table or list holds. */
export function valuesIn(node: Node): readonly Node[] {
  return children(node, node.kind === 'list' ? '[]' : '*');
}

/**
 * @param pattern Global.
 * @returns The parts of a text that match the pattern, each with its place.
 */
export function partsOf(node: TextNode, pattern: RegExp): readonly TextNode[] {
  return [...node.value.matchAll(pattern)].map(({ 0: value, index }) => {
    const span = partSpan(node, { start: index, end: index + value.length });
    return { kind: 'text', value, raw: value === node.value ? node.raw : value, at: span.start, span };
  });
}

/** @returns The words of a text: several values of an option may stand in one line. */
export function wordsOf(node: TextNode): readonly TextNode[] {
  return partsOf(node, /\S+/g);
}
