import { commitCommand } from '../model/commit-command.ts';
import type { DecisionAdvice, ScopeName } from '../model/finding.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { PolicyPair } from '../policy/changes.ts';
import type { Policy } from '../policy/policy.ts';
import { requestOf } from '../policy/requests.ts';

/** @returns The words that show a person what is to be decided: `review` alone shows nothing of what is committed already. */
export function reviewWords(scope: ScopeName): string {
  return isUncommitted(scope) ? 'review' : 'review --all';
}

/** Who decides, with what, and where a request would be on its way to others. */
interface Decider {
  readonly policy: Policy;
  readonly pairs: readonly (PolicyPair | null)[];
  readonly assistantAsks: boolean;
  readonly scope: ScopeName;
  /** git commits a merge only as a whole. */
  readonly isMerge: boolean;
  /** Is a request for a package enough to go on working? */
  readonly requestWarns: (subject: Package) => boolean;
  /** How to start this tool here. */
  readonly command: string;
}

/**
 * An assistant can ask only where there is a whitelist to ask in, and only once: what is requested waits for a person. A
 * request lets no commit pass that uses the package, so it is committed by itself.
 *
 * @returns With what whoever runs this has a package decided.
 */
export function decisionAdvice(subject: Package, decider: Decider): DecisionAdvice {
  const { policy, assistantAsks, scope, command } = decider;
  const review = `${command} ${reviewWords(scope)}`;
  const request = requestOf(policy, subject);
  if (request === null) {
    const ask = policy.whitelist.exists ? `request ${packageLabel(subject)} --reason "…"` : 'init';
    return { commands: [assistantAsks ? `${command} ${ask}` : review], text: null };
  }
  if (isWaiting(subject, decider))
    return {
      commands: [commitCommand(request.file), ...(assistantAsks ? [] : [review])],
      text: 'Commit the request by itself, so that a person can decide: it lets no commit pass that uses the package.',
    };
  return assistantAsks
    ? { commands: [], text: 'A person decides about it.' }
    : { commands: [review], text: null };
}

/** @returns Whether a request is still to be committed, and keeps what uses the package from that. */
function isWaiting(
  subject: Package,
  { pairs, assistantAsks, scope, isMerge, policy, requestWarns }: Decider,
): boolean {
  if (!isUncommitted(scope) || isMerge || requestWarns(subject)) return false;
  if (policy.config.requested === 'warn' && !assistantAsks) return false;
  // In the work tree the whitelist of a first commit may be unknown to git.
  if (scope === 'worktree' && pairs.some((pair) => pair?.basePolicy.whitelist.exists === false)) return false;
  return pairs.every((pair) => pair !== null && requestOf(pair.basePolicy, subject) === null);
}

function isUncommitted(scope: ScopeName): boolean {
  return scope === 'staged' || scope === 'worktree';
}
