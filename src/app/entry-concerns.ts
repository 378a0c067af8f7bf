import { gradesOf } from '../../rules/grades.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Entry } from '../model/status.ts';
import { earliestDay, type ApprovalDetails } from './approval-details.ts';

/** What a registry says of a package that somebody approved, as far as it speaks against that. */
export interface Concern {
  /** The grade speaks against it by itself, and nobody approved it in spite of that grade. */
  readonly isGraded: boolean;
  /** Sentences that the grade does not say: what has changed since the decision. */
  readonly sentences: readonly string[];
}

/** Age and likeness were there to be seen when somebody decided; these were not, or have come since. */
const gravestGrades: readonly string[] = [...gradesOf('refuted'), 'unproven'];

/** Grades of names that anybody may register: what is served under one later is another package. */
const freeNames: readonly string[] = ['nonexistent', 'withdrawn'];

/**
 * Finds the decision that lets a package pass: the newest, because of several entries it was made with the most
 * knowledge. An approval speaks before a baseline.
 *
 * @param entries All entries of one package.
 * @returns undefined where none lets it pass.
 */
export function newestDecision(entries: readonly Entry[]): Entry | undefined {
  const ofKind = (kind: Entry['kind']) => entries.filter((entry) => entry.kind === kind);
  const approvals = ofKind('approved');
  const [newest] = (approvals.length > 0 ? approvals : ofKind('baseline')).toSorted((left, right) =>
    (right.date ?? '').localeCompare(left.date ?? ''),
  );
  return newest;
}

/**
 * Compares what registries say of a package now with what was decided about it. A name that nobody had, or that somebody
 * gave up, may be registered by anybody: whatever came into being after the decision is not what was decided about.
 *
 * @returns null where nothing speaks against the decision.
 */
export function concernAbout(entry: Entry, details: ApprovalDetails): Concern | null {
  const { grade } = details;
  const isGraded = gravestGrades.includes(grade) && entry.despite !== grade;
  const sentences = isServed(details) ? changesSince(entry, details) : [];
  return isGraded || sentences.length > 0 ? { isGraded, sentences } : null;
}

/** A registry's stand-in for a package that it removed is served, and is no package. */
function isServed({ grade, evidence }: ApprovalDetails): boolean {
  return !freeNames.includes(grade) && existenceIn({ evidence })?.state === 'present';
}

/** @returns What was found out about whether a package exists. */
export function existenceIn({ evidence }: Pick<ApprovalDetails, 'evidence'>): Evidence | undefined {
  return evidence.find(({ fact }) => fact === 'exists');
}

function changesSince(entry: Entry, details: ApprovalDetails): readonly string[] {
  const { despite } = entry;
  const appeared =
    despite !== null && freeNames.includes(despite)
      ? ['It exists now, and did not when it was approved.']
      : [];
  return [...appeared, ...publicationAfter(entry, earliestDay(details))];
}

/** Days compare as texts. What is published on the day of the decision may have been there first. */
function publicationAfter({ kind, date, created }: Entry, published: string | null): readonly string[] {
  if (published === null) return [];
  if (date !== null && published > date) {
    const what = kind === 'baseline' ? 'its baseline' : 'its approval';
    return [`It was first published on ${published}, after ${what} of ${date}: it is somebody else’s.`];
  }
  if (created === null || published <= created) return [];
  return [
    `It was first published on ${published}; when it was approved, that was ${created}: it is somebody else’s, or its first releases were deleted.`,
  ];
}
