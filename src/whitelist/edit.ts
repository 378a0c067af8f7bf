import { findEcosystem } from '../ecosystems/index.ts';
import type { Fault } from '../model/fault.ts';
import type { EcosystemId } from '../model/package.ts';
import type { Entry, Section } from '../model/status.ts';
import { isScopePattern } from './entry.ts';
import { sections } from './file.ts';
import { Inserter, type Addition, type Style } from './insert.ts';
import { layoutOf, type Level, type Slot } from './layout.ts';
import { compareNames, ecosystemOrder, nameOrder, sectionOrder } from './order.ts';
import { readWhitelist, withoutMark } from './read.ts';
import { removeSlots } from './remove.ts';
import { applySplices, columnOf, type TextEdit } from '../text/text-edit.ts';
import { withoutEmptied, type MapAddress } from './tidy.ts';
import { writeContent, writeKey, type EntryContent } from './write.ts';

/** Which entry an edit is about. The name may be written in any spelling of its ecosystem. */
export interface EntryAddress {
  readonly section: Section;
  readonly ecosystem: EcosystemId;
  readonly name: string;
}

/**
 * `put` adds an entry, or replaces everything that the one which is there says; `remove` takes it out,
 * wherever it stands twice too. A move between sections is both.
 */
export type Edit =
  | (EntryAddress & { readonly kind: 'put'; readonly content: EntryContent })
  | (EntryAddress & { readonly kind: 'remove' });

export type Edited =
  { readonly kind: 'edited'; readonly text: string } | { readonly kind: 'refused'; readonly fault: Fault };

/** What a new file begins with. */
const header = [
  '# Packages that people decided about. Imports of any other package stop at the pre-commit hook.',
  '# approved: may be used. denied: may not. baseline: was in use before. requested: someone asks for it.',
];

/**
 * Edits a whitelist as a careful person would: outside the entries that change, every byte stays. New
 * entries take one line each, in their place where the section is sorted, else at its end.
 *
 * @param text The file's content, or null where there is no file yet.
 * @returns The new content. A file with faults is refused, and so is an edit that would not be read as
 * it was meant (a date that is none, a form of YAML in which nobody can splice).
 */
export async function edit(file: string, text: string | null, edits: readonly Edit[]): Promise<Edited> {
  const mark = text?.startsWith('\ufeff') === true ? '\ufeff' : '';
  const old = withoutMark(text ?? header.map((line) => `${line}\n`).join(''));
  const before = await readWhitelist(file, old);
  const [fault] = before.faults;
  if (fault !== undefined) return { kind: 'refused', fault };
  const wanted = new Map(edits.map((one) => [addressOf(one), one]));
  const edited = await splice(old, [...wanted.values()]);
  const after = await readWhitelist(file, edited);
  const [wrong] = after.faults;
  if (wrong !== undefined) return refuse(file, `the edit was not made: ${wrong.message}`, wrong.next);
  if (!sameEntries(after.entries, expected(before.entries, wanted))) {
    const message = 'the file is written in a way in which this edit can’t be made safely';
    return refuse(file, message, 'Write each package on a line of its own, or edit the file by hand.');
  }
  return { kind: 'edited', text: mark + edited };
}

function refuse(file: string, message: string, next: string): Edited {
  return { kind: 'refused', fault: { kind: 'whitelist', file, line: null, column: null, message, next } };
}

/** Replaces and removes first, so that what is added finds its neighbours as they will be. */
async function splice(text: string, edits: readonly Edit[]): Promise<string> {
  const layout = await layoutOf(text);
  const { splices, missing, emptied } = changes(text, mapsOf(layout), edits);
  const changed = applySplices(text, splices);
  if (missing.length === 0) return withoutEmptied(changed, emptied);
  const level = splices.length === 0 ? layout : await layoutOf(changed);
  const inserter = new Inserter(changed, styleOf(changed, level), [sectionOrder, ecosystemOrder, nameOrder]);
  inserter.add(level, additionsOf(missing));
  return withoutEmptied(applySplices(changed, inserter.splices), emptied);
}

/** The packages of one ecosystem in one section. */
interface PackageMap extends MapAddress {
  readonly slot: Slot;
  readonly byAddress: ReadonlyMap<string, readonly Slot[]>;
}

function mapsOf(root: Level): PackageMap[] {
  return childrenOf(root).flatMap((section) =>
    childrenOf(section.value).map((slot) => {
      const byAddress = new Map<string, Slot[]>();
      for (const entry of childrenOf(slot.value)) {
        const address = addressOf({ section: section.key, ecosystem: slot.key, name: entry.key });
        const slots = byAddress.get(address);
        if (slots === undefined) byAddress.set(address, [entry]);
        else slots.push(entry);
      }
      return { section: section.key, ecosystem: slot.key, slot, byAddress };
    }),
  );
}

function childrenOf(level: Level): readonly Slot[] {
  return level.kind === 'block' || level.kind === 'flow' ? level.slots : [];
}

/** @returns How to replace and remove what is there, the maps that lose everything, and the entries that are not there. */
function changes(
  text: string,
  maps: readonly PackageMap[],
  edits: readonly Edit[],
): { splices: TextEdit[]; missing: Edit[]; emptied: MapAddress[] } {
  const gone = new Set<Slot>();
  const splices: TextEdit[] = [];
  const missing: Edit[] = [];
  for (const one of edits) {
    const slots = maps.flatMap(({ byAddress }) => byAddress.get(addressOf(one)) ?? []);
    const [first, ...twins] = slots;
    for (const slot of one.kind === 'remove' ? slots : twins) gone.add(slot);
    if (one.kind === 'remove') continue;
    if (first === undefined) missing.push(one);
    else splices.push({ start: first.colon, end: first.end, text: ` ${writeContent(one.content)}` });
  }
  const emptied: MapAddress[] = [];
  for (const map of maps) {
    const all = childrenOf(map.slot.value);
    const here = new Set(all.filter((one) => gone.has(one)));
    for (const splice of removeSlots(text, map.slot, here)) splices.push(splice);
    if (here.size > 0 && here.size === all.length) emptied.push(map);
  }
  return { splices, missing, emptied };
}

function additionsOf(edits: readonly Edit[]): Addition[] {
  return sections.flatMap((section) => {
    const here = edits.filter((one) => one.section === section);
    const ids = [...new Set(here.map(({ ecosystem }) => ecosystem))].toSorted();
    const value = ids.map((id) => {
      const packages = here.flatMap((one) => (one.ecosystem === id ? packageOf(one) : []));
      return {
        name: id,
        key: id,
        value: packages.toSorted((one, other) => compareNames(one.name, other.name)),
      };
    });
    return value.length === 0 ? [] : [{ name: section, key: section, value }];
  });
}

function packageOf(one: Edit): Addition[] {
  if (one.kind === 'remove') return [];
  const name = canonical(one);
  return [{ name, key: writeKey(name), value: writeContent(one.content) }];
}

function styleOf(text: string, root: Level): Style {
  const nested = childrenOf(root).find(({ value }) => value.kind === 'block');
  const inner = nested === undefined ? undefined : childrenOf(nested.value)[0];
  const step =
    nested === undefined || inner === undefined
      ? 2
      : columnOf(text, inner.start) - columnOf(text, nested.start);
  return { eol: /\r?\n/.exec(text)?.[0] ?? '\n', step: Math.max(step, 1) };
}

function canonical({ ecosystem, name }: Omit<EntryAddress, 'section'>): string {
  return isScopePattern(name) ? name : (findEcosystem(ecosystem)?.canonical(name) ?? name);
}

function addressOf(address: Omit<EntryAddress, 'section'> & { readonly section: string }): string {
  return `${address.section} ${address.ecosystem} ${canonical(address)}`;
}

function expected(before: readonly Entry[], edits: ReadonlyMap<string, Edit>): Entry[] {
  const kept = before.filter((entry) => !edits.has(addressOf(entry)));
  const put = [...edits.values()].flatMap((one) => (one.kind === 'put' ? entryOf(one) : []));
  return [...kept, ...put];
}

function entryOf(one: Extract<Edit, { kind: 'put' }>): Entry {
  const { section, ecosystem, content } = one;
  const { source = null, reason = null, use = null, by = null, date = null, expires = null } = content;
  const { created = null, repository = null, despite = null, unverified = false } = content;
  const imports = (content.imports ?? []).map((module) => module.normalize('NFKC'));
  const decided = { source, reason, use, by, date, expires };
  const told = { created, repository, despite, unverified };
  return { section, ecosystem, name: canonical(one), imports, ...decided, ...told, file: '', line: 0 };
}

/** Compares everything but the lines, which edits move. */
function sameEntries(some: readonly Entry[], others: readonly Entry[]): boolean {
  const [one, other] = [some, others].map((entries) => entries.map(fingerprint).toSorted());
  return JSON.stringify(one) === JSON.stringify(other);
}

function fingerprint(entry: Entry): string {
  const { imports, source, reason, by, date, expires, use, created, repository, despite, unverified } = entry;
  const decided = [imports, source, reason, by, date, expires, use];
  return JSON.stringify([addressOf(entry), ...decided, created, repository, despite, unverified]);
}
