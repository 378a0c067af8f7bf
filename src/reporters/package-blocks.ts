import { silenceOf } from '../model/evidence.ts';
import { packageLabel } from '../model/package.ts';
import { changeKey, type GradedChange } from '../model/policy.ts';
import type { NonEmpty, Place } from '../model/text.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { loosenedFirst, plural, unreportedChanges } from './words.ts';

/** A place together with its file. */
export interface FilePlace {
  readonly file: string;
  readonly place: Place;
}

/**
 * What people read: one decision for each package and rule, in however many files the package is used. Programs read
 * findings, one for each package and file.
 */
export interface Block {
  /** The first one: its excerpt, evidence and suggestions stand for all. */
  readonly finding: Finding;
  /** What the findings say, each sentence once. */
  readonly messages: NonEmpty<string>;
  readonly places: NonEmpty<FilePlace>;
  /** What to run about it. */
  readonly next: readonly string[];
}

/** A report for people. */
export interface PeopleReport {
  /** Loosened policy that no block tells of. */
  readonly changes: readonly GradedChange[];
  /** Refused changes of the policy come first. */
  readonly blocks: readonly Block[];
}

/** @returns The report with one block for each package and rule. A warning about policy is said by the list of changes. */
export function peopleReport(report: Report): PeopleReport {
  const findings = report.findings.filter(
    ({ rule, severity }) => rule !== 'policy-change' || severity === 'error',
  );
  return {
    changes: unreportedChanges({ ...report, findings }),
    blocks: blocksOf(loosenedFirst(findings)),
  };
}

/** More places of one package than this, after the first one, help nobody to decide. */
export const mostPlaces = 4;

/** @returns The places to show after the first one, which has an excerpt, and how many more there are. */
export function otherPlaces({ places: [, ...remainingPlaces] }: Block, most: number) {
  const shown = remainingPlaces.slice(0, most);
  return { shown, more: remainingPlaces.length - shown.length };
}

/** @returns What to run, each command once, in the order of the blocks. */
export function nextCommands(blocks: readonly Block[]): readonly string[] {
  return [...new Set(blocks.flatMap(({ next }) => next))];
}

/** A count with its noun; `of` says what is counted. */
export interface Count {
  readonly of: 'error' | 'warning' | 'fault';
  readonly text: string;
}

/** @returns How many errors, warnings and faults there are, without those that there are none of. A block counts once. */
export function totals({ blocks }: PeopleReport, { faults }: Report): readonly Count[] {
  const errors = blocks.filter(({ finding: { severity } }) => severity === 'error').length;
  return [
    { of: 'error' as const, count: errors },
    { of: 'warning' as const, count: blocks.length - errors },
    { of: 'fault' as const, count: faults.length },
  ]
    .filter(({ count }) => count > 0)
    .map(({ of, count }) => ({ of, text: plural(count, of) }));
}

/** @returns How much the blocks are about: `1 package, 5 places`; null where there are none. */
export function extent({ blocks }: PeopleReport): string | null {
  if (blocks.length === 0) return null;
  const packages = new Set(blocks.flatMap(({ finding }) => labelsOf(finding)));
  const places = blocks.reduce((sum, block) => sum + block.places.length, 0);
  return [...(packages.size > 0 ? [plural(packages.size, 'package')] : []), plural(places, 'place')].join(
    ', ',
  );
}

function labelsOf({ package: subject }: Finding): readonly string[] {
  return subject ? [packageLabel(subject)] : [];
}

function blocksOf(findings: readonly Finding[]): readonly Block[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = blockKey(finding);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map(blockOf);
}

/** Each loosening has its own block, so that no limit of places hides one. */
function blockKey(finding: Finding): string {
  const { rule, grade, severity, message, change } = finding;
  const [about = message] = labelsOf(finding);
  return JSON.stringify([rule, grade, severity, about, change && changeKey(change)]);
}

function blockOf(findings: NonEmpty<Finding>): Block {
  const [finding, ...tail] = findings;
  const [firstPlace, ...places] = placesOf(finding);
  return {
    finding,
    messages: messagesOf(findings),
    places: [firstPlace, ...places, ...tail.flatMap((laterFinding) => [...placesOf(laterFinding)])],
    next: findings.flatMap(({ next }) => next),
  };
}

function placesOf({ file, places: [firstPlace, ...places] }: Finding): NonEmpty<FilePlace> {
  return [{ file, place: firstPlace }, ...places.map((place) => ({ file, place }))];
}

/**
 * Where a file has a sentence of its own, such as a module that is not staged, only that one is added. Why nobody answered
 * is said once, below all blocks.
 */
function messagesOf(findings: NonEmpty<Finding>): NonEmpty<string> {
  const [finding, ...tail] = [withoutSilence(findings[0]), ...findings.slice(1).map(withoutSilence)];
  const sentences = new Set(sentencesOf(finding.message));
  const additions = tail.flatMap(({ message }) => {
    const news = sentencesOf(message).filter((sentence) => !sentences.has(sentence));
    for (const sentence of news) sentences.add(sentence);
    return news.length > 0 ? [news.join(' ')] : [];
  });
  return [finding.message, ...additions];
}

function withoutSilence(finding: Finding): Finding {
  const silence = silenceOf(finding.grade, finding.evidence);
  return silence === undefined
    ? finding
    : { ...finding, message: finding.message.replace(silence, '').replaceAll('  ', ' ').trim() };
}

function sentencesOf(message: string): string[] {
  return message.split(/(?<=[.!?]) /);
}
