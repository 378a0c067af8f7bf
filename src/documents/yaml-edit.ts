import type { Span, TextEdit } from '../model/text.ts';
import { lineEnd, lineStart, nextLine } from '../text/text-edit.ts';
import { select, type Node } from './document.ts';
import { eolAt, outerEnd, sequenceOf, withItem, withoutItem } from './sequence-edit.ts';
import type { NewEntry, TreeSyntax } from './tree-edit.ts';
import { readYaml } from './yaml.ts';

const COMMENT = /(?<![^\s,[{])#[^\r\n]*/y;
const LAYOUT = { indent: '  ', inLines: false, lastComma: false };

/** YAML: lists and maps in lines, of which something is left, and those in brackets. */
export const yamlSyntax: TreeSyntax = {
  read: readYaml,
  removal(text, { place, start }) {
    if (place.kind === 'value') return null;
    const node = place.kind === 'item' ? place.list : place.table;
    if (isFlow(text, node)) {
      const sequence = sequenceOf(text, node, COMMENT);
      return sequence && withoutItem(text, sequence, place.at);
    }
    const values = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
    const value = values[place.at];
    // A list or map without lines is nothing, which not every program takes for an empty one.
    return value === undefined || values.length === 1
      ? null
      : withoutLine(text, { start, end: outerEnd(text, value) });
  },
  renaming(text, { place, start, end }, newName) {
    const isPlain = place.kind === 'key' && !/["']/.test(text.charAt(start - 1));
    const isName = /^[A-Za-z0-9]/.test(newName);
    return [{ start, end, text: isPlain && !isName ? JSON.stringify(newName) : newName }];
  },
  insertion(text, { root, path }, entry) {
    const [node, ...twins] = select(root, ...path);
    if (twins.length > 0 || (node?.kind !== 'list' && node?.kind !== 'table')) return null;
    if ((node.kind === 'list') !== (entry.kind === 'item')) return null;
    if (isFlow(text, node)) {
      const sequence = sequenceOf(text, node, COMMENT);
      return sequence && withItem(text, sequence, { ...LAYOUT, source: sourceOf(entry) });
    }
    const last = node.kind === 'list' ? node.items.at(-1) : node.entries.at(-1)?.value;
    return last === undefined ? null : behindLine(text, last, entry);
  },
};

function isFlow(text: string, node: Node): boolean {
  return /[[{]/.test(text.charAt(node.span.start));
}

/** Takes the line of an item or of a key out, if it holds nothing else but a comment. */
function withoutLine(text: string, { start, end }: Span): readonly TextEdit[] | null {
  const from = lineStart(text, start);
  const isAlone =
    /^[ \t]*(?:-[ \t]+)?["']?$/.test(text.slice(from, start)) &&
    /^[ \t]*(?:#.*)?$/.test(text.slice(end, lineEnd(text, end)));
  return isAlone ? [{ start: from, end: nextLine(text, end), text: '' }] : null;
}

function behindLine(text: string, last: Node, entry: NewEntry): readonly TextEdit[] | null {
  if (last.kind !== 'text') return null;
  const start = lineStart(text, last.span.start);
  const lead = /^[ \t]*(?:-[ \t]+)?/.exec(text.slice(start))?.[0] ?? '';
  if (lead.includes('-') !== (entry.kind === 'item')) return null;
  const end = lineEnd(text, outerEnd(text, last));
  return [{ start: end, end, text: `${eolAt(text, end)}${lead}${sourceOf(entry)}` }];
}

function sourceOf(entry: NewEntry): string {
  if (entry.kind === 'item') return plain(entry.value);
  return `${plain(entry.key)}: ${plain(entry.value)}`;
}

function plain(value: string): string {
  return /^[A-Za-z0-9^~][\w.^~=<>-]*$/.test(value) ? value : JSON.stringify(value);
}
