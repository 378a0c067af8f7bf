import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../../rules/index.ts';
import { dayOf, dependentText, presentText, valueText, type Show } from './words.ts';

type Answered = Extract<Evidence, { state: 'present' | 'absent' }>;

/**
 * Evidence for people: each source with its day once, and what speaks for a package or against it. What nobody could tell
 * stands at the end of a report: `unansweredTexts`.
 *
 * @returns One line each: `npm, 2026-11-28: first published: 2018-05-02; versions: 240`. None where there is nothing to
 * add to the message.
 */
export function evidenceLines(finding: Pick<Finding, 'evidence'>, show: Show): string[] {
  const evidence = finding.evidence.filter(isAnswered).filter((fact) => !isNormal(fact));
  const otherFacts = evidence.filter((fact) => dependentText(fact, show) === undefined);
  return [
    ...groupsOf(otherFacts, sourceText).flatMap((facts) => answeredLines(facts, show)),
    ...evidence.flatMap((fact) => dependentText(fact, show) ?? []),
  ];
}

function isAnswered(fact: Evidence): fact is Answered {
  return fact.state === 'present' || fact.state === 'absent';
}

/** What is so of nearly every package speaks neither for one nor against it. */
function isNormal(fact: Answered): boolean {
  if (fact.fact === 'exists') return fact.state === 'present';
  if (fact.state === 'absent') return fact.fact === 'malware';
  return ['install-scripts', 'attested'].includes(fact.fact) && fact.value === false;
}

function sourceText({ source, asOf }: Answered): string {
  return `${source}, ${dayOf(asOf)}`;
}

/** A text that could pass for two facts has a line of its own. */
function answeredLines(facts: readonly Answered[], show: Show): string[] {
  const texts = facts.map((fact) => ({ fact, text: answerText(fact, show) }));
  const isPlain = ({ fact }: { fact: Answered }) => fact.state === 'absent' || !hasSeparator(fact);
  const packed = texts.filter(isPlain).map(({ text }) => text);
  const single = texts.filter((text) => !isPlain(text)).map(({ text }) => text);
  const [first = '', ...lines] = packed.length > 0 ? [packed.join('; '), ...single] : single;
  const [{ source, asOf } = { source: '', asOf: '' }] = facts;
  return [`${show(source)}, ${show(dayOf(asOf))}: ${first}`, ...lines];
}

function hasSeparator(fact: Extract<Evidence, { state: 'present' }>): boolean {
  return valueText(fact.value).includes(';');
}

function answerText(fact: Answered, show: Show): string {
  const value = fact.state === 'absent' ? 'no' : show(presentText(fact), 300);
  return `${nameOf(fact, show)}: ${value}`;
}

function nameOf({ fact }: Evidence, show: Show): string {
  return show(fact.replaceAll('-', ' '));
}

/** @returns What has the same key, in the order in which each key comes first. */
function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
