import { Chalk, type ChalkInstance } from 'chalk';
import { isDecidable } from '../app/review-queue.ts';
import type { ImpossibleName } from '../model/finding.ts';
import { packageLabel } from '../model/package.ts';
import type { ApprovalStatus, Entry } from '../model/status.ts';
import { substituteText, type Substitute } from '../model/substitute.ts';
import { grades } from '../../rules/grades.ts';
import { excerptOf } from '../reporters/excerpt.ts';
import { evidenceText, positionText } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';
import { reasonText } from '../whitelist/assistant-request.ts';
import type { ReviewCard } from '../app/review-card.ts';

/** So many places are enough to decide. */
const mostPlaces = 5;

/** How wide a line of source is shown, in columns. */
const widest = 90;

/** @returns What a person should see before deciding about a package. */
export function cardText(
  card: ReviewCard,
  { at, of, color }: { at: number; of: number; color: boolean },
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const { learned: details } = card;
  const means = grades.find(({ id }) => id === details.grade)?.description;
  if (!isDecidable(card)) return recordingText(card, paint, { at, of });
  return [
    '',
    `${paint.bold(packageLabel(card.package))}  ${paint.dim(`${at} of ${of}`)}`,
    `  ${escapeControls(statusText(card), 400)}`,
    ...(means && details.evidence.length > 0 ? [`  ${means}`] : []),
    ...(card.concern?.sentences ?? []).map((line) => `  ${paint.bold(escapeControls(line, 400))}`),
    ...details.evidence.map(
      (evidenceItem) => `  ${paint.dim('·')} ${evidenceText(evidenceItem, escapeControls)}`,
    ),
    ...details.notes.map((note) => `  ${paint.dim('·')} ${escapeControls(note, 400)}`),
    ...placeLines(card).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** What is said where no decision about the package helps. */
function recordingText(
  card: ReviewCard,
  paint: ChalkInstance,
  { at, of }: { readonly at: number; readonly of: number },
): string {
  const { package: subject, status, provider, impossibleName } = card;
  const provides = status.kind === 'unapproved' ? (status.provides ?? []) : [];
  const place = provider?.at ? ` (${provider.at.file}:${String(provider.at.line)})` : '';
  const sentence = impossibleName
    ? impossibleText(impossibleName)
    : provider === null
      ? `${packageLabel(subject)} provides ${provides.join(', ')}: the import has to be changed.`
      : `It is a module of ${packageLabel(provider.package)}, whose entry${place} does not say so yet.`;
  return [
    '',
    `${paint.bold(packageLabel(subject))}  ${paint.dim(`${at} of ${of}`)}`,
    `  ${escapeControls(sentence, 400)}`,
    ...placeLines(card).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function impossibleText({ name, registry, remedy }: ImpossibleName): string {
  return `No package of ${registry} can be called “${name}”. ${remedy}`;
}

/** @returns What was decided about a package so far, as a sentence; the substitute is what its denial names. */
export function statusText({
  status,
  substitute,
}: {
  status: ApprovalStatus;
  substitute: Substitute | null;
}): string {
  switch (status.kind) {
    case 'unapproved':
      return requestText(status.requested);
    case 'in-use':
      return `${status.at.file}:${status.at.line} uses it already. ${requestText(status.requested)}`;
    case 'declared':
      return status.requested === null
        ? `${status.at.file}:${status.at.line} declares it, but there is no decision about it.`
        : `${status.at.file}:${status.at.line} declares it. ${requestText(status.requested)}`;
    case 'expired':
      return `Its approval ended on ${status.entry.expires ?? 'an unknown day'}${because(status.entry.reason)}`;
    case 'denied':
      return `Denied in ${status.entry.file}:${status.entry.line}${because(status.entry.reason)}${insteadText(substitute)}`;
    case 'approved':
    case 'baseline':
      return decisionText(status.entry);
  }
}

function decisionText({ kind, file, line, by, date, expires, reason }: Entry): string {
  const what = kind === 'baseline' ? 'In the baseline' : 'Approved';
  return `${what} in ${file}:${line}${by ? `, by ${by}` : ''}${date ? `, on ${date}` : ''}${expires ? `, until ${expires}` : ''}${because(reason)}`;
}

function requestText(request: Entry | null): string {
  if (request === null) return 'Nobody approved it.';
  const { by, date } = request;
  const reason = reasonText(request);
  return `Requested${by ? ` by ${by}` : ''}${date ? ` on ${date}` : ''}${reason ? `: ${reason}` : '.'}`;
}

function because(reason: string | null): string {
  return reason ? `: ${reason}` : '.';
}

function insteadText(substitute: Substitute | null): string {
  return substitute === null ? '' : ` (${substituteText(substitute)})`;
}

function placeLines({ uses }: ReviewCard): string[] {
  const places = uses.flatMap(({ use }) => use.references.map((reference) => ({ use, reference })));
  const lines = places.slice(0, mostPlaces).flatMap(({ use, reference: { place, excerpt } }) => {
    const where = `${escapeControls(use.file, 400)}:${positionText(place)}`;
    if (excerpt === null) return [where];
    const { before: prefix, marked, after: suffix } = excerptOf(excerpt, place, widest);
    return [where, `    ${`${prefix}${marked}${suffix}`.trim()}`];
  });
  const more = places.length - mostPlaces;
  if (places.length === 0) return ['Nothing in the work tree uses it.'];
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
