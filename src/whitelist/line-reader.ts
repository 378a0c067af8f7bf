import type { Entry } from '../model/status.ts';
import type { Problem } from '../documents/problems.ts';
import { checkEntry } from './entry.ts';
import { wrongWithPath, type CoveredWord, type Extension } from './file.ts';
import { readFields, readHead, readList } from './line.ts';
import { misleading } from './unseen.ts';
import { readUsualLine } from './usual-line.ts';

/** Anything that YAML treats specially and our commands never write, beside what is misleading: tabs, a no-break space. */
const unusual = /[\t\xa0]/;

/** What a text says, line by line. */
export interface LineRead {
  readonly entries: readonly Entry[];
  readonly covers: readonly CoveredWord[] | null;
  readonly extends: readonly Extension[];
}

/**
 * Reads the form that our commands write, a line for each package, without a YAML library. The YAML reader gives
 * the same entries for every text that this one understands.
 *
 * @param text Without a byte-order mark.
 * @returns The entries, or undefined for everything else, also for anything that is wrong.
 */
export function readLines(file: string, text: string): LineRead | undefined {
  if (misleading.test(text) || unusual.test(text)) return undefined;
  const reader = new LineReader(file);
  let number = 0;
  for (const line of text.replaceAll('\r\n', '\n').split('\n'))
    if (!reader.take(line, (number += 1))) return undefined;
  return reader;
}

class LineReader {
  readonly entries: Entry[] = [];
  readonly extends: Extension[] = [];
  covers: CoveredWord[] | null = null;
  readonly #file: string;
  readonly #keys = new Set<string>();
  #inPackages = false;
  /** The column in which all entries begin. */
  #indent: number | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns Whether the line was understood. */
  take(line: string, number: number): boolean {
    if (this.#inPackages) {
      const usual = readUsualLine(line, { file: this.#file, line: number });
      if (usual) return this.#keep(usual.entry, usual.indent);
    }
    if (/^ *(?:$|#)/.test(line)) return true;
    if (!line.startsWith(' ')) return this.#topLevel(line, number);
    return this.#inPackages && this.#package(line, number);
  }

  #topLevel(line: string, number: number): boolean {
    this.#inPackages = false;
    const list = readList(line);
    const key = list?.key ?? 'packages';
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (list !== undefined) return this.#list(list, number);
    if (!/^packages:(?: +\{\})? *(?:$| #)/.test(line)) return false;
    this.#inPackages = !line.includes('{}');
    return true;
  }

  #list({ key, items }: NonNullable<ReturnType<typeof readList>>, line: number): boolean {
    if (key === 'covers') {
      this.covers = items.map(({ at, text: word }) => ({ word, line, column: at + 1 }));
      return true;
    }
    for (const { at, text: path } of items) this.extends.push({ path, line, column: at + 1 });
    return this.extends.every(({ path }) => wrongWithPath(path) === undefined);
  }

  #package(line: string, number: number): boolean {
    const head = readHead(line);
    const fields = head === undefined ? undefined : readFields(line, head.at);
    if (head === undefined || fields === undefined) return false;
    const problems: Problem[] = [];
    const raw = { key: head.key, isQuoted: false, at: 0, fields };
    const entry = checkEntry(raw, { file: this.#file, line: number }, (problem) => problems.push(problem));
    return entry !== null && problems.length === 0 && this.#keep(entry, head.indent);
  }

  /** @returns Whether an entry may stand in this column. */
  #keep(entry: Entry, indent: number): boolean {
    if ((this.#indent ??= indent) !== indent) return false;
    this.entries.push(entry);
    return true;
  }
}
