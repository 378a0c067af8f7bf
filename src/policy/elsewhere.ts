import { packageLabel, type Package } from '../model/package.ts';
import type { Elsewhere } from '../model/finding.ts';
import type { ApprovalStatus } from '../model/status.ts';
import { isShellSafe } from '../text/escape.ts';
import type { PolicyPair } from './changes.ts';
import { isApproval } from './status.ts';
import { isTakenBack, type BranchPolicies } from './tip.ts';

/** The policies that do not judge, and know of approvals. */
export interface OtherPolicies {
  /** Of the change, where the base's policy judges it; else null. */
  readonly change: PolicyPair['nextPolicy'] | null;
  /** Why the base's policy judges: a clause. null where the caller asked for it. */
  readonly reason: string | null;
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
  { change, reason, branch }: OtherPolicies,
): Elsewhere | null {
  if (kind === 'denied' || kind === 'approved' || kind === 'baseline') return null;
  const entry = change === null ? null : approvalIn(subject, change);
  if (entry !== null) return { text: ownApproval(subject, entry, reason), next: [] };
  return branch === null ? null : onBranch(subject, branch);
}

/** What no registry answered for is no approval where others judge. */
function approvalIn(subject: Package, { decide }: Pick<PolicyPair['nextPolicy'], 'decide'>) {
  const decision = decide(subject);
  return decision.kind !== 'approved' || decision.entry.unverified ? null : decision.entry;
}

function ownApproval(
  subject: Package,
  { file, line }: { readonly file: string; readonly line: number },
  reason: string | null,
): string {
  const because = reason === null ? '' : `: ${reason}`;
  return `${packageLabel(subject)} is approved in this change (${file}:${String(line)}), but the base’s policy judges${because}. Merge the approval first, in a change of its own, or have a person set \`policy-from: head\`.`;
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
