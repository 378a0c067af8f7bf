import type { Parsed, Source } from '../../../src/model/language.ts';
import type { ParsedImport } from '../../../src/model/reference.ts';
import { LineIndex } from '../../../src/text/lines.ts';

const head = '| where | kind | crate | takes | unless |\n| --- | --- | --- | --- | --- |';

/** Writes what the parser found as the tables do: the last column says why a name may be that of no package. */
export function tableOf({ imports, broken }: Parsed, { text }: Source): string {
  const lines = new LineIndex(text);
  const rows = imports.map((each) => row(each, lines));
  const table = rows.length === 0 ? 'Nothing.' : [head, ...rows].join('\n');
  if (broken === null) return table;
  const { line, column } = lines.locate(broken.offset);
  const approximate = broken.approximate ? ', approximate' : '';
  return `${table}\n\nBroken at ${String(line)}:${String(column)}${approximate}: ${broken.message}`;
}

function row({ kind, target, span, omission }: ParsedImport, lines: LineIndex): string {
  const { line, column, endColumn } = lines.place(span);
  const names = target.kind === 'literal' ? target.names.map(({ name }) => name) : [];
  const place = `${String(line)}:${String(column)}-${String(endColumn)}`;
  const cells = [place, kind, named(target), names.join(', '), omission ?? ''];
  return `| ${cells.join(' | ')} |`.replace(/ +\|/g, ' |');
}

function named(target: ParsedImport['target']): string {
  if (target.kind === 'literal') return target.specifier;
  return target.kind === 'unclear' ? `unclear: ${target.expression}` : `${target.kind} ${target.name}`;
}
