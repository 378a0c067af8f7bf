import { packageLabel } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { commentOf, endOf, isPlain } from './line.ts';
import { compareKeys } from './order.ts';

/** The lines of one entry: the comment directly above it, its own, and the key that it is about. */
interface EntryLines {
  readonly entry: Entry;
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

interface NewLine {
  readonly label: string;
  readonly line: string;
}

const topLine = /^(["']?)(covers|extends|packages)\1 *:/;

/**
 * The lines of a whitelist, to be edited where they stand. It only moves text: whoever uses it reads the result
 * again, because a file may be written in any style of YAML.
 */
export class EditedLines {
  readonly #lines: (string | null)[];
  /** What stands in the file behind each line; a file may have both ends of lines. */
  readonly #ends: readonly string[];
  readonly #entries: readonly EntryLines[];
  readonly #indent: string;
  /** New lines by the index of the line before which they go, in the order of their keys. */
  readonly #added = new Map<number, readonly NewLine[]>();

  /** @param text Without a byte-order mark. @param entries What was read from it. */
  constructor(text: string, entries: readonly Entry[]) {
    const lines = text.split(/\r?\n/);
    this.#ends = text.match(/\r?\n/g) ?? [];
    this.#lines = lines;
    this.#entries = entries.map((entry) => locate(entry, lines));
    const first = this.#entries[0];
    this.#indent = /^ */.exec(first === undefined ? '  ' : this.#at(first.start))?.[0] ?? '  ';
  }

  /** Joins what a merge left twice: `covers` and `extends` above the packages, and `packages` itself. */
  joinHeaders(words: HeaderWords): void {
    const packages = this.#indexesOf('packages');
    for (const key of ['covers', 'extends'] as const) {
      const indexes = this.#indexesOf(key);
      const isBetween = packages.length > 1 && indexes.some((index) => index > (packages[0] ?? index));
      if (indexes.length > 1 || isBetween) this.#putHeader(key, words[key] ?? []);
    }
    const [first, ...twins] = packages;
    for (const index of twins) this.#drop(index);
    if (first !== undefined && twins.length > 0 && this.#entries.length > 0) this.#open(first);
  }

  /** Writes the words of `covers`. */
  putCovers(words: readonly string[]): void {
    this.#putHeader('covers', words);
  }

  /** Writes each entry that takes several lines as one. */
  joinEntries(contentOf: (entry: Entry) => string): void {
    for (const lines of this.#entries)
      if (lines.end - lines.start > 1) this.#replace(lines, contentOf(lines.entry));
  }

  /** Writes what is decided about a package: in place of its first line, else where it belongs. */
  put(label: string, content: string): void {
    const [first, ...twins] = this.#entries.filter((entry) => entry.label === label);
    for (const twin of twins) this.#removeLines(twin);
    if (first === undefined) this.#add(label, `${this.#indent}${label}: ${content}`);
    else this.#replace(first, content);
  }

  /** Takes a package out, with the comment that stands directly above it. */
  remove(label: string): void {
    for (const entry of this.#entries) if (entry.label === label) this.#removeLines(entry);
  }

  text(): string {
    const result: { readonly line: string; readonly end: string | undefined }[] = [];
    for (let index = 0; index <= this.#lines.length; index++) {
      for (const { line } of this.#added.get(index) ?? []) result.push({ line, end: undefined });
      const line = this.#lines[index] ?? null;
      if (line !== null) result.push({ line, end: this.#ends[index] });
    }
    const [usualEnd = '\n'] = this.#ends;
    return result
      .map(({ line, end = usualEnd }, index) => (index === result.length - 1 ? line : line + end))
      .join('');
  }

  #at(index: number): string {
    return this.#lines[index] ?? '';
  }

  #indexesOf(key: 'covers' | 'extends' | 'packages'): number[] {
    return [...this.#lines.keys()].filter((index) => topLine.exec(this.#at(index))?.[2] === key);
  }

  /**
   * In place of the first line of its key, if that does not stand between packages that are joined. What people wrote
   * behind it stays.
   */
  #putHeader(key: 'covers' | 'extends', words: readonly string[]): void {
    const [packages = this.#lines.length, second] = this.#indexesOf('packages');
    const indexes = this.#indexesOf(key);
    const line = `${key}: [${words.map((word) => (isPlain(word) ? word : JSON.stringify(word))).join(', ')}]`;
    const [first] = indexes;
    const comment = first === undefined ? '' : commentOf(this.#at(first));
    for (const index of indexes) this.#removeValue(index);
    const stays = second === undefined || (first !== undefined && first < packages);
    if (first !== undefined && stays) this.#lines[first] = line + comment;
    else this.#insert(this.#aboveComment(packages), { label: '', line: line + comment });
  }

  #removeValue(start: number): void {
    const end = endOf(
      this.#lines.map((line) => line ?? ''),
      start,
    );
    for (let index = start; index < end; index++)
      if (index === start || !isComment(this.#at(index))) this.#lines[index] = null;
  }

  /** Takes a second `packages:` out, with the line above it that is written for Prettier alone. */
  #drop(index: number): void {
    this.#lines[index] = null;
    if (/^# prettier-ignore\s*$/.test(this.#at(index - 1))) this.#lines[index - 1] = null;
  }

  /** Takes out what says that `packages` holds nothing. */
  #open(index: number): void {
    const line = this.#at(index);
    const comment = commentOf(line);
    const value = line.slice(line.indexOf(':') + 1, line.length - comment.length).trim();
    if (['{}', '{ }', '~', 'null'].includes(value)) this.#lines[index] = `packages:${comment}`;
  }

  #aboveComment(index: number): number {
    let first = index;
    while (first > 0 && isComment(this.#at(first - 1))) first -= 1;
    return first === 0 ? index : first;
  }

  #add(label: string, line: string): void {
    const greater = this.#entries.find((entry) => compareKeys(entry.label, label) > 0);
    const last = this.#entries.at(-1);
    const [packages] = this.#indexesOf('packages');
    const index =
      greater?.commentStart ?? last?.end ?? (packages === undefined ? this.#openPackages() : packages + 1);
    if (packages !== undefined && last === undefined) this.#open(packages);
    this.#insert(index, { label, line });
  }

  /** @returns The index behind a new `packages:` at the end of the file. */
  #openPackages(): number {
    if (this.#lines.at(-1) === '') this.#lines.pop();
    this.#lines.push('# prettier-ignore', 'packages:', '');
    return this.#lines.length - 1;
  }

  #insert(index: number, added: NewLine): void {
    const lines = [...(this.#added.get(index) ?? []), added];
    this.#added.set(
      index,
      lines.toSorted((left, right) => compareKeys(left.label, right.label)),
    );
  }

  /** Comments inside an entry that took several lines stand above it then. */
  #replace({ label, start, end }: EntryLines, content: string): void {
    const comment = commentOf(this.#at(start)) || endComment(this.#at(end - 1));
    for (let index = start; index < end - 1; index++)
      if (!isComment(this.#at(index))) this.#lines[index] = null;
    this.#lines[end - 1] = `${this.#indent}${label}: ${content}${comment}`;
  }

  #removeLines({ commentStart, end }: EntryLines): void {
    for (let index = commentStart; index < end; index++) this.#lines[index] = null;
  }
}

function locate(entry: Entry, lines: readonly string[]): EntryLines {
  const start = entry.line - 1;
  let commentStart = start;
  while (commentStart > 0 && isComment(lines[commentStart - 1] ?? '')) commentStart -= 1;
  return { entry, label: packageLabel(entry), commentStart, start, end: endOf(lines, start) };
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** @returns What a person wrote behind the brace that ends an entry. */
function endComment(line: string): string {
  const comment = commentOf(line);
  return line
    .slice(0, line.length - comment.length)
    .trimEnd()
    .endsWith('}')
    ? comment
    : '';
}
