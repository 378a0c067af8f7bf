import { linesOf, type Line } from './lockfile-lines.ts';

/** One `[[package]]` of a lockfile, with the tables below it. */
export interface PackageTable {
  /** Offset of its header. */
  readonly at: number;
  /** Values as written, by key; those of a table below it by `table.key`. The first of a key counts. */
  readonly values: ReadonlyMap<string, string>;
  readonly lines: readonly Line[];
}

/** @returns The packages of a lockfile in TOML, which package managers write with one key in a line. */
export function* packageTables(text: string, list: 'package' | 'packages'): Generator<PackageTable> {
  let lines: Line[] = [];
  for (const line of linesOf(text, 4)) {
    const header = headerOf(line.text);
    if (header !== undefined && !header.startsWith(`${list}.`)) {
      if (lines.length > 0) yield tableOf(lines, list);
      lines = line.text === `[[${list}]]` ? [line] : [];
    } else if (lines.length > 0) lines.push(line);
  }
  if (lines.length > 0) yield tableOf(lines, list);
}

/** @returns The text in quotes at the start of a value; undefined where none stands there, or one with escapes. */
export function textIn(value = ''): string | undefined {
  const [, double, single] = /^(?:"([^"\\]*)"|'([^']*)')/.exec(value) ?? [];
  return double ?? single;
}

/** @returns Whether a value is an address of the web, and no folder of files. */
export function isAddress(value: string | undefined): boolean {
  return /^https?:\/\//i.test(textIn(value) ?? '');
}

function tableOf(lines: readonly Line[], list: string): PackageTable {
  const values = new Map<string, string>();
  let prefix = '';
  for (const { text } of lines) {
    const header = headerOf(text);
    if (header !== undefined) prefix = header === list ? '' : `${header.slice(list.length + 1)}.`;
    const [, key, value = ''] = /^([\w-]+) *=(.*)$/.exec(text) ?? [];
    if (key !== undefined && !values.has(prefix + key)) values.set(prefix + key, value.trim());
  }
  return { at: lines[0]?.start ?? 0, values, lines };
}

/** The name of a table: `a.b` of `[a.b]` and `[[a.b]]`. */
function headerOf(line: string): string | undefined {
  return /^\[{1,2}([^[\]]+)\]{1,2}$/.exec(line)?.[1];
}

/** A line of the value of a key, which may have several. */
export interface ValueLine {
  /** With the tables that it stands in below the package: `dependencies.x` of `[package.dependencies]`. */
  readonly key: string;
  readonly text: string;
}

/** @returns The values of a package's keys line by line, also of lists that have a line for each item. */
export function* valueLines({ lines }: PackageTable): Generator<ValueLine> {
  let prefix = '';
  let open: string | undefined;
  for (const { text, indent } of lines) {
    if (indent > 0) {
      if (open !== undefined) yield { key: open, text: text.trimStart() };
      continue;
    }
    const header = headerOf(text);
    if (header !== undefined) prefix = header.replace(/^[^.]+\.?/, '').replace(/.$/, '$&.');
    const [, key, value = ''] = /^["']?([\w.-]+)["']? *=(.*)$/.exec(text) ?? [];
    open = key === undefined ? undefined : prefix + key;
    if (open !== undefined) yield { key: open, text: value.trim() };
  }
}
