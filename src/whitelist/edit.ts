import { findEcosystem } from '../ecosystems/index.ts';
import type { Fault } from '../model/fault.ts';
import type { EcosystemId } from '../model/package.ts';
import type { Entry, EntryKind } from '../model/status.ts';
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
  readonly section: EntryKind;
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
  const originalFile = await readWhitelist(file, old);
  const [fault] = originalFile.faults;
  if (fault !== undefined) return { kind: 'refused', fault };
  const editsByAddress = new Map(edits.map((entryEdit) => [addressOf(entryEdit), entryEdit]));
  const edited = await splice(old, [...editsByAddress.values()]);
  const editedFile = await readWhitelist(file, edited);
  const [wrong] = editedFile.faults;
  if (wrong !== undefined) return refuse(file, `the edit was not made: ${wrong.message}`, wrong.next);
  if (!sameEntries(editedFile.entries, expected(originalFile.entries, editsByAddress))) {
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
  const removedSlots = new Set<Slot>();
  const splices: TextEdit[] = [];
  const missing: Edit[] = [];
  for (const entryEdit of edits) {
    const slots = maps.flatMap(({ byAddress }) => byAddress.get(addressOf(entryEdit)) ?? []);
    const [first, ...twins] = slots;
    for (const slot of entryEdit.kind === 'remove' ? slots : twins) removedSlots.add(slot);
    if (entryEdit.kind === 'remove') continue;
    if (first === undefined) missing.push(entryEdit);
    else splices.push({ start: first.colon, end: first.end, text: ` ${writeContent(entryEdit.content)}` });
  }
  const emptied: MapAddress[] = [];
  for (const map of maps) {
    const all = childrenOf(map.slot.value);
    const mapRemovals = new Set(all.filter((slot) => removedSlots.has(slot)));
    for (const splice of removeSlots(text, map.slot, mapRemovals)) splices.push(splice);
    if (mapRemovals.size > 0 && mapRemovals.size === all.length) emptied.push(map);
  }
  return { splices, missing, emptied };
}

function additionsOf(edits: readonly Edit[]): Addition[] {
  return sections.flatMap((section) => {
    const sectionEdits = edits.filter((entryEdit) => entryEdit.section === section);
    const ids = [...new Set(sectionEdits.map(({ ecosystem }) => ecosystem))].toSorted();
    const value = ids.map((id) => {
      const packages = sectionEdits.flatMap((entryEdit) =>
        entryEdit.ecosystem === id ? packageOf(entryEdit) : [],
      );
      return {
        name: id,
        key: id,
        value: packages.toSorted((left, right) => compareNames(left.name, right.name)),
      };
    });
    return value.length === 0 ? [] : [{ name: section, key: section, value }];
  });
}

function packageOf(entryEdit: Edit): Addition[] {
  if (entryEdit.kind === 'remove') return [];
  const name = canonical(entryEdit);
  return [{ name, key: writeKey(name), value: writeContent(entryEdit.content) }];
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

function expected(originalEntries: readonly Entry[], edits: ReadonlyMap<string, Edit>): Entry[] {
  const uneditedEntries = originalEntries.filter(
    (entry) => !edits.has(addressOf({ ...entry, section: entry.kind })),
  );
  const put = [...edits.values()].flatMap((entryEdit) =>
    entryEdit.kind === 'put' ? entryOf(entryEdit) : [],
  );
  return [...uneditedEntries, ...put];
}

function entryOf(entryEdit: Extract<Edit, { kind: 'put' }>): Entry {
  const { section, ecosystem, content } = entryEdit;
  const { source = null, reason = null, use = null, by = null, date = null, expires = null } = content;
  const { created = null, repository = null, despite = null, unverified = false } = content;
  const imports = (content.imports ?? []).map((module) => module.normalize('NFKC'));
  const decided = { source, reason, use, by, date, expires };
  const evidenceFields = { created, repository, despite, unverified };
  return {
    kind: section,
    ecosystem,
    name: canonical(entryEdit),
    imports,
    ...decided,
    ...evidenceFields,
    file: '',
    line: 0,
  };
}

/** Compares everything but the lines, which edits move. */
function sameEntries(left: readonly Entry[], right: readonly Entry[]): boolean {
  const [leftFingerprints, rightFingerprints] = [left, right].map((entries) =>
    entries.map(fingerprint).toSorted(),
  );
  return JSON.stringify(leftFingerprints) === JSON.stringify(rightFingerprints);
}

function fingerprint(entry: Entry): string {
  const { imports, source, reason, by, date, expires, use, created, repository, despite, unverified } = entry;
  const decided = [imports, source, reason, by, date, expires, use];
  return JSON.stringify([
    addressOf({ ...entry, section: entry.kind }),
    ...decided,
    created,
    repository,
    despite,
    unverified,
  ]);
}
