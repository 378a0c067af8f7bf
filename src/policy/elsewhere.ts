import { packageLabel, type Package } from '../model/package.ts';
import type { Elsewhere, ForeignSource } from '../model/finding.ts';
import type { ApprovalStatus, Entry } from '../model/status.ts';
import { isShellSafe } from '../text/escape.ts';
import type { PolicyPair } from './changes.ts';
import { isApprovedFrom } from './foreign-source.ts';
import { isApproval } from './status.ts';
import { isTakenBack, type BranchPolicies } from './tip.ts';

/** The policies that do not judge, and know of approvals. */
export interface OtherPolicies {
  /** Of the change, where the base's policy judges it; else null. */
  readonly change: PolicyPair['nextPolicy'] | null;
  /** Why the base's policy judges: a clause. null where the caller asked for it. */
  readonly reason: string | null;
  /** A sentence: how an approval of the change comes to count. Left out: by a merge of its own. */
  readonly approvalAdvice?: string | undefined;
  /** Does the policy that judges keep a package from being asked about? */
  readonly isNeverAsked: (subject: Package) => boolean;
  /** Of the branch that the change left; null where it is as it was. */
  readonly branch: BranchPolicies | null;
}

/**
 * @returns Which other state approves a package that does not pass, or did approve it, and what to do about that; null
 *   where none does, and where the package is denied: a denial has its own words.
 */
export function approvalElsewhere(
  subject: Package,
  { kind }: ApprovalStatus,
  policies: OtherPolicies,
): Elsewhere | null {
  if (kind === 'denied' || kind === 'approved' || kind === 'baseline') return null;
  const { change, branch } = policies;
  const decision = change?.decide(subject);
  if (decision?.kind === 'approved')
    return { text: ownApproval(subject, decision.entry, policies), next: [] };
  return branch === null ? null : onBranch(subject, branch);
}

/**
 * @returns That the change itself approves a source for all packages that come from there, where the base's policy judges;
 *   null where it does not.
 */
export function sourceApprovalElsewhere(
  { named, value }: Pick<ForeignSource, 'named' | 'value'>,
  policies: OtherPolicies,
): Elsewhere | null {
  const { change } = policies;
  const [first] = named;
  if (change === null || first === undefined) return null;
  if (!named.every((subject) => isApprovedFrom(subject, value, change.decide))) return null;
  const decision = change.decide(first);
  return decision.kind === 'approved'
    ? { text: ownApproval(first, decision.entry, policies), next: [] }
    : null;
}

/** What no registry answered for is no approval where others judge, whoever does. */
function ownApproval(
  subject: Package,
  entry: Entry,
  { reason, isNeverAsked, approvalAdvice }: OtherPolicies,
): string {
  const { file, line, unverified } = entry;
  const because = reason === null ? '' : `: ${reason}`;
  const sentence = `${packageLabel(subject)} is approved in this change (${file}:${String(line)}), but the base’s policy judges${because}`;
  if (approvalAdvice !== undefined) return `${sentence}. ${approvalAdvice}`;
  return unverified && !isNeverAsked(subject)
    ? `${sentence}. The approval was written while no registry answered, too: approve it again with an answer, and merge that first, in a change of its own.`
    : `${sentence}. Merge the approval first, in a change of its own, and then the branch with it into this one; or have a person run it with \`--policy-from head\`.`;
}

function onBranch(subject: Package, branch: BranchPolicies): Elsewhere | null {
  const { tipPolicy, tipLabel } = branch;
  const name = packageLabel(subject);
  const next = isShellSafe(tipLabel) ? [`git merge ${tipLabel}`] : [];
  if (isTakenBack(subject, branch))
    return { text: `${tipLabel} no longer approves ${name} since this branch started.`, next };
  if (!isApproval(tipPolicy.decide(subject))) return null;
  return { text: `${tipLabel} now approves ${name}, but this branch started before that.`, next };
}
