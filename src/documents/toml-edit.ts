import type { TextEdit } from '../model/text.ts';
import { eolAt, sequenceOf, withItem, withoutItem, type Sequence } from './sequence-edit.ts';
import { lineEnd, lineStart, nextLine } from '../text/text-edit.ts';
import { select, type Node, type TextNode } from './document.ts';
import { tomlStatements, type TomlStatement } from './toml-statements.ts';
import { readToml } from './toml.ts';
import type { NewEntry, TreeSyntax } from './tree-edit.ts';

const COMMENT = /#[^\r\n]*/y;

/** TOML: lists and inline tables, and tables whose pairs have lines of their own. */
export const tomlSyntax: TreeSyntax = {
  read: readToml,
  removal(text, { place, start }) {
    if (place.kind === 'value') return null;
    if (place.kind === 'item') return withoutItemOf(text, place.list, place.at);
    const mentions = mentionsOf(text, start);
    if (mentions === null) return null;
    if (mentions.length === 0) return withoutItemOf(text, place.table, place.at);
    return withoutStatements(text, mentions);
  },
  renaming(text, { place, start, end }, newName) {
    if (place.kind !== 'key') return [{ start, end, text: newName }];
    const mentions = mentionsOf(text, start);
    if (mentions === null) return null;
    // The pairs below a header share its keys.
    const keys = new Set(mentions.map(({ key }) => key));
    const spans = keys.size === 0 ? [{ start, end }] : [...keys].map(({ span }) => span);
    return spans.map((span) => ({ ...span, text: keyText(text, span.start, newName) }));
  },
  insertion(text, { root, path }, entry) {
    const [node, ...twins] = select(root, ...path);
    if (node === undefined || twins.length > 0) return null;
    if (node.kind === 'list') return entry.kind === 'item' ? intoSequence(text, node, entry) : null;
    if (node.kind !== 'table' || entry.kind !== 'pair') return null;
    return text.charAt(node.span.start) === '{'
      ? intoSequence(text, node, entry)
      : intoTable(text, path, entry);
  },
};

function withoutItemOf(text: string, node: Node, at: number): readonly TextEdit[] | null {
  const sequence = bracketed(text, node);
  return sequence && withoutItem(text, sequence, at);
}

function bracketed(text: string, node: Node): Sequence | null {
  return node.kind === 'list' || node.kind === 'table' ? sequenceOf(text, node, COMMENT) : null;
}

interface Mention {
  readonly statement: TomlStatement;
  /** The key that is meant, in the statement's path. */
  readonly key: TextNode;
}

/**
 * @param start Where a key begins.
 * @returns The statements that say something of what the key names: the pair, those with dotted keys, a table of its own.
 *   None of a key in an inline table; null where one of several tables with the same name is meant.
 */
function mentionsOf(text: string, start: number): readonly Mention[] | null {
  const statements = tomlStatements(text);
  if (statements === null) return null;
  const pathTo = statements.flatMap(({ path }) => {
    const at = path.findIndex(({ span }) => span.start === start);
    return at === -1 ? [] : [path.slice(0, at + 1)];
  })[0];
  if (pathTo === undefined) return [];
  const mentions = statements.flatMap((statement) => {
    const key = statement.path[pathTo.length - 1];
    const isMeant = pathTo.every(({ value }, at) => statement.path[at]?.value === value);
    return key !== undefined && isMeant ? [{ statement, key }] : [];
  });
  const lists = statements.filter(({ kind }) => kind === 'listHeader');
  const isInList = lists.some(({ path }) => path.every(({ value }, at) => pathTo[at]?.value === value));
  return isInList || mentions.some(({ statement }) => statement.kind === 'listHeader') ? null : mentions;
}

/** Statements have their lines for themselves. A table goes with the comments in it, and with one empty line. */
function withoutStatements(text: string, mentions: readonly Mention[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let isInTable = false;
  for (const { statement } of mentions) {
    const { kind, span } = statement;
    const [start, end] = [lineStart(text, span.start), nextLine(text, span.end)];
    const last: TextEdit | undefined = edits.at(-1);
    const goesOn: boolean = kind === 'pair' && isInTable && isOwn(text.slice(last?.end, start));
    if (goesOn) edits.pop();
    edits.push({ start: goesOn ? (last?.start ?? start) : start, end, text: '' });
    isInTable = kind !== 'pair' || goesOn;
  }
  const isTable = mentions.some(({ statement: { kind } }) => kind !== 'pair');
  return isTable ? edits.map((edit) => withEmptyLine(text, edit)) : edits;
}

/** Are there only comments and empty lines? */
function isOwn(text: string): boolean {
  return /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*$/.test(text);
}

/** Of two empty lines that would meet, one goes. */
function withEmptyLine(text: string, { start, end }: TextEdit): TextEdit {
  const isEmptyBefore = start === 0 || /\n[ \t]*\r?\n$/.test(text.slice(0, start));
  const isEmptyAfter = end < text.length && text.slice(end, lineEnd(text, end)).trim() === '';
  return { start, end: isEmptyBefore && isEmptyAfter ? nextLine(text, end) : end, text: '' };
}

/** A bare key has letters, digits, `-` and `_` alone. */
function keyText(text: string, start: number, name: string): string {
  const isQuoted = /["']/.test(text.charAt(start - 1));
  return isQuoted || /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name);
}

function intoSequence(text: string, node: Node, entry: NewEntry): readonly TextEdit[] | null {
  const sequence = bracketed(text, node);
  const lastComma = node.kind === 'list';
  return (
    sequence &&
    withItem(text, sequence, { source: sourceOf(entry), indent: '    ', inLines: false, lastComma })
  );
}

/** Behind the last pair below the table’s header, in a line of its own. */
function intoTable(text: string, path: readonly string[], entry: NewEntry): readonly TextEdit[] | null {
  const statements = tomlStatements(text) ?? [];
  const at = statements.findIndex(
    (statement) =>
      statement.kind === 'header' &&
      statement.path.length === path.length &&
      statement.path.every(({ value }, index) => value === path[index]),
  );
  const header = statements[at];
  if (header === undefined) return null;
  const following = statements.slice(at + 1);
  const next = following.findIndex(({ kind }) => kind !== 'pair');
  const last = (next === -1 ? following : following.slice(0, next)).at(-1) ?? header;
  const indent = text.slice(lineStart(text, last.span.start), last.span.start);
  const end = lineEnd(text, last.span.end);
  return [{ start: end, end, text: `${eolAt(text, end)}${indent}${sourceOf(entry)}` }];
}

function sourceOf(entry: NewEntry): string {
  if (entry.kind === 'item') return JSON.stringify(entry.value);
  return `${keyText('', 0, entry.key)} = ${JSON.stringify(entry.value)}`;
}
