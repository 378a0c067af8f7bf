import { entryOf, type ApprovalStatus, type Entry } from '../model/status.ts';
import { isScopePattern } from '../whitelist/key.ts';
import type { ApprovalDetails } from './approval-details.ts';
import type { Decision } from './decision.ts';
import { existenceIn } from './entry-concerns.ts';
import { nearEndOf } from './expiry.ts';
import { isDecidable, type ReviewItem } from './review-queue.ts';

/** A package as one decision about several takes it: what was decided so far, and what is known of it. */
export interface BulkCandidate {
  readonly status: ApprovalStatus;
  readonly learned: ApprovalDetails;
}

/**
 * Says why one decision about several packages leaves a package out. One reason for many is read once: it takes only
 * what a registry has answered for and nothing speaks against.
 *
 * @returns A sentence without a subject and a full stop; null where the package may be among them.
 */
export function bulkObstacle({ status, learned: details }: BulkCandidate): string | null {
  const { package: subject, grade, stoppedImports, content } = details;
  if (isScopePattern(subject.name)) return 'it is a whole scope';
  if (status.kind === 'denied') return 'it is denied';
  if (grade !== 'exists') return `its grade is ${grade}`;
  if (existenceIn(details)?.state !== 'present') return 'no registry answered for it';
  if (stoppedImports.length > 0) return `it does not provide ${stoppedImports.join(', ')}`;
  // Whoever requested a package may have written down modules of another one: they would be approved with it.
  const claimed = requestIn(status)?.imports.find((module) => !(content.imports ?? []).includes(module));
  return claimed === undefined
    ? null
    : `its request names the module ${claimed}, and its registry does not say so`;
}

/** What a decision says apart from its package: the same can be said of others. */
export interface SharedDecision {
  readonly kind: Decision['kind'];
  readonly reason: string;
  /** As `endFor` gives it. */
  readonly end: { readonly expires?: string | null };
}

/** @returns Whether the same can be decided about a package that waits, without a question of its own. */
export function canShare(item: ReviewItem, { kind, end }: SharedDecision, time: Date): boolean {
  if (!isDecidable(item) || item.concern !== null || bulkObstacle(item) !== null) return false;
  const isRenewal = nearEndOf(item.status, time) !== null;
  if (kind === 'requested')
    return item.status.kind !== 'approved' && !isRenewal && requestIn(item.status) === null;
  // Who renews an approval says until when.
  return kind === 'denied' || isRenewal === (end.expires !== undefined);
}

/** @returns The request for a package that nobody has decided about. */
function requestIn(status: ApprovalStatus): Entry | null {
  const entry = entryOf(status);
  return entry?.kind === 'requested' ? entry : null;
}
