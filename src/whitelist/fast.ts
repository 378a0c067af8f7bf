import { findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import type { Problem } from '../documents/checked.ts';
import { checkEntry } from './entry.ts';
import { findSection, wrongWithPath, type Extension } from './file.ts';
import { readExtends, readFields, readHead, type Head } from './line.ts';
import { readUsual, type UsualEntry } from './usual.ts';

/** Anything that YAML treats specially and our commands never write: controls, tabs, odd line ends, a later BOM. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const unusual = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff]|\r(?!\n)/;

/**
 * Reads the form that our commands write (a line for each section, ecosystem and package) without a
 * YAML library. The full reader gives the same entries for every text that this one understands.
 *
 * @param text Without a byte-order mark.
 * @returns The entries, or undefined for everything else, also for anything that is wrong.
 */
export function readFast(file: string, text: string): FastRead | undefined {
  if (unusual.test(text)) return undefined;
  const reader = new Lines(file);
  let number = 0;
  for (const line of text.replaceAll('\r\n', '\n').split('\n'))
    if (!reader.take(line, (number += 1))) return undefined;
  return reader;
}

interface FastRead {
  readonly entries: readonly Entry[];
  readonly extends: readonly Extension[];
}

/** An open block map: what its keys belong to, the column in which they all begin, and those that it has. */
interface Level<T> {
  readonly owner: T;
  indent: number | null;
  readonly keys: Set<string>;
}

function levelOf<T>(owner: T, indent: number | null): Level<T> {
  return { owner, indent, keys: new Set() };
}

class Lines {
  readonly entries: Entry[] = [];
  readonly extends: Extension[] = [];
  readonly #file: string;
  readonly #keys = new Set<string>();
  #section: Level<EntryKind> | null = null;
  #ecosystem: Level<Ecosystem> | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns Whether the line was understood. */
  take(line: string, number: number): boolean {
    const usual = this.#usual(line, number);
    if (usual) return this.#keep(usual.entry, usual.indent);
    if (/^ *(?:$|#)/.test(line)) return true;
    const head = readHead(line);
    if (head === undefined) return this.#extends(line, number);
    if (head.indent === 0) return this.#openSection(head);
    if (this.#section === null) return false;
    if (this.#ecosystem === null || head.indent === this.#section.indent) return this.#openEcosystem(head);
    return this.#package(head, line, number);
  }

  #extends(text: string, line: number): boolean {
    const paths = readExtends(text);
    if (paths === undefined || !isNew('extends', this.#keys)) return false;
    this.#section = null;
    for (const { at, text: path } of paths) this.extends.push({ path, line, column: at + 1 });
    return this.extends.every(({ path }) => wrongWithPath(path) === undefined);
  }

  #openSection({ key, value }: Head): boolean {
    const section = findSection(key);
    if (section === undefined || typeof value === 'object' || !isNew(section, this.#keys)) return false;
    this.#section = value === 'nothing' ? levelOf(section, null) : null;
    this.#ecosystem = null;
    return true;
  }

  #openEcosystem({ key, indent, value }: Head): boolean {
    const section = this.#section;
    if (section === null || (section.indent ??= indent) !== indent) return false;
    const ecosystem = findEcosystem(key);
    if (ecosystem === undefined || typeof value === 'object') return false;
    if (!isNew(ecosystem.id, section.keys)) return false;
    // A closed ecosystem keeps its place, with an indentation that no line can have.
    this.#ecosystem = levelOf(ecosystem, value === 'nothing' ? null : -1);
    return true;
  }

  #usual(line: string, number: number): UsualEntry | undefined {
    if (this.#ecosystem === null || this.#section?.owner !== 'approved') return undefined;
    return readUsual(line, this.#ecosystem.owner, { file: this.#file, line: number });
  }

  #package({ key: name, indent, value }: Head, text: string, line: number): boolean {
    const [section, ecosystem] = [this.#section, this.#ecosystem];
    if (section === null || ecosystem === null) return false;
    const fields = typeof value === 'object' ? readFields(text, value.at) : [];
    if (fields === undefined) return false;
    const flaws: Problem[] = [];
    const raw = { section: section.owner, ecosystem: ecosystem.owner, name, at: 0, fields };
    const entry = checkEntry(raw, { file: this.#file, line }, (flaw) => flaws.push(flaw));
    return flaws.length === 0 && this.#keep(entry, indent);
  }

  /** @returns Whether an entry may stand in this column, and stands there for the first time. */
  #keep(entry: Entry, indent: number): boolean {
    const ecosystem = this.#ecosystem;
    if (ecosystem === null || indent <= (this.#section?.indent ?? 0)) return false;
    if ((ecosystem.indent ??= indent) !== indent) return false;
    this.entries.push(entry);
    return isNew(entry.name, ecosystem.keys);
  }
}

/** @returns Whether a key was not there yet; it is from now on. */
function isNew(key: string, keys: Set<string>): boolean {
  const previousSize = keys.size;
  return keys.add(key).size > previousSize;
}
