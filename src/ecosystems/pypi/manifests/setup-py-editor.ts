import type { ListNode } from '../../../documents/document.ts';
import { sequenceOf, withItem, withoutItem } from '../../../documents/sequence-edit.ts';
import { indentIn } from '../../../documents/tree-edit.ts';
import { byHand, type LineEdits, type ManifestEditor } from '../../../model/manifest-editor.ts';
import type { Dependency } from '../../../model/manifest.ts';
import { markerIn } from '../../shared/tree-editor.ts';
import { pythonTokens, type PythonToken } from './python-tokens.ts';

/** Edits the lists of a setup.py whose items are strings without more. What the program computes is left to people. */
export const editor: ManifestEditor = {
  add: (text, { package: { name } }) => Promise.resolve(add(text, name)),
  rename(text, { span, specifier }, name) {
    const isPlain = text.slice(span.start, span.end) === specifier;
    return Promise.resolve(isPlain ? { kind: 'edits', edits: [{ ...span, text: name }] } : byHand(COMPUTED));
  },
  remove: (text, line) => Promise.resolve(remove(text, line)),
  placeOf(text, line) {
    const position = listAround(text, line);
    if (position === null) return Promise.resolve(null);
    const item = position.list.items[position.at];
    const requirement = item?.kind === 'text' ? text.slice(line.span.end, item.span.end) : '';
    return Promise.resolve({ group: String(position.list.span.start), condition: markerIn(requirement) });
  },
};

const COMPUTED =
  'the program computes its list, or writes it in another way than as strings between brackets';
const COMMENT = /#[^\r\n]*/y;

function remove(text: string, line: Dependency): LineEdits {
  const position = listAround(text, line);
  const sequence = position && sequenceOf(text, position.list, COMMENT);
  const edits = position && sequence && withoutItem(text, sequence, position.at);
  return edits === null ? byHand(COMPUTED) : { kind: 'edits', edits };
}

function add(text: string, name: string): LineEdits {
  const tokens = [...pythonTokens(text)];
  const at = tokens.findIndex(
    (token, index) =>
      token.text === 'install_requires' && tokens[index + 1]?.text === '=' && tokens[index + 2]?.text === '[',
  );
  const list = at === -1 ? null : listFrom(tokens, at + 2);
  const sequence = list && sequenceOf(text, list, COMMENT);
  if (sequence === null) return byHand(COMPUTED);
  const last = list?.items.at(-1);
  const quote = last === undefined ? '"' : text.charAt(last.span.end);
  const source = `${quote}${name}${quote}`;
  const edits = withItem(text, sequence, {
    source,
    indent: indentIn(text),
    inLines: false,
    lastComma: true,
  });
  return edits === null ? byHand(COMPUTED) : { kind: 'edits', edits };
}

/** @returns The list in which a string is an item, if all its items are strings. */
function listAround(
  text: string,
  { span: { start } }: Dependency,
): { readonly list: ListNode; readonly at: number } | null {
  const tokens = [...pythonTokens(text)];
  const inner = tokens.findIndex(
    (token) => token.kind === 'string' && token.node.span.start <= start && start < token.node.span.end,
  );
  const opening = inner === -1 ? -1 : tokens.findLastIndex((token, at) => at < inner && token.text === '[');
  const list = opening === -1 ? null : listFrom(tokens, opening);
  const at = list?.items.findIndex(({ span }) => span.start <= start && start < span.end) ?? -1;
  return list === null || at === -1 ? null : { list, at };
}

/** @returns The list that a bracket opens; null where it holds anything but strings and commas. */
function listFrom(tokens: readonly PythonToken[], opening: number): ListNode | null {
  const items: ListNode['items'][number][] = [];
  let isOpen = true;
  for (const token of tokens.slice(opening + 1)) {
    if (token.kind === 'string' && isOpen) {
      items.push(token.node);
      isOpen = false;
    } else if (token.text === ',' && !isOpen) isOpen = true;
    else if (token.text === ']') {
      const start = tokens[opening]?.start ?? 0;
      return { kind: 'list', items, at: start, span: { start, end: token.start + 1 } };
    } else return null;
  }
  return null;
}
