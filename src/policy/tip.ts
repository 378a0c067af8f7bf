import { isLower, levelOf } from '../config/levels.ts';
import type { KnownRule } from '../config/config.ts';
import type { Package } from '../model/package.ts';
import type { Decision } from '../whitelist/decide.ts';
import type { Policy } from './policy.ts';
import { isApproval } from './status.ts';

/** The policies of the branch that a change left: where the change left it, and by now. */
export interface BranchPolicies {
  readonly basePolicy: Policy;
  readonly tipPolicy: Policy;
  /** What git calls the branch: `origin/main`. */
  readonly tipLabel: string;
}

/**
 * The policy that judges, but no looser than the branch has become since the change left it: denials, ends and
 * approvals that were taken back there count, and so does a config that was made stricter. What the branch has loosened
 * since counts for who merges it.
 */
export function withTip(policy: Policy, branch: BranchPolicies, rules: readonly KnownRule[]): Policy {
  const { basePolicy, tipPolicy } = branch;
  const { config } = policy;
  const namesOf = (key: 'ambient' | 'localModules') =>
    config[key].filter(
      (name) => tipPolicy.config[key].includes(name) || !basePolicy.config[key].includes(name),
    );
  const isTightened = (ecosystem: string) =>
    basePolicy.whitelist.exists && tipPolicy.trustIn(ecosystem) === 'whitelist';
  return {
    ...policy,
    config: {
      ...config,
      rules: rulesWithTip(policy, tipPolicy, rules),
      ambient: namesOf('ambient'),
      localModules: namesOf('localModules'),
    },
    trustIn: (ecosystem) => (isTightened(ecosystem) ? 'whitelist' : policy.trustIn(ecosystem)),
    decide: (subject) => decisionWithTip(subject, policy.decide(subject), branch),
    ignores: (path) => policy.ignores(path) && (tipPolicy.ignores(path) || !basePolicy.ignores(path)),
  };
}

/** @returns What is said where the branch's policy can't be read: only its denials count then. */
export function unreadTip({ tipPolicy, tipLabel }: BranchPolicies): readonly string[] {
  const [fault] = tipPolicy.faults;
  if (fault === undefined) return [];
  const file = fault.file ?? 'the policy';
  return [
    `${tipLabel}: ${file} can’t be read there (${fault.message}), so approvals that were revoked since are unknown`,
  ];
}

function rulesWithTip(
  { config }: Policy,
  { config: tipConfig }: Policy,
  rules: readonly KnownRule[],
): Policy['config']['rules'] {
  const levels = new Map(config.rules);
  for (const rule of rules) {
    if (!isLower(levelOf(rule, config), levelOf(rule, tipConfig))) continue;
    const level = tipConfig.rules.get(rule.id);
    if (level === undefined) levels.delete(rule.id);
    else levels.set(rule.id, level);
  }
  return levels;
}

function decisionWithTip(subject: Package, decision: Decision, branch: BranchPolicies): Decision {
  if (decision.kind === 'denied') return decision;
  const tipDecision = decisionAtTip(subject, branch);
  if (tipDecision.kind === 'denied') return tipDecision;
  return isApproval(decision) && isTakenBack(subject, branch) ? tipDecision : decision;
}

/** @returns Whether a package passed where the change left the branch, and passes there no longer. */
export function isTakenBack(subject: Package, { basePolicy, tipPolicy }: BranchPolicies): boolean {
  if (!tipPolicy.whitelist.exists || tipPolicy.faults.length > 0) return false;
  return isApproval(basePolicy.decide(subject)) && !isApproval(tipPolicy.decide(subject));
}

/** Files of the branch are not those of the change: `git show` takes the name that an entry gets here. */
function decisionAtTip(subject: Package, { tipPolicy, tipLabel }: BranchPolicies): Decision {
  const decision = tipPolicy.decide(subject);
  if (decision.kind === 'unapproved') return decision;
  const { entry } = decision;
  return { ...decision, entry: { ...entry, file: `${tipLabel}:${entry.file}` } };
}
