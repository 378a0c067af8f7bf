import type { Config } from '../config/config.ts';
import { privateMatcher } from '../config/private-names.ts';
import type { ScopeName } from '../model/finding.ts';
import type { PolicyPair } from './changes.ts';
import type { Policy } from './policy.ts';

const inHand: readonly ScopeName[] = ['staged', 'worktree', 'paths', 'stdin'];

/**
 * @returns Whether a person still has the work in hand, perhaps on a train and with what is installed there: what only
 *   an answer or another version could tell stops nobody.
 */
export function isInHand(scope: ScopeName): boolean {
  return inHand.includes(scope);
}

/**
 * An approval that is `unverified` was written while no registry answered, for whatever reason. It lets a commit pass
 * and is a request everywhere else, until somebody approves with an answer: otherwise a closed port would approve a
 * name that nobody serves. Names that the base itself keeps from being asked need no answer.
 *
 * @param pairs The policies of the bases, where they differ from the head's.
 */
export function requireAnswers(
  policy: Policy,
  pairs: readonly (PolicyPair | null)[],
  scope: ScopeName,
): Policy {
  if (isInHand(scope)) return policy;
  const configs =
    pairs.length === 0 ? [policy.config] : pairs.map((pair) => pair?.basePolicy.config ?? policy.config);
  const isNeverAsked = configs.map(unaskedBy);
  return {
    ...policy,
    decide: (subject) => {
      const decision = policy.decide(subject);
      if (decision.kind !== 'approved' || !decision.entry.unverified) return decision;
      const isExempt = isNeverAsked.every((isExemptIn) => isExemptIn(subject));
      return isExempt ? decision : { kind: 'unapproved', requested: decision.entry };
    },
  };
}

/** @returns Whether a config keeps a package from being asked about. */
export function unaskedBy({ lookup, privateNames }: Config): ReturnType<typeof privateMatcher> {
  return lookup === 'off' ? () => true : privateMatcher(privateNames);
}
