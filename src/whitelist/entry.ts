import type { Ecosystem } from '../ecosystems/index.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { closestMatch } from '../text/nearest.ts';
import { quoteForMessage, type Problem } from '../documents/checked.ts';
import { isDate } from './date.ts';

/** The value of one key of an entry. `at` is its offset; null stands for an empty value. */
export interface Field {
  readonly key: string;
  readonly keyAt: number;
  readonly at: number;
  readonly value: string | boolean | null | readonly { readonly at: number; readonly text: string }[];
}

/** An entry as either reader sees it, before anything about it is checked. */
export interface RawEntry {
  readonly section: EntryKind;
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly at: number;
  readonly fields: readonly Field[];
}

type EntryKey =
  | 'imports'
  | 'source'
  | 'reason'
  | 'use'
  | 'by'
  | 'date'
  | 'expires'
  | 'created'
  | 'repository'
  | 'despite'
  | 'unverified';

/** The keys that mean something in each section, in the order in which we write them. */
const keysOf: Readonly<Record<EntryKind, readonly EntryKey[]>> = {
  approved: [
    'imports',
    'source',
    'reason',
    'by',
    'date',
    'expires',
    'created',
    'repository',
    'despite',
    'unverified',
  ],
  denied: ['imports', 'reason', 'use', 'by', 'date'],
  baseline: ['imports', 'reason', 'by', 'date'],
  requested: ['imports', 'reason', 'by', 'date'],
};

type Report = (problem: Problem) => void;

/**
 * Checks an entry and gives it its types. Names become canonical; modules of Python distributions are
 * normalised to NFKC, as CPython compares identifiers
 * (https://docs.python.org/3/reference/lexical_analysis.html#identifiers).
 *
 * @returns The entry; what is wrong goes to `report`, and wrong values are left out of the entry.
 */
export function checkEntry(raw: RawEntry, where: { file: string; line: number }, report: Report): Entry {
  const { section, ecosystem } = raw;
  checkName(raw, report);
  const fields = byKey(raw, report);
  return {
    kind: section,
    ecosystem: ecosystem.id,
    name: isScopePattern(raw.name) ? raw.name : ecosystem.canonical(raw.name),
    imports: importsOf(fields.get('imports'), raw, report),
    source: sourceOf(fields.get('source'), raw, report),
    reason: textOf(fields.get('reason'), report),
    by: textOf(fields.get('by'), report),
    date: dateOf(fields.get('date'), report),
    expires: dateOf(fields.get('expires'), report),
    use: textOf(fields.get('use'), report),
    created: dateOf(fields.get('created'), report),
    repository: textOf(fields.get('repository'), report),
    despite: textOf(fields.get('despite'), report),
    unverified: flagOf(fields.get('unverified'), report),
    file: where.file,
    line: where.line,
  };
}

/** @returns Whether a name stands for all packages of an npm scope: `@acme/*`. */
export function isScopePattern(name: string): boolean {
  return name.startsWith('@') && name.endsWith('/*');
}

/** @returns Whether a name may stand in the whitelist: a valid package name, or `@scope/*`. */
function isEntryName(ecosystem: Ecosystem, name: string): boolean {
  if (!isScopePattern(name)) return ecosystem.valid(name);
  const inside = `${name.slice(0, -1)}x`;
  return ecosystem.valid(inside) && ecosystem.scopeOf(inside) !== null;
}

function checkName({ ecosystem, name, at }: RawEntry, report: Report): void {
  if (isEntryName(ecosystem, name)) return;
  if (name.includes('*')) {
    const message = `${quoteForMessage(name)} is no pattern that is read here`;
    report({ at, message, next: 'The only pattern is a whole npm scope, such as "@acme/*".' });
    return;
  }
  const message = `${quoteForMessage(name)} can’t be the name of a package on ${ecosystem.title}`;
  report({ at, message, next: 'Write the name alone, without version or extras.' });
}

function byKey({ section, fields }: RawEntry, report: Report): Map<string, Field> {
  const allowedKeys: readonly string[] = keysOf[section];
  const fieldsByKey = new Map<string, Field>();
  for (const field of fields) {
    if (!allowedKeys.includes(field.key)) report(unknownKey(field, section));
    else if (fieldsByKey.has(field.key)) report(twice(field));
    fieldsByKey.set(field.key, field);
  }
  return fieldsByKey;
}

function unknownKey({ key, keyAt }: Field, section: EntryKind): Problem {
  const allowedKeys = keysOf[section];
  const elsewhere = Object.values(keysOf).some((keys) => keys.some((allowedKey) => allowedKey === key));
  const meant = closestMatch(key, allowedKeys);
  const message = elsewhere
    ? `“${key}” means nothing under “${section}”`
    : `unknown key ${quoteForMessage(key)}`;
  const next = meant === undefined ? `Keys here are ${allowedKeys.join(', ')}.` : `Did you mean “${meant}”?`;
  return { at: keyAt, message, next };
}

function twice({ key, keyAt }: Field): Problem {
  return { at: keyAt, message: `“${key}” stands twice in this entry`, next: 'Keep one of them.' };
}

function textOf(field: Field | undefined, report: Report): string | null {
  if (field === undefined || field.value === null) return null;
  if (typeof field.value === 'string') return field.value;
  if (typeof field.value === 'boolean') return String(field.value);
  report({ at: field.at, message: `“${field.key}” is a text`, next: 'Write it on one line.' });
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

function sourceOf(field: Field | undefined, raw: RawEntry, report: Report): string | null {
  const source = textOf(field, report);
  if (field !== undefined && source !== null && isScopePattern(raw.name)) {
    const message = '“source” means nothing for a whole scope';
    report({ at: field.at, message, next: 'Name the package that is taken from there.' });
  }
  return source;
}

function importsOf(field: Field | undefined, raw: RawEntry, report: Report): string[] {
  if (field === undefined || field.value === null) return [];
  if (typeof field.value === 'string' || typeof field.value === 'boolean') {
    report({ at: field.at, message: '“imports” is a list of modules', next: 'Write it as [cv2].' });
    return [];
  }
  if (isScopePattern(raw.name)) {
    const message = '“imports” means nothing for a whole scope';
    report({ at: field.at, message, next: 'Name the package that provides the module.' });
  }
  return field.value.flatMap(({ at, text }) => {
    const module = raw.ecosystem.importableModule(text);
    if (module === undefined) {
      const message = `${quoteForMessage(text)} can’t be imported from a ${raw.ecosystem.title} package`;
      report({ at, message, next: 'Write a module as the program imports it, such as cv2.' });
    }
    return module ?? [];
  });
}
