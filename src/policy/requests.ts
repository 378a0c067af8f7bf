import type { ScopeName } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import type { PolicyPair } from './changes.ts';
import type { Policy } from './policy.ts';

/** The scopes of a hook and of an editor. Everywhere else, what is judged may be on its way to others. */
const working: readonly ScopeName[] = ['staged', 'stdin'];

/** What a change is judged with. */
interface Judge {
  readonly policy: Policy;
  /** The policies of the bases and of the head; null where a base has that of the head. */
  readonly pairs: readonly (PolicyPair | null)[];
  /** The run happens in the environment of a coding assistant that may only ask. */
  readonly assistantAsks: boolean;
}

/**
 * Tells for which packages a request is enough to go on working: a warning, and no error. An assistant's own request is
 * not: it must have been there before the change.
 */
export function requestWarns(
  { policy, pairs, assistantAsks }: Judge,
  scope: ScopeName,
): (subject: Package) => boolean {
  if (policy.config.requested !== 'warn' || !working.includes(scope)) return () => false;
  return (subject) =>
    isRequested(policy, subject) &&
    (!assistantAsks || pairs.some((pair) => pair === null || isRequested(pair.basePolicy, subject)));
}

/** @returns Whether somebody has asked for a package that nobody has decided about. */
export function isRequested(policy: Policy, subject: Package): boolean {
  return requestOf(policy, subject) !== null;
}

/** @returns The request for a package that nobody has decided about; null where nobody has asked for it. */
export function requestOf({ decide }: Pick<Policy, 'decide'>, subject: Package): Entry | null {
  const decision = decide(subject);
  return decision.kind === 'unapproved' && decision.requested?.kind === 'requested'
    ? decision.requested
    : null;
}
