import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { Evidence, Suggestion } from '../model/evidence.ts';
import type { Fault } from '../model/fault.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { changeKey, contradiction, type GradedChange } from '../model/policy.ts';
import type { NonEmpty, Place } from '../model/text.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { quotable, isShellSafe } from '../text/escape.ts';

/** Escapes foreign text for one kind of output; the limit counts UTF-16 code units. */
export type Show = (text: string, limit?: number) => string;

/** @returns A finding's rule, with its grade where it has one: `unapproved-package/nonexistent`. */
export function labelOf({ rule, grade }: Pick<Finding, 'rule' | 'grade'>): string {
  return grade === null ? rule : `${rule}/${grade}`;
}

/** @returns How many findings of a report are errors, and how many are warnings. */
export function countsOf({ findings }: Pick<Report, 'findings'>): { errors: number; warnings: number } {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

/** @returns A number with its noun: `1 error`, `2 errors`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * A fact with its source and its date, for people: `first published: 2026-11-19 (pypi, 2026-11-23)`. What
 * nobody knows is said to be unknown, with the reason.
 */
export function evidenceText(evidence: Evidence, show: Show): string {
  const { state } = evidence;
  const dependent = dependentText(evidence, show);
  if (dependent !== undefined) return dependent;
  const fact = show(evidence.fact.replaceAll('-', ' '));
  const source = show(evidence.source);
  switch (state) {
    case 'present':
      return `${fact}: ${show(presentText(evidence), 300)} (${source}, ${show(dayOf(evidence.asOf))})`;
    case 'absent':
      return `${fact}: no (${source}, ${show(dayOf(evidence.asOf))})`;
    case 'unknown':
      return `${fact}: unknown (${source}): ${show(evidence.reason, 300)}`;
    case 'notAsked':
      return `${fact}: not asked (${source}): ${show(evidence.reason, 300)}`;
  }
}

/**
 * @returns Which declared package brings this one: `dependency of flask, in uv.lock`. A lockfile is part of the project, so
 *   there is no day; undefined for every other fact.
 */
export function dependentText(evidence: Evidence, show: Show): string | undefined {
  if (evidence.fact !== 'dependency-of' || evidence.state !== 'present') return undefined;
  return `dependency of ${show(valueText(evidence.value), 300)}, in ${show(evidence.source, 300)}`;
}

/** @returns Where a finding also is, after its first place: `also at 9:1, 12:4`; null where nowhere else. */
export function otherPlaces([, ...remainingPlaces]: NonEmpty<Place>): string | null {
  if (remainingPlaces.length === 0) return null;
  const shown = remainingPlaces.slice(0, mostPlaces).map(positionText);
  const more =
    remainingPlaces.length > mostPlaces ? ` and ${String(remainingPlaces.length - mostPlaces)} more` : '';
  return `also at ${shown.join(', ')}${more}`;
}

/** @returns A position in its file: `3:8`, or `cell 2, 3:8` in a notebook. */
export function positionText({ line, column, cell }: Place): string {
  return `${cell === null ? '' : `cell ${String(cell)}, `}${String(line)}:${String(column)}`;
}

/**
 * Can a suggested command be pasted into any shell as it stands, but for a reason that is left open? Only if every
 * word of it is plain; a file's name with a space, a quote or a leading dash makes it one that a person has to quote.
 */
export function isCopyable(command: string): boolean {
  const decided = command.replace(openReason, '');
  const [, words = decided, quoted] = /^(.*) --source "([^"]*)"$/.exec(decided) ?? [];
  const areInert = words
    .split(' ')
    .every((word) => isShellSafe(word) || ofPackageManagers.test(word) || ownOptions.test(word));
  return areInert && (quoted === undefined || quotable(quoted));
}

/** Options of this tool that stand in a suggested command; a name that looks like one is never suggested. */
const ownOptions = /^--(?:all|record-imports|despite)$/;

/** What stands for a reason that only whoever runs the command knows. */
const openReason = / --reason "…"$/;

/**
 * What package managers take besides names, when they are sent to another folder, or may fetch none, and what the
 * pre-commit framework and pip have installed (src/tool-command): their flags, a path upwards, an absolute one and one
 * into a hidden folder.
 */
const ofPackageManagers =
  /^(?:--(?:prefix|dir|directory|project|cwd|no|no-install|no-sync)?|(?:\.\.\/)*(?:\.\.|\.?\w[\w.:/+-]*)|\/\w[\w.:/+-]*)$/;

/**
 * @param subject What the finding is about.
 * @returns A suggested package by its name, and how programs import it where the name does not tell that: `pillow (import
 *   PIL)`. One of another ecosystem stands with that in front: `npm:express`.
 */
export function suggestedName(
  { package: meant, specifier }: Suggestion,
  subject: Package | null,
  show: Show,
): string {
  const name = show(subject?.ecosystem === meant.ecosystem ? meant.name : packageLabel(meant));
  const part = findEcosystem(meant.ecosystem)?.packagePart(specifier) ?? specifier;
  const isTold = packageOf(meant.ecosystem, part).name === meant.name;
  return isTold ? name : `${name} (import ${show(specifier)})`;
}

/** @returns The suggestions to show; more than three help nobody. */
export function topSuggestions({ suggestions }: Finding): Finding['suggestions'] {
  return suggestions.slice(0, 3);
}

/** @returns Those that people read: of an import that its package does not have, the message says what to import. */
export function shownSuggestions(finding: Finding): Finding['suggestions'] {
  const label = finding.package && packageLabel(finding.package);
  return topSuggestions(finding).filter((meant) => packageLabel(meant.package) !== label);
}

/** @returns The loosened policy that no finding tells of, because `policy-change` is off or not shown. */
export function unreportedChanges({ findings, policyChanges }: Report): readonly GradedChange[] {
  const reported = new Set(findings.flatMap(({ change }) => (change ? [changeKey(change)] : [])));
  return policyChanges.filter((change) => !reported.has(changeKey(change)));
}

/** @returns The findings with those of loosened policy in front: one among hundreds is what a reviewer has to see. */
export function loosenedFirst(findings: readonly Finding[]): readonly Finding[] {
  const isLoosened = ({ rule }: Finding) => rule === 'policy-change';
  return [...findings.filter(isLoosened), ...findings.filter((finding) => !isLoosened(finding))];
}

/** @returns A policy change with its author and reason: `approved pypi:numpy, by Ada L: arrays`. */
export function changeText(change: GradedChange, show: Show): string {
  const { what, by, reason, grade } = change;
  const author = by === null || by === '' ? '' : `, by ${show(by)}`;
  const why = reason === null || reason === '' ? '' : `: ${show(reason)}`;
  const doubt = grade === null || grade === 'exists' || grade === 'not-asked' ? '' : ` (${show(grade)})`;
  return `${show(what, 1000)}${author}${why}${contradiction(change)}${doubt}`;
}

/** @returns Where a fault is, as `file:line:column`; '' where it is about no file. */
export function faultPlace({ file, line, column }: Fault, show: Show): string {
  if (file === null) return '';
  return [show(file), line, column].filter((part) => part !== null).join(':');
}

/** @returns The text with an end: a full stop where it has none. */
export function sentence(text: string): string {
  return /[.!?…:]$/.test(text) || text === '' ? text : `${text}.`;
}

const mostPlaces = 10;

/** @returns What a registry said, as people write it: `yes`, `3`, `ada, grace`; of a time, its day. */
export function valueText(value: Extract<Evidence, { state: 'present' }>['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return value.join(', ');
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? dayOf(value) : String(value);
}

type Present = Extract<Evidence, { state: 'present' }>;

/** So many modules show what a package is for. */
const mostModules = 5;

/** @returns The value of a fact, as people write it: of a first day also how long ago that is, of many modules a few. */
export function presentText({ fact, value, asOf }: Present): string {
  const isDay = fact === 'first-published' || fact === 'earliest-file';
  if (isDay && typeof value === 'string') return `${dayOf(value)} (${agoText(value, asOf)})`;
  if (fact !== 'modules' || typeof value !== 'object' || value.length <= mostModules) return valueText(value);
  return `${value.slice(0, mostModules).join(', ')} and ${String(value.length - mostModules)} more`;
}

/** Counted to the day of the answer, so that a report does not depend on when it is printed. */
function agoText(time: string, asOf: string): string {
  const days = dayNumber(asOf) - dayNumber(time);
  if (!(days > 0)) return 'that day';
  if (days < 60) return `${plural(days, 'day')} ago`;
  return days < 730
    ? `${plural(Math.floor(days / 30.44), 'month')} ago`
    : `${plural(Math.floor(days / 365.25), 'year')} ago`;
}

/** Days since a fixed one, in the Gregorian calendar. A year begins in March here, so that the leap day is its last. */
function dayNumber(time: string): number {
  const [year = 0, month = 0, day = 0] = dayOf(time).split('-').map(Number);
  const [shiftedYear, shiftedMonth] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
  const leapDays =
    Math.floor(shiftedYear / 4) - Math.floor(shiftedYear / 100) + Math.floor(shiftedYear / 400);
  return 365 * shiftedYear + leapDays + Math.floor((153 * shiftedMonth + 2) / 5) + day;
}

/** @returns The day of a time in ISO 8601. */
export function dayOf(asOf: string): string {
  return asOf.slice(0, 10);
}
