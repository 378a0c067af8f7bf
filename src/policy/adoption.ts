import { ownPackage } from '../ecosystems/index.ts';
import { packageLabel } from '../model/package.ts';
import type { PolicyPair } from './changes.ts';
import type { Policy } from './policy.ts';

/**
 * The change that brings this tool into a project brings the approval of it: `init` writes it. Where somebody has the
 * base judge that change, and the base has no whitelist yet, this one approval counts, and is listed.
 *
 * @param policy The policy of the base.
 */
export function withAdoption(policy: Policy, [pair]: readonly (PolicyPair | null)[]): Policy {
  if (policy.whitelist.exists || pair === null || pair === undefined) return policy;
  const adoption = pair.nextPolicy.decide(ownPackage);
  if (adoption.kind !== 'approved') return policy;
  const ownLabel = packageLabel(ownPackage);
  return {
    ...policy,
    decide: (subject) => {
      const decision = policy.decide(subject);
      const isOwn = packageLabel(subject) === ownLabel;
      return isOwn && decision.kind === 'unapproved' ? adoption : decision;
    },
  };
}
