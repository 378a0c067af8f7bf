import type { Span } from '../model/text.ts';
import { quotedText, textNode, type Entry, type Node, type TextNode } from './document.ts';
import { readTomlString } from './toml-strings.ts';

/** Tables and lists while the text is read: headers and dotted keys add to them later. */
interface OpenTable {
  readonly kind: 'table';
  readonly at: number;
  readonly span: Span;
  readonly entries: Entry[];
  /** The tables and lists of tables that further headers and dotted keys go into, by their key. */
  readonly inner: Map<string, OpenTable>;
  /** The list that it is one of: further headers with two brackets add to it. */
  readonly siblings?: Node[];
}

/** Nesting of arrays and inline tables that is followed. */
export const TOML_DEPTH = 200;

/**
 * Reads TOML without judging it: redefined keys and tables count all. A line that can't be read is left out
 * and reading goes on with the next one.
 */
export class TomlReader {
  readonly #text: string;
  readonly #root: OpenTable;
  #at = 0;
  #depth = 0;
  #firstError: number | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#root = openTable({ start: 0, end: text.length });
  }

  /** @returns The document, and the offset of the first thing that could not be read. */
  read(): { readonly root: Node; readonly firstError: number | undefined } {
    let table = this.#root;
    if (this.#text.startsWith('\uFEFF')) this.#at = 1;
    for (;;) {
      this.#skipBlank();
      if (this.#at >= this.#text.length) break;
      if (this.#char() === '[') table = this.#header() ?? openTable({ start: this.#at, end: this.#at });
      else this.#pair(table);
      this.#endLine();
    }
    return { root: this.#root, firstError: this.#firstError };
  }

  /** `[a.b]` or `[[a.b]]`: the table that the following pairs go into. */
  #header(): OpenTable | undefined {
    const start = this.#at;
    const isList = this.#text.startsWith('[[', start);
    this.#at += isList ? 2 : 1;
    const path = this.#path();
    const last = path?.at(-1);
    if (path === undefined || last === undefined || !this.#take(isList ? ']]' : ']')) {
      this.#fail();
      return undefined;
    }
    let table = this.#root;
    for (const key of path.slice(0, -1)) table = tableIn(table, key);
    if (!isList) return tableIn(table, last);
    const items = table.inner.get(last.value)?.siblings ?? [];
    const item = { ...openTable({ start, end: this.#at }, last.at), siblings: items };
    if (items.length === 0)
      table.entries.push({ key: last, value: { kind: 'list', items, at: last.at, span: item.span } });
    items.push(item);
    table.inner.set(last.value, item);
    return item;
  }

  #pair(table: OpenTable): boolean {
    const path = this.#path();
    const last = path?.at(-1);
    if (path === undefined || last === undefined || !this.#take('=')) {
      this.#fail();
      return false;
    }
    this.#skipSpace();
    const value = this.#value();
    let target = table;
    for (const key of path.slice(0, -1)) target = tableIn(target, key);
    if (value !== undefined)
      target.entries.push({ key: last, value: value.kind === 'table' ? { ...value, at: last.at } : value });
    return value !== undefined;
  }

  /** Dotted keys, up to what follows them. */
  #path(): readonly TextNode[] | undefined {
    const path: TextNode[] = [];
    do {
      this.#skipSpace();
      const key = this.#key();
      if (key === undefined) return undefined;
      path.push(key);
      this.#skipSpace();
    } while (this.#take('.'));
    return path;
  }

  #key(): TextNode | undefined {
    if (this.#char() === '"' || this.#char() === "'") return this.#string();
    const bare = this.#match(/[A-Za-z0-9_-]+/y);
    return bare === undefined
      ? undefined
      : textNode(this.#text, { start: this.#at - bare.length, end: this.#at });
  }

  /** A value; arrays and inline tables count with what could be read of them. */
  #value(): Node | undefined {
    const start = this.#at;
    const char = this.#char();
    if (char === '"' || char === "'") return this.#string();
    if ((char === '[' || char === '{') && this.#depth < TOML_DEPTH) {
      this.#depth += 1;
      const value = char === '[' ? this.#array() : this.#inlineTable();
      this.#depth -= 1;
      return value;
    }
    const raw = this.#match(/\d{4}-\d\d-\d\d \d\d:[\d:.Zz+-]+|[^\s,[\]{}#="']+/y);
    if (raw === undefined) {
      this.#fail();
      return undefined;
    }
    return { kind: 'other', value: numberOrBoolean(raw), raw, at: start, span: { start, end: this.#at } };
  }

  #array(): Node {
    const start = this.#at;
    const items: Node[] = [];
    this.#at += 1;
    for (;;) {
      this.#skipBlank();
      if (this.#take(']')) break;
      const item = this.#value();
      if (item !== undefined) items.push(item);
      this.#skipBlank();
      if (item === undefined || (!this.#take(',') && this.#char() !== ']')) {
        this.#fail();
        break;
      }
    }
    return { kind: 'list', items, at: start, span: { start, end: this.#at } };
  }

  #inlineTable(): Node {
    const table = openTable({ start: this.#at, end: this.#at });
    this.#at += 1;
    for (;;) {
      this.#skipBlank();
      if (this.#take('}')) break;
      const isRead = this.#pair(table);
      this.#skipBlank();
      if (!isRead || (!this.#take(',') && this.#char() !== '}')) {
        this.#fail();
        break;
      }
    }
    return { ...table, span: { start: table.span.start, end: this.#at } };
  }

  #string(): TextNode | undefined {
    const at = this.#at;
    const { value, span, next, closed } = readTomlString(this.#text, at);
    if (!closed) {
      this.#fail();
      return undefined;
    }
    this.#at = next;
    return quotedText(this.#text, { at, span }, value);
  }

  /** Goes to the next line; anything but a comment before it is an error. */
  #endLine(): void {
    this.#skipSpace();
    const tail = this.#match(/[^\n]+/y) ?? '';
    if (tail !== '' && !tail.startsWith('#') && tail !== '\r') this.#fail();
  }

  #fail(): void {
    this.#firstError ??= Math.min(this.#at, this.#text.length);
  }

  #char(): string {
    return this.#text.charAt(this.#at);
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #skipSpace(): void {
    this.#match(/[ \t]+/y);
  }

  /** Spaces, line breaks and comments. */
  #skipBlank(): void {
    while (this.#match(/[ \t\r\n]+|#[^\n]*/y) !== undefined);
  }

  /** @param pattern Sticky. */
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text)?.[0];
    this.#at += match?.length ?? 0;
    return match;
  }
}

function openTable(span: Span, at = span.start): OpenTable {
  return { kind: 'table', at, span, entries: [], inner: new Map() };
}

function tableIn(table: OpenTable, key: TextNode): OpenTable {
  const existingTable = table.inner.get(key.value);
  if (existingTable !== undefined) return existingTable;
  const fresh = openTable(key.span, key.at);
  table.inner.set(key.value, fresh);
  table.entries.push({ key, value: fresh });
  return fresh;
}

/** @returns A number or a boolean; undefined for dates and times, which only TOML has. */
function numberOrBoolean(raw: string): number | boolean | undefined {
  if (raw === 'true' || raw === 'false') return raw === 'true';
  return /^\d{4}-\d\d|^\d\d:/.test(raw) ? undefined : Number(raw.replaceAll('_', ''));
}
