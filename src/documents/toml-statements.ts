import type { Span } from '../model/text.ts';
import { textNode, type TextNode } from './document.ts';
import { readTomlString } from './toml-strings.ts';

/** A header of TOML, or a key with its value. */
export interface TomlStatement {
  readonly kind: 'header' | 'listHeader' | 'pair';
  /** The keys from the root to the table, or to the value. */
  readonly path: readonly TextNode[];
  /** From the bracket or the first key up to the bracket or the end of the value, without a comment. */
  readonly span: Span;
}

/**
 * Splits TOML into its statements (https://toml.io/en/v1.0.0#spec), of which a table has several: the tree of a document
 * does not tell where a table stands.
 *
 * @param text Valid TOML.
 * @returns null where the text is none.
 */
export function tomlStatements(text: string): readonly TomlStatement[] | null {
  const statements: TomlStatement[] = [];
  let table: readonly TextNode[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (;;) {
    at = behind(text, at, /(?:[ \t\r\n]+|#[^\n]*)*/y);
    if (at >= text.length) return statements;
    const start = at;
    const brackets = /\[{0,2}/y.exec(text.slice(at, at + 2))?.[0] ?? '';
    const { path, end } = readPath(text, at + brackets.length);
    if (path.length === 0) return null;
    const closing = brackets === '' ? '=' : ']'.repeat(brackets.length);
    if (!text.startsWith(closing, end)) return null;
    at = end + closing.length;
    if (brackets === '') at = valueEnd(text, behind(text, at, /[ \t]*/y));
    else table = path;
    const kind = brackets === '' ? 'pair' : brackets === '[' ? 'header' : 'listHeader';
    statements.push({ kind, path: kind === 'pair' ? [...table, ...path] : path, span: { start, end: at } });
  }
}

/** @returns The offset behind what a sticky expression matches at an offset. */
function behind(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Dotted keys, and the offset behind them and their blanks. */
function readPath(text: string, from: number): { readonly path: readonly TextNode[]; readonly end: number } {
  const path: TextNode[] = [];
  let at = from;
  for (;;) {
    at = behind(text, at, /[ \t]*/y);
    const key = readKey(text, at);
    if (key === null) return { path: [], end: at };
    path.push(key.node);
    at = behind(text, key.end, /[ \t]*/y);
    if (text.charAt(at) !== '.') return { path, end: at };
    at += 1;
  }
}

function readKey(text: string, at: number): { readonly node: TextNode; readonly end: number } | null {
  if (/["']/.test(text.charAt(at))) {
    const { value, span, next } = readTomlString(text, at);
    return { node: textNode(text, span, value), end: next };
  }
  const end = behind(text, at, /[A-Za-z0-9_-]*/y);
  return end === at ? null : { node: textNode(text, { start: at, end }), end };
}

/** Where the value that begins at an offset ends: behind its last bracket, quote or letter. */
function valueEnd(text: string, from: number): number {
  let at = from;
  let depth = 0;
  do {
    const char = text.charAt(at);
    if (char === '"' || char === "'") at = readTomlString(text, at).next;
    else if (/[[{]/.test(char)) {
      depth += 1;
      at += 1;
    } else if (/[\]}]/.test(char)) {
      depth -= 1;
      at += 1;
    } else if (depth > 0) at = behind(text, at, /[^[\]{}"'#]+|#[^\n]*/y);
    else at = behind(text, at, /[^\s,#]+(?: \d[\d:.Zz+-]+)?/y);
  } while (depth > 0 && at < text.length);
  return at;
}
