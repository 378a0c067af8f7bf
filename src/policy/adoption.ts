import { isThisTool } from '../ecosystems/index.ts';
import type { PolicyPair } from './changes.ts';
import type { Policy } from './policy.ts';

/**
 * The change that brings this tool into a project brings the approval of it: `init` writes it. Where somebody has the
 * base judge that change, and the base has no whitelist yet, this one approval counts, and is listed. An approval that
 * names a source is one of whatever comes from there.
 *
 * @param policy The policy of the base.
 */
export function withAdoption(policy: Policy, [pair]: readonly (PolicyPair | null)[]): Policy {
  if (policy.whitelist.exists || pair === null || pair === undefined) return policy;
  return {
    ...policy,
    decide: (subject) => {
      const decision = policy.decide(subject);
      if (decision.kind !== 'unapproved' || !isThisTool(subject)) return decision;
      const adoption = pair.nextPolicy.decide(subject);
      return adoption.kind === 'approved' && adoption.entry.source === null ? adoption : decision;
    },
  };
}
