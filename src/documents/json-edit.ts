import type { TextEdit } from '../model/text.ts';
import { select, type Node } from './document.ts';
import { readJsonOrTemplate } from './json.ts';
import { sequenceOf, withItem, withoutItem } from './sequence-edit.ts';
import { indentIn, type Destination, type NewEntry, type TreeSyntax } from './tree-edit.ts';

/** Sticky: matches a comment of JSON with comments. */
export const jsonComment = /\/\/[^\r\n]*|\/\*[^]*?\*\//y;

/** JSON, with the comments and commas that some programs allow. */
export const jsonSyntax: TreeSyntax = {
  read: readJsonOrTemplate,
  removal(text, { place }) {
    if (place.kind === 'value') return null;
    const sequence = sequenceOf(text, place.kind === 'item' ? place.list : place.table, jsonComment);
    return sequence && withoutItem(text, sequence, place.at);
  },
  renaming: (_text, { start, end }, newName) => [{ start, end, text: newName }],
  insertion: insertionAt,
};

/** A table that is not there is made in the last one that is. */
function insertionAt(text: string, { root, path }: Destination, entry: NewEntry): readonly TextEdit[] | null {
  const [node, ...twins] = select(root, ...path);
  if (twins.length > 0 || (node === undefined && path.length === 0)) return null;
  const indent = indentIn(text);
  if (node === undefined) {
    if (entry.kind === 'item') return null;
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    const outer = indent.repeat(path.length);
    const table = `${JSON.stringify(path.at(-1))}: {${eol}${outer}${indent}${sourceOf(entry)}${eol}${outer}}`;
    return into(text, select(root, ...path.slice(0, -1))[0], { kind: 'table', source: table, indent });
  }
  const kind = entry.kind === 'item' ? 'list' : 'table';
  return into(text, node, { kind, source: sourceOf(entry), indent });
}

function into(
  text: string,
  node: Node | undefined,
  added: { readonly kind: 'list' | 'table'; readonly source: string; readonly indent: string },
): readonly TextEdit[] | null {
  if (node === undefined || node.kind === 'text' || node.kind === 'other' || node.kind !== added.kind)
    return null;
  const sequence = sequenceOf(text, node, jsonComment);
  return sequence && withItem(text, sequence, { ...added, inLines: true, lastComma: false });
}

function sourceOf(entry: NewEntry): string {
  if (entry.kind === 'item') return JSON.stringify(entry.value);
  return `${JSON.stringify(entry.key)}: ${JSON.stringify(entry.value)}`;
}
