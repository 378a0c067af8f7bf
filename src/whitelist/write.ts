import { packageLabel, type Package } from '../model/package.ts';
import type { Entry, EntryKind } from '../model/status.ts';
import { isDate } from './date.ts';
import { isPlain } from './line.ts';
import { unseen } from './unseen.ts';

/** What an entry says besides its package and what was decided. What is left out is not written. */
export type EntryFields = Partial<Omit<Entry, 'kind' | 'ecosystem' | 'name' | 'file' | 'line'>>;

/** All that an entry says besides its package. */
export type EntryContent = EntryFields & Pick<Entry, 'kind'>;

/**
 * Texts that YAML 1.1 (https://yaml.org/type/) or 1.2 (section 10.3.2) reads as something else: words, numbers in all
 * their bases and with their colons, and points of time.
 */
const typed =
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+]?\.(?:inf|nan)|[-+]?(?:[\d.]|e[-+]?\d)[\d_.:a-fox+-]*|\d{4}-\d\d?-\d\d?[Tt ].*)$/i;

/** @returns An entry on one line, without indentation: `npm:zod: { approved: schemas, by: Ada L <ada@example.org> }`. */
export function writeEntry(subject: Package, content: EntryContent): string {
  return `${packageLabel(subject)}: ${writeContent(content)}`;
}

/** @returns An entry's value: what was decided first, then its other keys in their order. */
export function writeContent(content: EntryContent): string {
  const imports = content.imports ?? [];
  const fields = [
    decisionOf(content),
    ...text('use', content.use),
    ...(imports.length > 0 ? [`imports: [${imports.map(writeScalar).join(', ')}]`] : []),
    ...(imports.length > 0 ? text('importsOf', content.importsOf) : []),
    ...text('source', content.source),
    ...text('despite', content.despite),
    ...(content.unverified === true ? ['unverified: true'] : []),
    ...day('expires', content.expires),
    ...text('by', content.by),
    ...(content.kind === 'baseline' ? [] : day('date', content.date)),
    ...day('created', content.created),
    ...text('repository', content.repository),
    ...text('asked', content.requestedBy),
  ];
  return `{ ${fields.join(', ')} }`;
}

/** @returns An entry as it is read when it has been written. */
export function entryOf(
  { ecosystem, name }: Package,
  content: EntryContent,
  where: Pick<Entry, 'file' | 'line'>,
): Entry {
  const { kind, imports = [], source = null, reason = null, by = null, date = null } = content;
  const { expires = null, use = null, created = null, repository = null, despite = null } = content;
  const { unverified = false, requestedBy = null, importsOf = null } = content;
  return {
    kind,
    ecosystem,
    name,
    imports: imports.map((module) => module.normalize('NFKC')),
    importsOf: imports.length > 0 ? importsOf : null,
    source,
    reason: kind === 'baseline' ? null : reason,
    by,
    date,
    expires,
    use,
    created,
    repository,
    despite,
    unverified,
    requestedBy,
    ...where,
  };
}

function decisionOf({ kind, reason, date }: EntryContent): string {
  return `${kind}: ${kind === 'baseline' ? writeDay(date ?? '') : writeScalar(reason ?? '')}`;
}

/** @returns What people are told to write where a decision is missing. */
export function exampleOf(subject: Package, kind: EntryKind): string {
  const value = kind === 'baseline' ? '2026-11-23' : 'WHY';
  return `${packageLabel(subject)}: { ${kind}: ${value} }`;
}

function text(key: string, value: string | null | undefined): string[] {
  return value === undefined || value === null ? [] : [`${key}: ${writeScalar(value)}`];
}

function day(key: string, value: string | null | undefined): string[] {
  return value === undefined || value === null ? [] : [`${key}: ${writeDay(value)}`];
}

/** What YAML 1.1 reads as a point of time is one here. */
function writeDay(value: string): string {
  return isDate(value) ? value : writeScalar(value);
}

function writeScalar(value: string): string {
  return isPlain(value) && !typed.test(value) && !unseen.test(value) ? value : escape(value);
}

/** YAML's double-quoted style, with JSON's escapes. */
function escape(value: string): string {
  const everywhere = new RegExp(unseen.source, 'gu');
  return JSON.stringify(value).replace(
    everywhere,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
