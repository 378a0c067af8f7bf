import { entriesAt, select, type TextNode } from '../../documents/document.ts';
import type { ManifestEdits, TextInsertion } from '../../model/declare.ts';
import type { Span } from '../../model/text.ts';
import { lineStart } from '../../text/text-edit.ts';

/** Adds a distribution without a version, as a person would first write it. */
export const edits: ManifestEdits = {
  fileNames: ['pyproject.toml', 'requirements.txt'],
  editsFor: async (fileName, text, { package: { name } }) =>
    fileName === 'pyproject.toml' ? inPyproject(text, name) : inRequirements(text, name),
};

/** Only a list of PEP 621 that is there is extended: other tools have tables of their own. */
async function inPyproject(text: string, name: string): Promise<readonly TextInsertion[]> {
  const { readToml } = await import('../../documents/toml.ts');
  const { root, broken } = await readToml(text);
  const [list] = select(root, 'project', 'dependencies');
  if (broken.length > 0 || list?.kind !== 'list' || entriesAt(root, 'project').length === 0) return [];
  const last = list.items.at(-1);
  if (last?.kind !== 'text') return [];
  const tail = { start: afterQuotes(text, last), end: list.span.end };
  return behind({ list: list.span, item: last.span, tail }, text, `"${name}"`);
}

/** A string of several lines ends with three quotes (https://toml.io/en/v1.0.0#string). */
function afterQuotes(text: string, { span: { end } }: TextNode): number {
  return end + (text.startsWith(text.charAt(end).repeat(3), end) ? 3 : 1);
}

interface LastItem {
  readonly list: Span;
  /** Without its quotes. */
  readonly item: Span;
  /** From its quotes to the end of the list: blanks, comments, perhaps a comma, and the bracket. */
  readonly tail: Span;
}

/**
 * Puts an item behind the last one of a list. Where a line ends there, with a comment or without, the new item stands
 * in the next line, so that the comment stays with what it is about; a comma at the end is kept up.
 */
function behind({ list, item, tail }: LastItem, text: string, added: string): readonly TextInsertion[] {
  const comma = /^(?:\s|#[^\n]*\n)*,/.exec(text.slice(tail.start, tail.end))?.[0] ?? '';
  const offset = tail.start + comma.length;
  const [remainder, lineBreak] = /^[ \t]*(?:#[^\n]*?)?(\r?\n)/.exec(text.slice(offset, tail.end)) ?? [];
  const first = comma === '' ? ',' : '';
  const last = comma === '' ? '' : ',';
  if (remainder === undefined || lineBreak === undefined)
    return [{ offset, length: 0, text: `${first}${leadOf(item, text)}${added}${last}` }];
  const end = offset + remainder.length - lineBreak.length;
  const line = `${lineBreak}${indentOf(list, item, text)}${added}${last}`;
  if (end === offset) return [{ offset, length: 0, text: `${first}${line}` }];
  const newLine = { offset: end, length: 0, text: line };
  return first === '' ? [newLine] : [{ offset, length: 0, text: first }, newLine];
}

/** What stands in front of the last item in its line, or the line break and the indentation where nothing does. */
function leadOf({ start }: Span, text: string): string {
  const line = /(\r?\n)([ \t]*)["']{1,3}$/.exec(text.slice(0, start));
  return line ? `${line[1] ?? ''}${line[2] ?? ''}` : ' ';
}

/** The indentation of the last item's line; one step more where the list begins in that line. */
function indentOf(list: Span, item: Span, text: string): string {
  const start = lineStart(text, item.start);
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  return list.start >= start ? `${indent}    ` : indent;
}

/** Where every requirement has hashes, pip takes none without (https://pip.pypa.io/en/stable/topics/secure-installs/). */
function inRequirements(text: string, name: string): readonly TextInsertion[] {
  if (text.includes('--hash=')) return [];
  const eol = text.endsWith('\r\n') || (!text.endsWith('\n') && text.includes('\r\n')) ? '\r\n' : '\n';
  const open = text !== '' && !/[\r\n]$/.test(text) ? eol : '';
  return [{ offset: text.length, length: 0, text: `${open}${name}${eol}` }];
}
