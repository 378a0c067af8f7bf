import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../../rules/index.ts';
import { dayOf, valueText, type Show } from './words.ts';

type Answered = Extract<Evidence, { state: 'present' | 'absent' }>;
type Unanswered = Extract<Evidence, { state: 'unknown' | 'notAsked' }>;

/**
 * Evidence for people: each source with its day once, and nothing that the message or another fact says already.
 *
 * @returns One line each: `npm, 2026-11-28: first published: 2018-05-02; versions: 240`. None where there is nothing to
 * add to the message.
 */
export function evidenceLines(finding: Pick<Finding, 'evidence' | 'message'>, show: Show): string[] {
  const evidence = finding.evidence.filter((fact) => !isSaid(fact, finding));
  return [
    ...groupsOf(evidence.filter(isAnswered), sourceText).flatMap((facts) => answeredLines(facts, show)),
    ...groupsOf(
      evidence.filter((fact) => !isAnswered(fact)),
      ({ state, reason }) => JSON.stringify([state, reason]),
    ).map((facts) => unansweredLine(facts, show)),
  ];
}

function isAnswered(fact: Evidence): fact is Answered {
  return fact.state === 'present' || fact.state === 'absent';
}

/**
 * A message names the reason why nobody answered, in parentheses at the end of its sentence. That a package exists is
 * told by all that is known of it, and of one that does not exist nothing else can be asked.
 */
function isSaid(fact: Evidence, { evidence, message }: Pick<Finding, 'evidence' | 'message'>): boolean {
  if (fact.state === 'notAsked' && isAbsent(evidence)) return true;
  if (!isAnswered(fact)) return message.includes(`(${fact.reason}).`);
  return fact.fact === 'exists' && fact.state === 'present' && evidence.some((detail) => adds(detail, fact));
}

function isAbsent(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ fact, state }) => fact === 'exists' && state === 'absent');
}

/** Does a fact say more of a package that exists, from the same source? */
function adds(detail: Evidence, { fact, source }: Answered): boolean {
  return isAnswered(detail) && detail.fact !== fact && detail.source === source;
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
  const value = fact.state === 'absent' ? 'no' : show(valueText(fact.value), 300);
  return `${nameOf(fact, show)}: ${value}`;
}

function unansweredLine(facts: readonly Unanswered[], show: Show): string {
  const names = facts.map((fact) => nameOf(fact, show)).join(', ');
  const sources = [...new Set(facts.map(({ source }) => show(source)))].join(', ');
  const [{ state, reason } = { state: 'unknown', reason: '' }] = facts;
  return `${names}: ${state === 'unknown' ? 'unknown' : 'not asked'} (${sources}): ${show(reason, 300)}`;
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
