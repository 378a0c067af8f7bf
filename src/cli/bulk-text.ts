import type { BulkCandidate } from '../app/bulk-decisions.ts';
import { packageLabel } from '../model/package.ts';
import { evidenceText } from '../reporters/words.ts';
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
