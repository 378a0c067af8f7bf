import type { ReviewItem } from '../app/review-queue.ts';
import { packageLabel } from '../model/package.ts';
import { plural, positionText } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';

/** What a review has not brought to an end. */
export interface ReviewRemainder {
  /** Nobody has decided about them. */
  readonly undecided: readonly ReviewItem[];
  /** They are denied, and something uses them still. */
  readonly denied: readonly ReviewItem[];
}

/** So many lines are read. */
const mostLines = 5;

/** @returns How many packages are left, and where those that are denied have to go. */
export function remainderText({ undecided, denied }: ReviewRemainder): string {
  const count = undecided.length === 0 ? [] : [`${plural(undecided.length, 'package')} left undecided.`];
  const lines = denied.slice(0, mostLines).map(deniedLine);
  const more = denied.length - mostLines;
  const moreLines = more > 0 ? [`Still in use, too: ${plural(more, 'other denied package')}.`] : [];
  return [...count, ...lines, ...moreLines].map((line) => `${line}\n`).join('');
}

function deniedLine({ package: subject, uses }: ReviewItem): string {
  const places = uses.flatMap(({ use }) =>
    use.references.map(({ place }) => `${use.file}:${positionText(place)}`),
  );
  const more = places.length > 1 ? ` and ${plural(places.length - 1, 'other place')}` : '';
  const verb = places.length > 1 ? 'use' : 'uses';
  return escapeControls(
    `${packageLabel(subject)} is denied, and ${places[0] ?? ''}${more} still ${verb} it: change that.`,
    600,
  );
}
