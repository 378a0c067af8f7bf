import { findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { closestMatch } from '../text/nearest.ts';
import { quoteForMessage, type Problem } from '../documents/problems.ts';
import { isDate } from './date.ts';
import { isScopePattern, readKey } from './key.ts';
import { exampleOf, writeEntry } from './write.ts';

/** The value of one key of an entry. `at` is its offset; null stands for an empty value, undefined for a map. */
export interface Field {
  readonly key: string;
  readonly keyAt: number;
  readonly at: number;
  readonly value:
    string | boolean | null | undefined | readonly { readonly at: number; readonly text: string }[];
}

/** An entry as either reader sees it, before anything about it is checked. */
export interface RawEntry {
  /** Without quotation marks. */
  readonly key: string;
  readonly isQuoted: boolean;
  readonly at: number;
  readonly fields: readonly Field[];
}

/** What can be decided, the strictest first: where an entry says several things, the first is meant. */
export const entryKinds: readonly EntryKind[] = ['denied', 'approved', 'baseline', 'requested'];

/** A reason is a sentence, not a document. In code points. */
export const longestReason = 120;

export type FieldKey =
  Exclude<keyof Entry, 'kind' | 'ecosystem' | 'name' | 'reason' | 'requestedBy' | 'file' | 'line'> | 'asked';

/** The keys that mean something beside each decision, in the order in which we write them. */
export const keysOf: Readonly<Record<EntryKind, readonly FieldKey[]>> = {
  approved: [
    'imports',
    'importsOf',
    'source',
    'despite',
    'unverified',
    'expires',
    'by',
    'date',
    'created',
    'repository',
    'asked',
  ],
  denied: ['use', 'imports', 'importsOf', 'by', 'date'],
  baseline: ['imports', 'importsOf', 'by'],
  requested: ['imports', 'importsOf', 'by', 'date'],
};

type Report = (problem: Problem) => void;

/**
 * Checks an entry and gives it its types. Names become canonical; modules of Python distributions are
 * normalised to NFKC, as CPython compares identifiers
 * (https://docs.python.org/3/reference/lexical_analysis.html#identifiers).
 *
 * @returns The entry; null where nobody can tell which package it is about or what was decided. What is wrong goes
 *   to `report`, and wrong values are left out of the entry.
 */
export function checkEntry(
  raw: RawEntry,
  where: { readonly file: string; readonly line: number },
  report: Report,
): Entry | null {
  const read = readKey(raw.key);
  const subject = read.kind === 'package' ? read.package : read.meant;
  if (subject === null) {
    if (read.kind === 'problem') report({ at: raw.at, message: read.message, next: read.next });
    return null;
  }
  const kind = kindOf(raw, subject, report);
  if (kind === null) return null;
  const problems: Problem[] = [];
  const entry = contentOf({ raw, kind, subject, where }, (problem) => problems.push(problem));
  // A line without what is wrong in it could say more than the person did: it might lack the end of an approval.
  const next =
    problems.length === 0
      ? `Write ${writeEntry(subject, entry)}`
      : `Write ${packageLabel(subject)} as its key.`;
  if (read.kind === 'problem') report({ at: raw.at, message: read.message, next });
  else if (raw.isQuoted) report({ at: raw.at, message: 'a key must not be in quotation marks', next });
  for (const problem of problems) report(problem);
  return entry;
}

/** @returns What an entry decides; null where it says nothing of it. */
function kindOf(raw: RawEntry, subject: Package, report: Report): EntryKind | null {
  const [first, second] = kindsIn(raw);
  if (first === undefined) {
    report(undecided(raw, subject));
    return null;
  }
  if (second !== undefined) {
    const message = `an entry has both “${first}” and “${second}”`;
    report({ at: raw.at, message, next: `Keep one of them: ${exampleOf(subject, first)}` });
  }
  return first;
}

function kindsIn({ fields }: RawEntry): EntryKind[] {
  return entryKinds.filter((kind) => fields.some(({ key }) => key === kind));
}

function undecided({ at, fields }: RawEntry, subject: Package): Problem {
  for (const { key, keyAt } of fields) {
    const meant = closestMatch(key, entryKinds);
    if (meant !== undefined)
      return { at: keyAt, message: `unknown key ${quoteForMessage(key)}`, next: `Did you mean “${meant}”?` };
  }
  const message = 'the entry holds no decision';
  const next = `Write ${exampleOf(subject, 'approved')}, or with denied, requested or baseline.`;
  return { at, message, next };
}

interface Content {
  readonly raw: RawEntry;
  readonly kind: EntryKind;
  readonly subject: Package;
  readonly where: { readonly file: string; readonly line: number };
}

function contentOf({ raw, kind, subject, where }: Content, report: Report): Entry {
  const fields = byKey(raw, kind, report);
  const decision = decisionIn(fields.get(kind), { kind, subject }, report);
  const named = (key: FieldKey) => textOf(fields.get(key), report);
  const day = (key: FieldKey) => dateOf(fields.get(key), report);
  return {
    kind,
    ecosystem: subject.ecosystem,
    name: subject.name,
    ...modulesIn(fields, subject, report),
    source: sourceOf(fields.get('source'), subject, report),
    reason: kind === 'baseline' ? null : decision,
    by: authorIn(fields.get('by'), report),
    date: kind === 'baseline' ? decision : day('date'),
    expires: day('expires'),
    use: useOf(fields.get('use'), report),
    created: day('created'),
    repository: named('repository'),
    despite: named('despite'),
    unverified: flagOf(fields.get('unverified'), report),
    requestedBy: named('asked'),
    file: where.file,
    line: where.line,
  };
}

/** The reason of a decision, or the day of a baseline. */
function decisionIn(
  field: Field | undefined,
  { kind, subject }: { readonly kind: EntryKind; readonly subject: Package },
  report: Report,
): string | null {
  if (field !== undefined && isEmpty(field)) {
    const what = kind === 'baseline' ? 'no day' : 'no reason';
    report({ at: field.at, message: `“${kind}” has ${what}`, next: `Write ${exampleOf(subject, kind)}` });
    return null;
  }
  const value = kind === 'baseline' ? dateOf(field, report) : textOf(field, report);
  if (field === undefined || value === null) return value;
  if (kind !== 'baseline' && Array.from(value).length > longestReason) {
    const message = `the reason has more than ${longestReason} characters`;
    report({ at: field.at, message, next: 'Shorten it, or say more in a comment above the line.' });
  }
  return value;
}

function isEmpty({ value }: Field): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** Of two decisions in one entry, the keys of both are let pass: which of them counts is for people to say. */
function byKey(raw: RawEntry, kind: EntryKind, report: Report): Map<string, Field> {
  const kinds = kindsIn(raw);
  const allowedKeys = new Set<string>([...kinds, ...kinds.flatMap((decision) => keysOf[decision])]);
  const fieldsByKey = new Map<string, Field>();
  for (const field of raw.fields) {
    if (!allowedKeys.has(field.key)) report(unknownKey(field, kind));
    else if (fieldsByKey.has(field.key)) report(twice(field));
    else fieldsByKey.set(field.key, field);
  }
  return fieldsByKey;
}

function unknownKey({ key, keyAt }: Field, kind: EntryKind): Problem {
  const allowedKeys = keysOf[kind];
  const elsewhere = Object.values(keysOf).some((keys) => keys.some((allowedKey) => allowedKey === key));
  const meant = closestMatch(key, allowedKeys);
  const message = elsewhere
    ? `“${key}” is not allowed with “${kind}”`
    : `unknown key ${quoteForMessage(key)}`;
  const next =
    meant === undefined
      ? `Keys allowed with “${kind}” are ${allowedKeys.join(', ')}.`
      : `Did you mean “${meant}”?`;
  return { at: keyAt, message, next };
}

function twice({ key, keyAt }: Field): Problem {
  return { at: keyAt, message: `duplicate key “${key}” in this entry`, next: 'Keep one of them.' };
}

function textOf(field: Field | undefined, report: Report): string | null {
  if (field === undefined || field.value === null) return null;
  if (typeof field.value === 'string') return field.value;
  if (typeof field.value === 'boolean') return String(field.value);
  report({ at: field.at, message: `“${field.key}” is a text`, next: 'Write it on one line.' });
  return null;
}

/** A line that a reviewer is given to fill in has an empty one: who decided must not be left open there. */
function authorIn(field: Field | undefined, report: Report): string | null {
  const author = textOf(field, report);
  if (field === undefined || author?.trim() !== '') return author;
  const next = 'Write who decided, as git does: NAME <EMAIL>.';
  report({ at: field.at, message: '“by” is empty', next });
  return null;
}

/** A package, as the commands name it. */
function useOf(field: Field | undefined, report: Report): string | null {
  const text = textOf(field, report);
  if (field === undefined || text === null) return text;
  const read = readKey(text);
  if (read.kind === 'package') return `${read.ecosystem.id}:${read.package.name}`;
  const next = read.meant === null ? read.next : `Write ${read.meant.ecosystem}:${read.meant.name}.`;
  report({ at: field.at, message: `“use” is not a package: ${read.message}`, next });
  return null;
}

function dateOf(field: Field | undefined, report: Report): string | null {
  if (field === undefined || field.value === null) return null;
  if (typeof field.value === 'string' && isDate(field.value)) return field.value;
  const message = `“${field.key}” is a calendar day`;
  report({ at: field.at, message, next: 'Write it as year-month-day, such as 2026-11-23.' });
  return null;
}

function flagOf(field: Field | undefined, report: Report): boolean {
  if (field === undefined || field.value === null) return false;
  if (typeof field.value === 'boolean') return field.value;
  report({ at: field.at, message: `“${field.key}” is true or false`, next: 'Write true, or leave it out.' });
  return false;
}

function sourceOf(field: Field | undefined, { name }: Package, report: Report): string | null {
  const source = textOf(field, report);
  if (field !== undefined && source !== null && isScopePattern(name)) {
    const message = '“source” is not allowed for a whole scope';
    report({ at: field.at, message, next: 'Name the package that comes from there.' });
  }
  return source;
}

/** A version says of a list that it is whole; without a list it says nothing. */
function modulesIn(
  fields: ReadonlyMap<string, Field>,
  subject: Package,
  report: Report,
): Pick<Entry, 'imports' | 'importsOf'> {
  const imports = importsIn(fields.get('imports'), subject, report);
  const field = fields.get('importsOf');
  const importsOf = textOf(field, report);
  if (field === undefined || importsOf === null || imports.length > 0) return { imports, importsOf };
  const message = '“importsOf” needs “imports”: it names the version that has these modules';
  report({ at: field.at, message, next: 'Add the modules, or remove it.' });
  return { imports, importsOf: null };
}

function importsIn(field: Field | undefined, subject: Package, report: Report): string[] {
  if (field === undefined || field.value === null) return [];
  if (field.value === undefined || typeof field.value !== 'object') {
    report({ at: field.at, message: '“imports” is a list of modules', next: 'Write it as [cv2].' });
    return [];
  }
  if (isScopePattern(subject.name)) {
    const message = '“imports” is not allowed for a whole scope';
    report({ at: field.at, message, next: 'Name the package that provides the module.' });
  }
  const ecosystem = findEcosystem(subject.ecosystem);
  return ecosystem === undefined
    ? []
    : field.value.flatMap((item) => moduleOf(item, ecosystem, report) ?? []);
}

function moduleOf(
  { at, text }: { readonly at: number; readonly text: string },
  ecosystem: Ecosystem,
  report: Report,
): string | undefined {
  const module = ecosystem.importableModule(text);
  if (module === undefined) {
    const message = `${quoteForMessage(text)} can’t be imported from a package on ${ecosystem.title}`;
    report({ at, message, next: 'Write a module as the program imports it, such as cv2.' });
  }
  return module;
}
