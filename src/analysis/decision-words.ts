import type { ScopeName } from '../model/finding.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Policy } from '../policy/policy.ts';
import { isRequested } from '../policy/requests.ts';

/** @returns The words that show a person what is to be decided: `review` alone shows nothing of what is committed already. */
export function reviewWords(scope: ScopeName): string {
  return scope === 'staged' || scope === 'worktree' ? 'review' : 'review --all';
}

/** Who decides, with what. */
interface Decider {
  readonly policy: Policy;
  readonly assistantAsks: boolean;
  readonly review: string;
}

/**
 * An assistant can ask only where there is a whitelist to ask in, and only once: what is requested waits for a person.
 *
 * @returns The words behind the command with which whoever runs this has a package decided.
 */
export function decisionWords(subject: Package, { policy, assistantAsks, review }: Decider): string {
  if (!assistantAsks || isRequested(policy, subject)) return review;
  return policy.whitelist.exists ? `request ${packageLabel(subject)} --reason "…"` : 'init';
}
