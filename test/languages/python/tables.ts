import type { Parsed, Source } from '../../../src/model/language.ts';
import type { ParsedImport } from '../../../src/model/reference.ts';
import type { Span } from '../../../src/model/text.ts';
import { LineIndex } from '../../../src/text/lines.ts';

/** One case of a table in `fixtures/languages/python`: a heading, a source, and what it refers to. */
export interface Case {
  readonly title: string;
  readonly source: Source;
  readonly expected: string;
}

const head = '| where | kind | specifier | names | |\n| --- | --- | --- | --- | --- |';

/**
 * Reads the cases of a Markdown file. The fence's info word is the dialect. Characters that an editor would
 * not show stand as their pictures: `␍` is a lone carriage return, `␌` a form feed, `␀` a null byte, `␉` a tab,
 * `⟦200B⟧` any other by its code point.
 */
export function casesOf(markdown: string): readonly Case[] {
  const sections = /^## (.+)\n(?:[^`][^\n]*\n|\n)*(`{3,})(\w+)\n([^]*?)^\2\n([^]*?)(?=^## |$(?![^]))/gm;
  return [...markdown.matchAll(sections)].map(([, title = '', , info = '', text = '', expected = '']) => ({
    title,
    source: { text: unpictured(text.replace(/\n$/, '')), dialect: info === 'python' ? 'py' : info },
    expected: expected.trim(),
  }));
}

function unpictured(text: string): string {
  return text
    .replace(/⟦([\dA-F]+)⟧/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('␍\n', '\r\n')
    .replaceAll('␍', '\r')
    .replaceAll('␌', '\f')
    .replaceAll('␀', '\0')
    .replaceAll('␉', '\t');
}

/** Writes what the parser found as the tables do. */
export function tableOf(parsed: Parsed, source: Source): string {
  const lines = new LineIndex(source.text);
  const rows = parsed.imports.map((each) => row(each, lines));
  const table = rows.length === 0 ? 'Nothing.' : [head, ...rows].join('\n');
  if (parsed.broken === null) return table;
  const { line, column } = lines.locate(parsed.broken.offset);
  const approximate = parsed.broken.approximate ? ', approximate' : '';
  return `${table}\n\nBroken at ${line}:${column}${approximate}: ${parsed.broken.message}`;
}

function row({ kind, target, span, optional }: ParsedImport, lines: LineIndex): string {
  const names =
    target.kind === 'literal' ? target.names.map((name) => `${name.name} ${where(name.span, lines)}`) : [];
  const cells = [where(span, lines), kind, named(target), names.join(', '), optional ? 'optional' : ''];
  return `| ${cells.join(' | ')} |`.replace(/ +\|/g, ' |');
}

function named(target: ParsedImport['target']): string {
  switch (target.kind) {
    case 'literal':
      return target.specifier;
    case 'package':
    case 'program':
      return `${target.kind} ${target.name}`;
    case 'unclear':
      return `unclear: ${target.expression.replace(/\s+/g, ' ')}`;
  }
}

/** `line:column-column`, or `line:column-line:column` over several lines. */
function where(span: Span, lines: LineIndex): string {
  const { line, column, endLine, endColumn } = lines.place(span);
  return line === endLine ? `${line}:${column}-${endColumn}` : `${line}:${column}-${endLine}:${endColumn}`;
}
