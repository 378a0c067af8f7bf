import { readdirSync, readFileSync } from 'node:fs';
import type { Parsed, Scan, Source } from '../../../src/model/language.ts';
import type { ParsedImport } from '../../../src/model/reference.ts';
import { LineIndex } from '../../../src/text/lines.ts';

/** One case of a table: a program, and what is expected of it, as it stands in the file. */
export interface Case extends Source {
  readonly title: string;
  readonly expected: string;
}

const FOLDER = new URL('../../../fixtures/languages/javascript/', import.meta.url);

/** One file of cases. */
export interface Table {
  readonly file: string;
  readonly cases: readonly Case[];
  /** The titles that stand in the file, whether or not a case could be read below them. */
  readonly titles: readonly string[];
}

/** The files of cases, by name. */
export function readTables(): readonly Table[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => {
      const markdown = readFileSync(new URL(file, FOLDER), 'utf8');
      const titles = [...markdown.matchAll(/^## (.*)/gm)].map(([, title = '']) => title);
      return { file, titles, cases: casesOf(markdown) };
    });
}

/** A case is a heading, a program in a fence, and the expectation. `⟨U+000D⟩` stands for that character. */
function casesOf(markdown: string): readonly Case[] {
  const sections = markdown.matchAll(/^## (.*)\n\n```(\w+)\n([^]*?)\n```\n([^]*?)(?=^## |(?![^]))/gm);
  return [...sections].map(([, title = '', dialect = '', program = '', expected = '']) => ({
    title,
    dialect,
    text: program.replace(/⟨U\+([0-9A-F]{4})⟩/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    ),
    expected: expected.trim(),
  }));
}

/** Writes what was found in the form that the tables have. */
export function describeFound(text: string, parsed: Parsed, quick: Scan): string {
  const lines = new LineIndex(text);
  const rows = parsed.imports.map((each) => row(each, lines));
  const heading = ['| line | column | kind | names | specifier |', '| --- | --- | --- | --- | --- |'];
  return [
    rows.length === 0 ? 'Nothing.' : [...heading, ...rows].join('\n'),
    ...(parsed.broken === null ? [] : [rejection(parsed.broken, lines)]),
    ...quickLook(parsed, quick),
  ].join('\n\n');
}

function row({ kind, target, span, optional }: ParsedImport, lines: LineIndex): string {
  const { line, column } = lines.locate(span.start);
  const words = optional ? `optional ${kind}` : kind;
  const { names, name } = described(target);
  return `| ${line} | ${column} | ${words} | ${names} | ${name} |`;
}

function described(target: ParsedImport['target']): { readonly names: string; readonly name: string } {
  switch (target.kind) {
    case 'literal':
      return { names: target.names.map(({ name }) => name).join(', '), name: `\`${target.specifier}\`` };
    case 'unclear':
      return { names: '', name: `unclear: \`${target.expression.replace(/\s+/g, ' ')}\`` };
    case 'package':
    case 'program':
      return { names: '', name: `package \`${target.name}\`` };
  }
}

function rejection(
  { message, offset, approximate }: NonNullable<Parsed['broken']>,
  lines: LineIndex,
): string {
  const { line, column } = lines.locate(offset);
  return `Rejected in line ${line}, column ${column}: ${message}${approximate ? ' Read approximately.' : ''}`;
}

/** What the quick look says, where it is not just the parser's specifiers. */
function quickLook({ imports }: Parsed, quick: Scan): readonly string[] {
  if (quick.kind === 'unsure') return [`The quick look is unsure: ${quick.reason}.`];
  const seen = new Set(
    imports.flatMap(({ target }) => (target.kind === 'literal' ? [target.specifier] : [])),
  );
  const more = [...quick.specifiers].filter((specifier) => !seen.has(specifier));
  return more.length === 0
    ? []
    : [`The quick look also sees ${more.map((specifier) => `\`${specifier}\``).join(', ')}.`];
}
