import { packageLabel, type Package } from '../model/package.ts';
import type { Loosening } from '../model/policy.ts';
import type { Entry } from '../model/status.ts';
import { isScopePattern } from './key.ts';
import { isBetter, type DecidedStatus } from './package-status.ts';

/** Where one package, or one scope, stands before and after a change. */
export interface Comparison {
  readonly label: string;
  readonly old: DecidedStatus;
  readonly next: DecidedStatus;
  /** The same of the package's scope; null for a scope itself, and where an ecosystem has none. */
  readonly scope: Comparison | null;
}

/**
 * Tells in what way a package stands better than before. What only weaker trust lets pass is told as a change of that
 * setting, or as the loss of the whitelist: it names no package.
 *
 * @returns null where it stands no better.
 */
export function decisionChange(comparison: Comparison): Loosening | null {
  const { label, old, next } = comparison;
  const entry = next.entry ?? old.entry;
  if (entry === null || !isBetter(next, old)) return null;
  const isImplied = isToldByScope(comparison);
  const common = {
    kind: 'decision',
    subject: label,
    what: sentenceOf(comparison),
    impliedBy: isImplied && comparison.scope ? decisionKey(comparison.scope) : null,
    file: entry.file,
    line: entry.line,
  } as const;
  // Who wrote a wider entry, or one that is gone, is not who made this change.
  if (next.entry === null || !isOwn(comparison, next.entry))
    return { ...common, approves: null, by: null, reason: null };
  const { by, reason } = next.entry;
  return { ...common, approves: approvedBy(comparison), by, reason };
}

/** @returns The key of the change that tells of a package's decision. */
export function decisionKey({ label }: Comparison): string {
  return `decision ${label}`;
}

/** @returns Whether a package newly passes by a decision about itself: whatever its entry says is a part of that. */
export function isNewApproval(comparison: Comparison): boolean {
  const { old, next } = comparison;
  return isBetter(next, old) && endOf(old) === null && next.entry !== null && next.kind !== 'expired';
}

/** The package that somebody can ask for in place of approving it: nobody can ask for a whole scope. */
function approvedBy(comparison: Comparison): Package | null {
  const { entry } = comparison.next;
  if (entry === null || !isNewApproval(comparison) || isScopePattern(entry.name)) return null;
  return { ecosystem: entry.ecosystem, name: entry.name };
}

/** A package that follows its scope is told by the line about the scope, unless it had an entry that was stricter. */
function isToldByScope({ old, next, scope }: Comparison): boolean {
  const isSame = next.kind === scope?.next.kind && next.entry === scope.next.entry;
  if (!isSame) return false;
  return old.entry === null || old.entry === scope.old.entry || old.kind === 'baseline';
}

function isOwn({ label }: Comparison, entry: Entry): boolean {
  return packageLabel(entry) === label;
}

/** The end of an approval, whether it is over or not; null where there is none. */
function endOf({ kind, entry }: DecidedStatus): string | null {
  return kind === 'approved' || kind === 'expired' ? entry.expires : null;
}

function sentenceOf(comparison: Comparison): string {
  const { old } = comparison;
  const end = endOf(old);
  if (old.entry !== null && end !== null) return endSentence(comparison, old.entry, end);
  return old.kind === 'denied' ? denialSentence(comparison, old.entry) : approvalSentence(comparison);
}

/** An approval had an end, and now the package passes longer, or nobody sees any more that it was over. */
function endSentence(comparison: Comparison, old: Entry, end: string): string {
  const { next } = comparison;
  const approval = `the approval of ${packageLabel(old)}`;
  if (next.kind === 'unapproved') return `removed ${approval}, which ended on ${end}`;
  const until = endOf(next);
  const change =
    until === null
      ? `removed the expiry date of ${approval} (${end})`
      : `extended ${approval} from ${end} to ${until}`;
  const isSameEntry = next.kind === 'approved' && packageLabel(next.entry) === packageLabel(old);
  return isSameEntry ? change : `${change}: ${reasonOf(comparison)}`;
}

function denialSentence(comparison: Comparison, old: Entry): string {
  const { next } = comparison;
  const change = `removed the denial of ${packageLabel(old)}`;
  if (next.kind === 'unapproved') return change;
  if (isNewApproval(comparison) && next.entry !== null && isOwn(comparison, next.entry))
    return `${approvalSentence(comparison)}, which was denied`;
  return `${change}: ${reasonOf(comparison)}`;
}

function approvalSentence({ label, next }: Comparison): string {
  const name = next.entry === null ? label : packageLabel(next.entry);
  if (next.kind === 'baseline') return `added ${name} to the baseline`;
  const source = next.entry?.source ?? null;
  // CI takes it for a request (src/policy/answered.ts).
  const doubt = next.entry?.unverified === true ? ' (unverified: no registry had answered)' : '';
  return `approved ${name}${source === null ? '' : ` from ${source}`}${doubt}`;
}

/** Why a package stands as it does now. */
function reasonOf({ label, next }: Comparison): string {
  if (next.entry === null) return `manifests declare ${label}`;
  return `${packageLabel(next.entry)} is ${next.kind}`;
}
