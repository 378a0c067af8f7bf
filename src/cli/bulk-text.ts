import type { BulkCandidate, SharedDecision } from '../app/bulk-decisions.ts';
import type { ReviewItem } from '../app/review-queue.ts';
import { packageLabel } from '../model/package.ts';
import { evidenceText, plural } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';
import { statusText } from './review-text.ts';

/** @returns The lines of a package that one decision about several takes: what a card says of it, without the places. */
export function candidateText({ status, learned: details }: BulkCandidate): string {
  const evidence = details.evidence.map((item) => evidenceText(item, escapeControls));
  const lines = [
    packageLabel(details.package),
    `  ${escapeControls(statusText({ status, substitute: null }), 400)}`,
    ...(evidence.length > 0 ? [`  ${evidence.join('; ')}`] : []),
    ...details.notes.map((note) => `  ${escapeControls(note, 400)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const verbs = { approved: 'approve', denied: 'deny', requested: 'request' } as const;

/** @returns What a person chooses who decides the same about other packages. */
export function sharedLabel({ kind, reason, end }: SharedDecision, count: number): string {
  const what = count === 1 ? 'this package' : plural(count, 'package');
  const day =
    end.expires === undefined ? '' : end.expires === null ? ' without an end' : ` until ${end.expires}`;
  return escapeControls(`the same for the rest: ${verbs[kind]} ${what}${day}, “${reason}”`, 400);
}

/** @returns The package, or how many there are. */
export function subjectsOf(items: readonly ReviewItem[]): string {
  const [first, ...additionalItems] = items;
  return first && additionalItems.length === 0
    ? packageLabel(first.package)
    : plural(items.length, 'package');
}
