import pico from 'picocolors';
import { display } from '../model/package.ts';
import type { Standing } from '../model/status.ts';
import { grades } from '../../rules/grades.ts';
import { excerptOf } from '../reporters/excerpt.ts';
import { evidenceText, positionText } from '../reporters/words.ts';
import { visible } from '../text/escape.ts';
import type { Card } from '../app/review-queue.ts';

/** So many places are enough to decide. */
const mostPlaces = 5;

/** How wide a line of source is shown, in columns. */
const widest = 90;

/** @returns What a person should see before deciding about a package. */
export function cardText(card: Card, { at, of, color }: { at: number; of: number; color: boolean }): string {
  const paint = pico.createColors(color);
  const { learned, standing } = card;
  const means = grades.find(({ id }) => id === learned.grade)?.means;
  return [
    '',
    `${paint.bold(display(card.package))}  ${paint.dim(`${at} of ${of}`)}`,
    `  ${visible(standingText(standing), 400)}`,
    ...(means && learned.evidence.length > 0 ? [`  ${means}`] : []),
    ...learned.evidence.map((one) => `  ${paint.dim('·')} ${evidenceText(one, visible)}`),
    ...learned.notes.map((note) => `  ${paint.dim('·')} ${visible(note, 400)}`),
    ...placeLines(card).map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function standingText(standing: Standing): string {
  switch (standing.kind) {
    case 'unapproved': {
      if (standing.requested === null) return 'Nobody approved it.';
      const { by, reason, date } = standing.requested;
      return `Requested${by ? ` by ${by}` : ''}${date ? ` on ${date}` : ''}${reason ? `: ${reason}` : '.'}`;
    }
    case 'declared':
      return `${standing.at.file}:${standing.at.line} declares it, and nobody decided about it.`;
    case 'expired':
      return `Its approval ended on ${standing.entry.expires ?? 'an unknown day'}${because(standing.entry.reason)}`;
    case 'denied':
      return `Denied in ${standing.entry.file}:${standing.entry.line}${because(standing.entry.reason)}`;
    case 'approved':
    case 'baseline':
      return `It is ${standing.kind}.`;
  }
}

function because(reason: string | null): string {
  return reason ? `: ${reason}` : '.';
}

function placeLines({ uses }: Card): string[] {
  const places = uses.flatMap(({ use }) => use.references.map((reference) => ({ use, reference })));
  const lines = places.slice(0, mostPlaces).flatMap(({ use, reference: { place, excerpt } }) => {
    const where = `${visible(use.file, 400)}:${positionText(place)}`;
    if (excerpt === null) return [where];
    const { before, marked, after } = excerptOf(excerpt, place, widest);
    return [where, `    ${`${before}${marked}${after}`.trim()}`];
  });
  const more = places.length - mostPlaces;
  if (places.length === 0) return ['Nothing in the work tree uses it.'];
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}
