import { findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import type { Entry, Section } from '../model/standing.ts';
import { leavesRepository } from '../text/inside.ts';
import type { Problem } from '../text/tree.ts';
import { checkEntry, type Field } from './entry.ts';
import { findSection, type Extension } from './file.ts';
import { Scanner } from './scanner.ts';

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
  for (const [index, line] of text.split('\n').entries()) {
    const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (!reader.take(bare, index + 1)) return undefined;
  }
  return reader;
}

interface FastRead {
  readonly entries: readonly Entry[];
  readonly extends: readonly Extension[];
}

/** An open block map: what its keys belong to, and the column in which they all begin. */
interface Level<T> {
  readonly owner: T;
  indent: number | null;
}

class Lines {
  readonly entries: Entry[] = [];
  readonly extends: Extension[] = [];
  readonly #file: string;
  readonly #seen = new Set<string>();
  #section: Level<Section> | null = null;
  #ecosystem: Level<Ecosystem> | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns Whether the line was understood. */
  take(line: string, number: number): boolean {
    const scanner = new Scanner(line);
    const indent = scanner.spaces();
    if (scanner.atEnd() || scanner.comment()) return true;
    const key = scanner.key();
    if (key === undefined) return false;
    if (indent === 0 && key === 'extends') return this.#extends(number, scanner);
    if (indent === 0) return this.#openSection(key, scanner);
    if (this.#section === null) return false;
    if (this.#ecosystem === null || indent === this.#section.indent) {
      return this.#openEcosystem(key, indent, scanner);
    }
    return this.#package(key, { indent, number, scanner });
  }

  #extends(line: number, scanner: Scanner): boolean {
    const paths = listOf(scanner);
    if (paths === undefined || !scanner.restIsComment() || !this.#isNew('extends')) return false;
    this.#section = null;
    this.extends.push(...paths.map(({ at, text }) => ({ path: text, line, column: at + 1 })));
    return this.extends.every(({ path }) => leavesRepository(path) === undefined);
  }

  #openSection(key: string, scanner: Scanner): boolean {
    const section = findSection(key);
    const opened = section === undefined ? undefined : scanner.emptyMap();
    if (section === undefined || opened === undefined || !this.#isNew(section)) return false;
    this.#section = opened === 'null' ? { owner: section, indent: null } : null;
    this.#ecosystem = null;
    return true;
  }

  #openEcosystem(key: string, indent: number, scanner: Scanner): boolean {
    const section = this.#section;
    if (section === null || (section.indent ??= indent) !== indent) return false;
    const ecosystem = findEcosystem(key);
    const opened = ecosystem === undefined ? undefined : scanner.emptyMap();
    if (ecosystem === undefined || opened === undefined) return false;
    if (!this.#isNew(`${section.owner} ${ecosystem.id}`)) return false;
    // A closed ecosystem keeps its place, with an indentation that no line can have.
    this.#ecosystem = { owner: ecosystem, indent: opened === 'null' ? null : -1 };
    return true;
  }

  #package(name: string, line: { indent: number; number: number; scanner: Scanner }): boolean {
    const { indent, number, scanner } = line;
    const [section, ecosystem] = [this.#section, this.#ecosystem];
    if (section === null || ecosystem === null || indent <= (section.indent ?? 0)) return false;
    if ((ecosystem.indent ??= indent) !== indent) return false;
    const fields = fieldsOf(scanner);
    if (fields === undefined) return false;
    const flaws: Problem[] = [];
    const raw = { section: section.owner, ecosystem: ecosystem.owner, name, at: 0, fields };
    const entry = checkEntry(raw, { file: this.#file, line: number }, (flaw) => flaws.push(flaw));
    this.entries.push(entry);
    return flaws.length === 0 && this.#isNew(`${entry.section} ${entry.ecosystem} ${entry.name}`);
  }

  #isNew(key: string): boolean {
    const before = this.#seen.size;
    return this.#seen.add(key).size > before;
  }
}

/** @returns The fields of a map on one line, or undefined where the line holds anything else. */
function fieldsOf(scanner: Scanner): Field[] | undefined {
  if (scanner.emptyMap() !== undefined) return [];
  if (!scanner.open('{')) return undefined;
  const fields: Field[] = [];
  do {
    const key = scanner.field();
    const value = key === undefined ? undefined : valueOf(key, scanner);
    if (key === undefined || value === undefined) return undefined;
    fields.push({ key, keyAt: 0, at: 0, value });
  } while (scanner.comma());
  return scanner.close('}') && scanner.restIsComment() ? fields : undefined;
}

function valueOf(key: string, scanner: Scanner): Field['value'] | undefined {
  if (key === 'unverified') return scanner.flag();
  return key === 'imports' ? listOf(scanner) : scanner.scalar();
}

/** @returns The scalars of a list on one line; `at` is their column, counted from 0. */
function listOf(scanner: Scanner): { at: number; text: string }[] | undefined {
  if (!scanner.open('[')) return undefined;
  const items: { at: number; text: string }[] = [];
  if (scanner.close(']')) return items;
  do {
    scanner.spaces();
    const { at } = scanner;
    const text = scanner.scalar();
    if (text === undefined) return undefined;
    items.push({ at, text });
  } while (scanner.comma());
  return scanner.close(']') ? items : undefined;
}
