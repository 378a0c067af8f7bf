import type { Entry } from '../model/status.ts';
import { LineIndex } from '../text/lines.ts';
import { closestMatch } from '../text/nearest.ts';
import { entriesAt, scalarText, valueKind, type Entry as Member, type Node } from '../documents/document.ts';
import { faultsOf, quoteForMessage, type Problem } from '../documents/problems.ts';
import { readDataFile } from '../documents/data-file.ts';
import { checkEntry, type Field, type RawEntry } from './entry.ts';
import { wrongWithPath, type CoveredWord, type Extension, type WhitelistFile } from './file.ts';
import { isHeading, readHeadings, updateAdvice } from './headings.ts';
import { endOf } from './line.ts';
import { misleading } from './unseen.ts';

const topKeys = ['covers', 'extends', 'packages'];

/**
 * Reads any whitelist, and says of everything that is wrong where it stands.
 *
 * @param text Without a byte-order mark.
 */
export async function readWhitelistYaml(file: string, text: string): Promise<WhitelistFile> {
  const { root, problems } = await readDataFile('yaml', text);
  const reader = new YamlReader(file, text);
  for (const problem of [...problems, ...misleadingIn(text)]) reader.problems.push(problem);
  if (root !== undefined) reader.root(root);
  return {
    file,
    entries: reader.entries,
    covers: reader.covers,
    extends: reader.extends,
    faults: faultsOf({ kind: 'whitelist', file }, text, reader.problems),
    warnings: reader.warnings,
  };
}

/** Text that shows itself as another is no decision that anybody can review. */
function misleadingIn(text: string): Problem[] {
  const match = misleading.exec(text);
  // Other controls are told by whoever reads YAML.
  if (match === null || match[0].charCodeAt(0) < 0x80) return [];
  const code = match[0].charCodeAt(0).toString(16).padStart(4, '0');
  const message = `the invisible character U+${code.toUpperCase()} is not allowed`;
  return [{ at: match.index, message, next: `Delete it, or write "\\u${code}" between quotation marks.` }];
}

class YamlReader {
  readonly entries: Entry[] = [];
  readonly extends: Extension[] = [];
  readonly problems: Problem[] = [];
  readonly warnings: string[] = [];
  covers: CoveredWord[] | null = null;
  #hasHeading = false;
  readonly #file: string;
  readonly #text: string;
  readonly #lines: LineIndex;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  root(node: Node): void {
    const members = this.#members(node, 'Write packages: and below it a line for each package.');
    this.#warnOfTwins(members);
    for (const member of members) {
      const { key, value } = member;
      if (key.value === 'packages') this.#packages(value);
      else if (key.value === 'extends') this.#extends(value);
      else if (key.value === 'covers') this.#covers(value);
      else if (isHeading(key.value)) this.#heading(member);
      else this.#unknown(key);
    }
  }

  /** The form of version 0.1.0: read, so that it can be rewritten and compared, but never relied on. */
  #heading(member: Member): void {
    if (!this.#hasHeading)
      this.problems.push({
        at: member.key.at,
        message: `the heading “${member.key.value}” has the form of version 0.1.0`,
        next: updateAdvice,
      });
    this.#hasHeading = true;
    const locate = (at: number) => ({ file: this.#file, line: this.#lines.locate(at).line });
    for (const entry of readHeadings([member], locate)) this.entries.push(entry);
  }

  #packages(node: Node): void {
    const members = this.#members(node, 'Write each decision as npm:NAME: { approved: WHY }');
    for (const [index, member] of members.entries()) {
      const end = members[index + 1]?.key.at ?? this.#text.length;
      const problems = this.#package(member);
      // What seems wrong with an entry in which the grammar breaks mostly follows from that.
      const isBroken = this.problems.some(
        ({ at, breaks }) => breaks === true && at >= member.key.at && at <= end,
      );
      for (const problem of isBroken ? [] : problems) this.problems.push(problem);
    }
    this.#warnOfLongEntries(members);
  }

  /** @returns What is wrong with an entry. */
  #package({ key, value }: Member): Problem[] {
    if (!isMapOrEmpty(value)) {
      const next = 'Write what was decided as a map: { approved: WHY }';
      return [{ at: value.at, message: `expected a map, found ${valueKind(value)}`, next }];
    }
    const problems: Problem[] = [];
    const raw: RawEntry = {
      key: key.value,
      isQuoted: /["']/.test(this.#text.charAt(key.at)),
      at: key.at,
      fields: entriesAt(value).map((field) => this.#field(field, problems)),
    };
    const where = { file: this.#file, line: this.#lines.locate(key.at).line };
    const entry = checkEntry(raw, where, (problem) => problems.push(problem));
    if (entry !== null) this.entries.push(entry);
    return problems;
  }

  /** Two branches can only be joined line by line where each decision has one. */
  #warnOfLongEntries(members: readonly Member[]): void {
    const lines = this.#text.split(/\r?\n/);
    for (const {
      key: { value: key, at },
    } of members) {
      const { line, column } = this.#lines.locate(at);
      const isFirst = /^[ ?]*$/.test(lines[line - 1]?.slice(0, column - 1) ?? '');
      if (isFirst && endOf(lines, line - 1) > line)
        this.warnings.push(
          `${this.#file}:${line}: ${quoteForMessage(key)} spans several lines, which a merge can split; the next edit joins them`,
        );
    }
  }

  #field({ key: { value: key, at: keyAt }, value: node }: Member, problems: Problem[]): Field {
    const { at } = node;
    if (node.kind === 'list') return { key, keyAt, at, value: itemsOf(node, problems) };
    if (node.kind === 'table') return { key, keyAt, at, value: undefined };
    const isFlag = key === 'unverified' && typeof node.value === 'boolean';
    return { key, keyAt, at, value: isFlag ? node.value : (scalarText(node) ?? null) };
  }

  #covers(node: Node): void {
    const words = itemsOf(node, this.problems).map(({ at, text }) => ({
      word: text,
      ...this.#lines.locate(at),
    }));
    this.covers = [...(this.covers ?? []), ...words];
  }

  #extends(node: Node): void {
    for (const { at, text: path } of itemsOf(node, this.problems)) {
      const wrong = wrongWithPath(path);
      if (wrong === undefined) this.extends.push({ path, ...this.#lines.locate(at) });
      else {
        const message = `the path ${quoteForMessage(path)} ${wrong}`;
        this.problems.push({ at, message, next: 'Name a file of this repository.' });
      }
    }
  }

  /** @returns The members of a map, none of an empty value; anything else is a problem. */
  #members(node: Node, next: string): readonly Member[] {
    if (!isMapOrEmpty(node))
      this.problems.push({ at: node.at, message: `expected a map, found ${valueKind(node)}`, next });
    return entriesAt(node);
  }

  #unknown({ value: key, at }: Member['key']): void {
    const meant = closestMatch(key, topKeys);
    const next = meant === undefined ? `Keys here are ${topKeys.join(', ')}.` : `Did you mean “${meant}”?`;
    this.problems.push({ at, message: `unknown key ${quoteForMessage(key)}`, next });
  }

  /** A union merge may leave a key twice; both count. */
  #warnOfTwins(members: readonly Member[]): void {
    const previousKeys = new Set<string>();
    for (const {
      key: { value: key, at },
    } of members) {
      if (previousKeys.has(key) && topKeys.includes(key)) {
        const { line } = this.#lines.locate(at);
        this.warnings.push(
          `${this.#file}:${line}: ${quoteForMessage(key)} is a duplicate key; both parts count, and the next edit joins them`,
        );
      }
      previousKeys.add(key);
    }
  }
}

function isMapOrEmpty(node: Node): boolean {
  return node.kind === 'table' || (node.kind === 'other' && node.value === null);
}

/** @returns The texts of a list, or the one that stands in place of a list; anything else is a problem. */
function itemsOf(node: Node, problems: Problem[]): { at: number; text: string }[] {
  return (node.kind === 'list' ? node.items : [node]).flatMap((item) => {
    const text = scalarText(item);
    if (text !== undefined) return [{ at: item.at, text }];
    const message = `expected a name, found ${valueKind(item)}`;
    problems.push({ at: item.at, message, next: 'Write a name.' });
    return [];
  });
}
