import { packageLabel } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { compareKeys } from './order.ts';
import { isPlain } from './line.ts';

/** The lines of one entry: the comment directly above it, its own, and the key that it is about. */
interface EntryLines {
  readonly label: string;
  /** Index of the first line of its comment, or of its own. */
  readonly commentStart: number;
  readonly start: number;
  /** Index behind its last line. */
  readonly end: number;
}

/** Words of the keys that stand beside `packages`; null where a key is not to stand. */
export interface HeaderWords {
  readonly covers: readonly string[] | null;
  readonly extends: readonly string[];
}

const topLine = /^(covers|extends|packages):/;
/**
 * The lines of a whitelist, to be edited where they stand. It only moves text: whoever uses it reads the result
 * again, because a file may be written in any style of YAML.
 */
export class EditedLines {
  readonly #lines: (string | null)[];
  readonly #eol: string;
  readonly #entries: readonly EntryLines[];
  readonly #indent: string;
  /** New lines by the index of the line before which they go, in the order of their keys. */
  readonly #added = new Map<number, { readonly label: string; readonly line: string }[]>();

  /** @param text Without a byte-order mark. @param entries What was read from it. */
  constructor(text: string, entries: readonly Entry[]) {
    this.#eol = /\r?\n/.exec(text)?.[0] ?? '\n';
    this.#lines = text.split(/\r?\n/);
    this.#entries = entries.map((entry) => this.#locate(entry));
    const first = this.#entries[0];
    this.#indent = /^ */.exec(first === undefined ? '  ' : this.#at(first.start))?.[0] ?? '  ';
  }

  /** Writes `covers` and `extends` once, above the packages, and joins `packages` that stand several times. */
  joinHeaders(words: HeaderWords): void {
    const packages = this.#indexesOf('packages');
    if (words.covers !== null) this.#joinHeader('covers', words.covers, packages[0]);
    if (words.extends.length > 0) this.#joinHeader('extends', words.extends, packages[0]);
    for (const index of packages.slice(1)) this.#drop(index);
  }

  /** Writes what is decided about a package: in place of its first line, else where it belongs. */
  put(label: string, content: string): void {
    const [first, ...twins] = this.#entries.filter((entry) => entry.label === label);
    for (const twin of twins) this.#removeLines(twin);
    if (first === undefined) this.#add(label, `${this.#indent}${label}: ${content}`);
    else {
      const tail = first.end - first.start > 1 ? '' : trailingComment(this.#at(first.start));
      this.#lines[first.start] = `${this.#indent}${label}: ${content}${tail}`;
      for (let index = first.start + 1; index < first.end; index++) this.#lines[index] = null;
    }
  }

  /** Takes a package out, with the comment that stands directly above it. */
  remove(label: string): void {
    for (const entry of this.#entries) if (entry.label === label) this.#removeLines(entry);
  }

  text(): string {
    const result: string[] = [];
    for (const [index, line] of this.#lines.entries()) {
      for (const added of this.#added.get(index) ?? []) result.push(added.line);
      if (line !== null) result.push(line);
    }
    for (const added of this.#added.get(this.#lines.length) ?? []) result.push(added.line);
    return result.join(this.#eol);
  }

  #locate(entry: Entry): EntryLines {
    const start = entry.line - 1;
    const indent = indentOf(this.#at(start));
    let end = start + 1;
    for (let index = end; index < this.#lines.length; index++) {
      const line = this.#at(index);
      if (/^\s*(?:#|$)/.test(line)) continue;
      if (indentOf(line) <= indent) break;
      end = index + 1;
    }
    let commentStart = start;
    while (commentStart > 0 && /^\s*#/.test(this.#at(commentStart - 1))) commentStart -= 1;
    return { label: packageLabel(entry), commentStart, start, end };
  }

  #at(index: number): string {
    return this.#lines[index] ?? '';
  }

  #indexesOf(key: string): number[] {
    return [...this.#lines.keys()].filter((index) => topLine.exec(this.#at(index))?.[1] === key);
  }

  /** One that takes several lines is left to people. */
  #joinHeader(key: 'covers' | 'extends', words: readonly string[], packages = this.#lines.length): void {
    const indexes = this.#indexesOf(key);
    const [first] = indexes;
    const isThere = first !== undefined && first < packages;
    if (isThere && indexes.length === 1 && wordsOf(this.#at(first))?.join(' ') === words.join(' ')) return;
    if (indexes.some((index) => wordsOf(this.#at(index)) === null)) return;
    const line = `${key}: [${words.map((word) => (isPlain(word) ? word : JSON.stringify(word))).join(', ')}]`;
    for (const index of indexes) this.#lines[index] = null;
    if (isThere) this.#lines[first] = line;
    else this.#insert(this.#aboveComment(packages), { label: '', line });
  }

  /** Takes a second `packages:` out, with the line above it that is written for Prettier alone. */
  #drop(index: number): void {
    this.#lines[index] = null;
    if (/^# prettier-ignore\s*$/.test(this.#at(index - 1))) this.#lines[index - 1] = null;
  }

  #aboveComment(index: number): number {
    let above = index;
    while (above > 0 && /^\s*#/.test(this.#at(above - 1))) above -= 1;
    return above === 0 ? index : above;
  }

  #add(label: string, line: string): void {
    const greater = this.#entries.find((entry) => compareKeys(entry.label, label) > 0);
    const last = this.#entries.at(-1);
    const [packages] = this.#indexesOf('packages');
    const index =
      greater?.commentStart ?? last?.end ?? (packages === undefined ? this.#openPackages() : packages + 1);
    if (packages !== undefined && this.#entries.length === 0)
      this.#lines[packages] = this.#at(packages).replace(' {}', '');
    this.#insert(index, { label, line });
  }

  /** @returns The index behind a new `packages:` at the end of the file. */
  #openPackages(): number {
    while (this.#lines.length > 0 && this.#lines.at(-1) === '') this.#lines.pop();
    if (!this.#lines.includes('packages:')) this.#lines.push('# prettier-ignore', 'packages:');
    this.#lines.push('');
    return this.#lines.length - 1;
  }

  #insert(index: number, added: { readonly label: string; readonly line: string }): void {
    const lines = [...(this.#added.get(index) ?? []), added];
    this.#added.set(
      index,
      lines.toSorted((left, right) => compareKeys(left.label, right.label)),
    );
  }

  #removeLines({ commentStart, end }: EntryLines): void {
    for (let index = commentStart; index < end; index++) this.#lines[index] = null;
  }
}

/** @returns The words of a header; null for one that takes several lines. */
function wordsOf(line: string): string[] | null {
  const value = line.slice(line.indexOf(':') + 1);
  const comment = value.indexOf(' #');
  const list = (comment === -1 ? value : value.slice(0, comment)).trim();
  if (list === '' || list.startsWith('[') !== list.endsWith(']')) return null;
  return list.split(/[\s,[\]"']/).filter((word) => word !== '');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** What a person wrote behind an entry on its line. */
function trailingComment(line: string): string {
  const tail = line.slice(line.lastIndexOf('}') + 1);
  return tail.trimStart().startsWith('#') ? tail : '';
}
