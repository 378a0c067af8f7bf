import type { Field } from './entry.ts';

/**
 * A plain scalar inside a flow collection on one line (YAML 1.2, section 7.3.3): it starts with no
 * indicator, a colon in it is followed by more of it, and spaces lead neither to a comment nor to the end.
 */
export const plain =
  /[^ \-?:,[\]{}#&*!|>'"%@`~\ufeff\xa0](?:[^ ,[\]{}:]|:(?=[^ ,[\]{}])| +(?=[^ ,[\]{}#:])| +(?=:[^ ,[\]{}]))*/
    .source;
/** A double-quoted scalar with JSON's escapes, which YAML 1.2 (section 5.7) has as well. */
const double = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.source;
const single = /'(?:[^']|'')*'/.source;
const end = / *(?:$| #.*$)/.source;
/** Of three groups, the one for the style in which the scalar is written matches. */
const scalar = `(?:(${plain})|(${double})|(${single}))`;

/** The key of an entry in a block map, without quotation marks, its colon, and the brace of its fields. */
const headPattern = /( *)([A-Za-z0-9_](?:[^\s:]|:(?! ))*):( +\{) */y;
/** A key of an entry with its value up to the comma or the end of the entry; or up to the `[` of a list. */
const fieldPattern = new RegExp(`([a-zA-Z]+): +(?:${scalar} *(?:(,) *|\\}${end})|(\\[) *)`, 'y');
const itemPattern = new RegExp(`${scalar} *(?:(,) *|\\])`, 'y');
const emptyPattern = /\]/y;
const tailPattern = new RegExp(` *(?:(,) *|\\}${end})`, 'y');
const listPattern = /(covers|extends): +\[ *(?=[^ ])/y;
const wholePlain = new RegExp(`^${plain}$`);

/** A quoted scalar where one may begin, closed or not, or a comment: of a line that YAML reads. */
const quotedOrComment = /(?:^|[[{,]|: ) *(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^']|'')*(?:'|$))|(?<!\S)#.*/g;

/** Plain scalars that YAML reads as null. */
export const nothing = /^(?:~|null|Null|NULL)$/;

/** YAML wants the colon of a key within 1024 characters (YAML 1.2, section 7.4.2); no package needs so many. */
const longestKey = 1000;

/** The key of an entry, the column in which it begins, and the offset at which its fields begin. */
export interface Head {
  readonly indent: number;
  readonly key: string;
  readonly at: number;
}

/** A list at the top level of the file, with the offsets of its items. */
export interface ListLine {
  readonly key: 'covers' | 'extends';
  readonly items: readonly Item[];
}

interface Item {
  readonly at: number;
  readonly text: string;
}

/** @returns Whether a text may stand without quotation marks as a value. */
export function isPlain(text: string): boolean {
  return wholePlain.test(text);
}

/**
 * Where an entry ends, or a list: what stands in a column further right belongs to it, and so do in the same column
 * the value of an explicit key (`? npm:a`) and the items of a list.
 *
 * @param lines All of a file, without their ends. @param start The index of its first line.
 * @returns The index behind its last line.
 */
export function endOf(lines: readonly string[], start: number): number {
  const column = columnOf(lines[start] ?? '');
  let end = start + 1;
  for (let index = end; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^\s*(?:#|$)/.test(line)) continue;
    const belongs = /^ *[:-](?: |$)/.test(line) ? columnOf(line) >= column : columnOf(line) > column;
    if (!belongs) break;
    end = index + 1;
  }
  return end;
}

/** @returns The comment behind what a line says, with the space before it; empty where there is none. */
export function commentOf(line: string): string {
  for (const { 0: token, index } of line.matchAll(quotedOrComment))
    if (token.startsWith('#')) return line.slice(line.slice(0, index).trimEnd().length);
  return '';
}

function columnOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Reads a line up to the fields of its entry; undefined where it is no such line. */
export function readHead(line: string): Head | undefined {
  const match = matchAt(headPattern, line, 0);
  if (match === null || match[0].length > longestKey) return undefined;
  return { indent: match[1]?.length ?? 0, key: match[2] ?? '', at: match[0].length };
}

/**
 * Reads the fields of an entry, up to the end of the line. Offsets of fields are not told.
 *
 * @param at Where the first field begins.
 * @returns The fields, or undefined where anything else stands there.
 */
export function readFields(line: string, at: number): Field[] | undefined {
  const fields: Field[] = [];
  for (let next: number | 'end' = at; next !== 'end';) {
    const match = matchAt(fieldPattern, line, next);
    if (match === null) return undefined;
    const key = match[1] ?? '';
    const matchEnd = fieldPattern.lastIndex;
    if (match[6] === undefined) {
      const value = valueOf(key, match[2], match[2] ?? quoted(match[3], match[4]));
      if (value === undefined) return undefined;
      fields.push({ key, keyAt: 0, at: 0, value });
      next = match[5] === undefined ? 'end' : matchEnd;
    } else {
      const list = key === 'imports' ? readItems(line, matchEnd) : undefined;
      const tail = list === undefined ? null : matchAt(tailPattern, line, list.end);
      if (list === undefined || tail === null) return undefined;
      fields.push({ key, keyAt: 0, at: 0, value: list.items });
      next = tail[1] === undefined ? 'end' : tailPattern.lastIndex;
    }
  }
  return fields;
}

/** @returns What a line says that is a list of words or paths; undefined for any other line. */
export function readList(line: string): ListLine | undefined {
  const match = matchAt(listPattern, line, 0);
  if (match === null) return undefined;
  const list = readItems(line, listPattern.lastIndex);
  if (list === undefined || !/^ *(?:$| #)/.test(line.slice(list.end))) return undefined;
  return { key: match[1] === 'covers' ? 'covers' : 'extends', items: list.items };
}

function readItems(line: string, at: number): { items: Item[]; end: number } | undefined {
  if (matchAt(emptyPattern, line, at) !== null) return { items: [], end: at + 1 };
  const items: Item[] = [];
  for (let next = at; ; next = itemPattern.lastIndex) {
    const match = matchAt(itemPattern, line, next);
    if (match === null) return undefined;
    const plainText = match[1];
    if (plainText !== undefined && nothing.test(plainText)) return undefined;
    items.push({ at: next, text: plainText ?? quoted(match[2], match[3]) });
    if (match[4] === undefined) return { items, end: itemPattern.lastIndex };
  }
}

/** @returns A value with its type; undefined for one that only the full reader can judge. */
function valueOf(key: string, plainText: string | undefined, text: string): string | boolean | undefined {
  if (key === 'unverified') return plainText === 'true' ? true : plainText === 'false' ? false : undefined;
  return plainText !== undefined && nothing.test(plainText) ? undefined : text;
}

/** @returns What a scalar in double or in single quotation marks says. */
function quoted(doubleText: string | undefined, singleText: string | undefined): string {
  if (singleText !== undefined) return singleText.slice(1, -1).replaceAll("''", "'");
  const text: unknown = JSON.parse(doubleText ?? '""');
  return typeof text === 'string' ? text : '';
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
