import { pypi } from '../names.ts';
import type { NonEmpty } from '../../../model/text.ts';
import { Family, isPattern } from './families.ts';

/** A module of the text, or a family of them (`google.cloud.*`), and the names to the left of the colon. */
export type CatalogueEntry = readonly [module: string, distributions: string];

/** The text by distribution. */
export interface Providers {
  /** The modules that are listed for a distribution. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
  readonly families: readonly Family[];
}

function providersIn(text: string): Providers {
  const entries = text.split('\n').flatMap(entriesOf);
  const listed = new Map<string, string[]>();
  for (const [module, names] of entries.filter(([module]) => !isPattern(module)))
    for (const name of new Set(namesIn(names))) listed.set(name, [...(listed.get(name) ?? []), module]);
  const patterns = entries.filter(([module]) => isPattern(module));
  return { listed, families: patterns.map(([module, names]) => new Family(module, namesIn(names))) };
}

/** So many searches of the text take as long as an index of it: whoever asks more often gets one. */
const MOST_SEARCHES = 32;

/** The lines of a module map, as they are asked for. */
export class Catalogue {
  readonly #text: string;
  readonly #listings = new Map<string, readonly CatalogueEntry[]>();
  #searches = 0;
  #index: CatalogueIndex | undefined;
  #providers: Providers | undefined;
  #spellings: ReadonlyMap<string, string> | undefined;

  /** @param text Lines in the form of `ModuleMap`. */
  constructor(text: string) {
    this.#text = text;
  }

  providers(): Providers {
    this.#providers ??= providersIn(this.#text);
    return this.#providers;
  }

  /** @returns The entries of a top-level module and of what lies below it. */
  below(top: string): readonly CatalogueEntry[] {
    const index = this.#indexWhereAsked();
    if (index !== null) return index.byTop.get(top) ?? [];
    return linesNaming(top, this.#text).flatMap(entriesOf).filter(isBelow(top));
  }

  /** @returns The entries of a distribution (canonical name), but for families. */
  listing(distribution: string): readonly CatalogueEntry[] {
    const cached = this.#listings.get(distribution);
    if (cached) return cached;
    const index = this.#indexWhereAsked();
    if (index !== null) return index.byDistribution.get(distribution) ?? [];
    const listing = linesListing(distribution, this.#text)
      .flatMap(entriesOf)
      .filter(([module, names]) => !isPattern(module) && namesIn(names).includes(distribution));
    this.#listings.set(distribution, listing);
    return listing;
  }

  /** @returns The distributions of the first top-level module whose name is the same to an index (PEP 503). */
  spelledLike(name: string): readonly string[] {
    this.#spellings ??= spellingsIn(this.#text);
    const distributions = this.#spellings.get(pypi.canonical(name));
    return distributions === undefined ? [] : namesIn(distributions);
  }

  #indexWhereAsked(): CatalogueIndex | null {
    this.#searches += 1;
    if (this.#searches <= MOST_SEARCHES) return null;
    this.#index ??= indexOf(this.#text);
    return this.#index;
  }
}

interface CatalogueIndex {
  readonly byTop: ReadonlyMap<string, readonly CatalogueEntry[]>;
  readonly byDistribution: ReadonlyMap<string, readonly CatalogueEntry[]>;
}

function indexOf(text: string): CatalogueIndex {
  const byTop = new Map<string, CatalogueEntry[]>();
  const byDistribution = new Map<string, CatalogueEntry[]>();
  for (const entry of text.split('\n').flatMap(entriesOf)) {
    const [module, names] = entry;
    const [top = ''] = module.split('.', 1);
    addTo(byTop, top, entry);
    if (!isPattern(module)) for (const name of new Set(namesIn(names))) addTo(byDistribution, name, entry);
  }
  return { byTop, byDistribution };
}

function addTo(entries: Map<string, CatalogueEntry[]>, key: string, entry: CatalogueEntry): void {
  const list = entries.get(key);
  if (list === undefined) entries.set(key, [entry]);
  else list.push(entry);
}

/** @returns The names to the left of the first top-level module of each spelling (PEP 503). */
function spellingsIn(text: string): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const [module, distributions] of text.split('\n').flatMap(entriesOf)) {
    if (module.includes('.')) continue;
    const spelling = pypi.canonical(module);
    if (!spellings.has(spelling)) spellings.set(spelling, distributions);
  }
  return spellings;
}

/** @returns The lines with a module that is a name or lies below it. */
function linesNaming(name: string, text: string): readonly string[] {
  return linesHolding(` ${name}`, text, (_, end) => /[ .\n]/.test(text[end] ?? '\n'));
}

/** @returns The lines whose left side holds a distribution. */
function linesListing(distribution: string, text: string): readonly string[] {
  return linesHolding(`${distribution} `, text, (start) => /[ \n]/.test(text[start - 1] ?? '\n'));
}

/** @param isWhole Is what stands from one offset to another a word of its own? */
function linesHolding(
  part: string,
  text: string,
  isWhole: (start: number, end: number) => boolean,
): readonly string[] {
  const lines: string[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!isWhole(at, at + part.length)) continue;
    const begin = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    lines.push(text.slice(begin, end < 0 ? text.length : end));
    if (end < 0) break;
    at = end;
  }
  return lines;
}

function entriesOf(line: string): readonly CatalogueEntry[] {
  const colon = line.indexOf(' : ');
  if (colon < 0) return [];
  const modules = line.slice(colon + 3).split(' ');
  return modules.map((module) => [module, line.slice(0, colon)] as const);
}

/** @returns A test whether an entry is of a top-level module or lies below it. */
export function isBelow(top: string): (entry: readonly [string, unknown]) => boolean {
  return ([module]) => module === top || module.startsWith(`${top}.`);
}

/** @returns The names of a list that blanks part. */
export function namesIn(list: string): NonEmpty<string> {
  const [first = '', ...alternatives] = list.split(' ');
  return [first, ...alternatives];
}
