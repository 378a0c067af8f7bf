import { readConfigParser, type IniOption } from '../../../documents/configparser.ts';
import { eolAt } from '../../../documents/sequence-edit.ts';
import { byHand, type LineEdits, type ManifestEditor } from '../../../model/manifest-editor.ts';
import type { Dependency } from '../../../model/manifest.ts';
import type { TextNode } from '../../../documents/document.ts';
import { lineEnd, lineStart, nextLine } from '../../../text/text-edit.ts';
import { markerIn } from '../../shared/tree-editor.ts';

/** Edits the lists of setup.cfg, whose requirements have lines of their own. */
export const editor: ManifestEditor = {
  add: (text, { package: { name } }) => Promise.resolve(add(text, name)),
  rename(text, { span, specifier }, name) {
    const isPlain = text.slice(span.start, span.end) === specifier;
    return Promise.resolve(
      isPlain
        ? { kind: 'edits', edits: [{ ...span, text: name }] }
        : byHand('the name is not written there letter by letter'),
    );
  },
  remove: (text, line) => Promise.resolve(remove(text, line)),
  placeOf(text, line) {
    const position = valueAt(text, line);
    if (position === null) return Promise.resolve(null);
    const { section, key } = position.option;
    const requirement = text.slice(line.span.end, position.node.span.end).replace(/(?<!\S)#.*$/, '');
    return Promise.resolve({ group: `${section} ${key}`, condition: markerIn(requirement) });
  },
};

function add(text: string, name: string): LineEdits {
  const { options } = readConfigParser(text);
  const list = options.find(({ section, key }) => section === 'options' && /^install[-_]requires$/.test(key));
  const last = list?.lines.at(-1);
  if (list === undefined || last === undefined || list.lines.some(({ value }) => value.startsWith('file:')))
    return byHand('it has no list install_requires with lines');
  const lead = text.slice(lineStart(text, last.span.start), last.span.start);
  if (lead.trim() !== '') return byHand('its install_requires is in one line: give each requirement a line');
  const end = lineEnd(text, last.span.end);
  return { kind: 'edits', edits: [{ start: end, end, text: `${eolAt(text, end)}${lead}${name}` }] };
}

/** A line goes as a whole; behind a key its requirement alone. */
function remove(text: string, line: Dependency): LineEdits {
  const position = valueAt(text, line);
  if (position === null)
    return byHand('its list can’t be told from what stands around it: take the requirement out of it');
  const { span, value } = position.node;
  const start = lineStart(text, span.start);
  const lead = text.slice(start, span.start);
  if (lead.trim() === '')
    return { kind: 'edits', edits: [{ start, end: nextLine(text, span.end), text: '' }] };
  if (value.includes(';')) return byHand('several requirements stand in one line: take this one out of it');
  const from = start + lead.trimEnd().length;
  return { kind: 'edits', edits: [{ start: from, end: span.end, text: '' }] };
}

function valueAt(
  text: string,
  { span: { start } }: Dependency,
): { readonly option: IniOption; readonly node: TextNode } | null {
  for (const option of readConfigParser(text).options) {
    const node = option.lines.find(({ span }) => span.start <= start && start < span.end);
    if (node !== undefined) return { option, node };
  }
  return null;
}
