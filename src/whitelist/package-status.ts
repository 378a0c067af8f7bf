import { packageLabel, type EcosystemId, type Package } from '../model/package.ts';
import type { Entry, TrustedRecords } from '../model/status.ts';
import { decide, type Whitelist } from './decide.ts';

/** What decides about packages in one state of the project. */
export interface DecidingState {
  readonly whitelist: Whitelist;
  readonly trustIn: (ecosystem: EcosystemId) => TrustedRecords;
  /** Labels of the packages that manifests declare; under `trust: manifests` these pass. */
  readonly declared: ReadonlySet<string>;
}

/** Where a package stands, and the entry that says so. */
export type DecidedStatus =
  | { readonly kind: 'approved' | 'baseline' | 'denied' | 'expired'; readonly entry: Entry }
  | { readonly kind: 'declared' | 'unapproved'; readonly entry: null };

/**
 * From the worst to the best. What people approve stands above what the project lived with before: an approval of
 * something that is declared, or of the baseline, is a decision of its own.
 */
const ranks: Readonly<Record<DecidedStatus['kind'], number>> = {
  denied: 0,
  expired: 1,
  unapproved: 2,
  declared: 3,
  baseline: 3,
  approved: 4,
};

/** After the last day that an entry can name. */
const forever = '~';

/**
 * Asks `decide`, and the manifests where they are trusted.
 *
 * @param subject A package, or a scope as `@acme/*`: then the answer is that for every package of the scope which
 *   nothing else names.
 * @param today The current day in UTC, `YYYY-MM-DD`.
 */
export function decidedStatusOf(state: DecidingState, subject: Package, today: string): DecidedStatus {
  const decision = decide(state.whitelist, subject, today);
  if (decision.kind !== 'unapproved') return decision;
  const isDeclared =
    state.trustIn(subject.ecosystem) === 'manifests' && state.declared.has(packageLabel(subject));
  return { kind: isDeclared ? 'declared' : 'unapproved', entry: null };
}

/** @returns Whether a package passes. */
export function passes(status: DecidedStatus): boolean {
  return lastDay(status) !== '';
}

/** @returns Whether a package stands better than before: today, or on a later day, when what has an end is over. */
export function isBetter(next: DecidedStatus, old: DecidedStatus): boolean {
  return ranks[next.kind] > ranks[old.kind] || lastDay(next) > lastDay(old);
}

/** @returns The last day on which a package passes; '' where it does not pass today. Such days compare as texts. */
function lastDay({ kind, entry }: DecidedStatus): string {
  if (kind === 'approved') return entry.expires ?? forever;
  return kind === 'baseline' || kind === 'declared' ? forever : '';
}
