import type { Span } from '../model/text.ts';
import type { TextNode } from './document.ts';
import { textNode } from './document.ts';

/** How one of the readers of INI files takes a text apart: no two of them agree. */
export interface IniDialect {
  /** What a line ends with. */
  readonly lineEnd: RegExp;
  /** A character that counts for nothing around a line, a key and a value. */
  readonly blank: RegExp;
  /** What begins a comment, behind the blanks of a line. */
  readonly comment: RegExp;
  /** Whether the two expressions below see a line without the blanks around it. */
  readonly seesContent: boolean;
  /** The head of a section: its name is the group `section`. */
  readonly section: RegExp;
  /** An option: the groups `key` and, behind a delimiter, `value`. With the flag `d`. */
  readonly option: RegExp;
}

/** A line that says something: the head of a section, an option, or what only its reader can tell. */
export interface IniLine {
  /** The line without the blanks around it. */
  readonly content: TextNode;
  /** How many blanks stand before it. */
  readonly indent: number;
  readonly section: string | null;
  readonly option: IniLineOption | null;
}

/** An option as written, without the blanks around its parts. */
export interface IniLineOption {
  readonly key: TextNode;
  /** null without a delimiter. */
  readonly value: TextNode | null;
}

/** @returns The lines of an INI file that are neither empty nor a comment, in the order of the text. */
export function* iniLines(text: string, dialect: IniDialect): Generator<IniLine> {
  for (const line of linesIn(text, dialect.lineEnd)) {
    const content = trimmed(text, line, dialect.blank);
    if (content.value === '' || dialect.comment.test(content.value)) continue;
    const span = dialect.seesContent ? content.span : line;
    const indent = content.span.start - line.start;
    const section = dialect.section.exec(text.slice(span.start, span.end))?.groups?.['section'] ?? null;
    yield { content, indent, section, option: section === null ? optionIn(text, span, dialect) : null };
  }
}

/** @returns Where the lines of a text stand, without what ends them. */
export function* linesIn(text: string, lineEnd: RegExp): Generator<Span> {
  let start = 0;
  for (const { 0: ending, index } of text.matchAll(lineEnd)) {
    yield { start, end: index };
    start = index + ending.length;
  }
  yield { start, end: text.length };
}

function optionIn(text: string, line: Span, { option, blank }: IniDialect): IniLineOption | null {
  const { key, value } = option.exec(text.slice(line.start, line.end))?.indices?.groups ?? {};
  if (key === undefined) return null;
  const part = ([start, end]: readonly [number, number]): TextNode =>
    trimmed(text, { start: line.start + start, end: line.start + end }, blank);
  return { key: part(key), value: value === undefined ? null : part(value) };
}

function trimmed(text: string, span: Span, blank: RegExp): TextNode {
  let { start, end } = span;
  while (start < end && blank.test(text.charAt(start))) start += 1;
  while (end > start && blank.test(text.charAt(end - 1))) end -= 1;
  return textNode(text, { start, end });
}
