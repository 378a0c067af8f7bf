import { configPlaces, isManifestPlace } from '../config/find.ts';
import type { Merge, Scope, Snapshot } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import type { ComparisonOptions, LoosenedPolicy } from './loosenings.ts';
import { readPolicy, type Policy, type PolicyOptions } from './policy.ts';
import type { BranchPolicies } from './tip.ts';

/** The policies of a base and of the state that is judged. */
export interface PolicyPair {
  readonly basePolicy: Policy;
  readonly nextPolicy: Policy;
}

/**
 * Reads the policies of both sides where a change edits them.
 *
 * @param policy The policy that judges, which may be that of the base.
 * @returns One pair for each base; null where nothing about policy changes.
 */
export async function comparePolicies(
  scope: Scope,
  policy: Policy,
  options: PolicyOptions,
): Promise<readonly (PolicyPair | null)[]> {
  const next = filesOf(scope.head);
  return Promise.all(
    scope.bases.map(async (base) => {
      if (await areEqual(scope.head, base, policyFiles(policy))) return null;
      const files = filesOf(base);
      return { basePolicy: await readPolicy(files, options), nextPolicy: await readPolicy(next, options) };
    }),
  );
}

/**
 * Reads what the branch says by now that a change left. Where its policy files are as they were, nothing is read.
 *
 * @param policy The policy that judges. @param pairs The policies of the base and of the change.
 */
export async function readBranch(
  { tip, bases: [base] }: Scope,
  { policy, pairs: [pair] }: { readonly policy: Policy; readonly pairs: readonly (PolicyPair | null)[] },
  options: PolicyOptions,
): Promise<BranchPolicies | null> {
  if (tip === null || base === undefined) return null;
  const basePolicy = pair?.basePolicy ?? policy;
  const paths = [...policyFiles(basePolicy), ...policyFiles(policy)];
  if (await areEqual(tip, base, paths)) return null;
  return { basePolicy, tipPolicy: await readPolicy(filesOf(tip), options), tipLabel: tip.label };
}

/**
 * Every way in which a scope loosens policy. In a merge, what one of the parents had is nothing new, unless another one
 * had taken it away.
 *
 * @param policy The policy that judges, which may be that of the base.
 */
export async function policyChanges(
  scope: Scope,
  { policy, pairs }: { readonly policy: Policy; readonly pairs: readonly (PolicyPair | null)[] },
  comparison: ComparisonOptions,
): Promise<LoosenedPolicy> {
  const policies = pairs.flatMap((pair) => (pair ? [pair.basePolicy, pair.nextPolicy] : []));
  const merges = await scope.merges([...new Set([policy, ...policies].flatMap(policyFiles))]);
  if (merges.length === 0 && pairs.every((pair) => pair === null)) return { changes: [], notes: [] };
  const { loosenedPolicy } = await import('./loosenings.ts');
  return loosenedPolicy(scope, { pairs, merges }, comparison);
}

/**
 * A denial beats everything, at the base or in the change: who takes one away can't use the package in the
 * same change, and a new one counts although the base's policy judges. In a merge, what a parent has taken
 * away is gone.
 */
export function withEveryDenial(policy: Policy, pairs: readonly (PolicyPair | null)[]): Policy {
  if (!pairs.some((pair) => pair !== null)) return policy;
  return {
    ...policy,
    decide: (subject) => {
      const decision = policy.decide(subject);
      const baseDecisions = pairs.map((pair) => pair?.basePolicy.decide(subject) ?? decision);
      const nextDecisions = pairs.map((pair) => pair?.nextPolicy.decide(subject) ?? decision);
      const next = nextDecisions.find(({ kind }) => kind === 'denied');
      if (next !== undefined) return next;
      const atBase = [decision, ...baseDecisions].find(({ kind }) => kind === 'denied');
      const isHeld = decision.kind === 'denied' || baseDecisions.every(({ kind }) => kind === 'denied');
      return isHeld && atBase?.kind === 'denied' ? { ...atBase, isTakenAway: true } : decision;
    },
  };
}

/** @returns Whether assistants may only ask: unless the config trusts them on both sides of the change. */
export function assistantsMayOnlyRequest(policy: Policy, pairs: readonly (PolicyPair | null)[]): boolean {
  const policies = [policy, ...pairs.flatMap((pair) => (pair ? [pair.basePolicy, pair.nextPolicy] : []))];
  return policies.some(({ config }) => config.assistants === 'ask');
}

/**
 * Tells whether a commit edits config or whitelist. One that edits a manifest does so only where the config in it changes:
 * dependencies stand in the same files.
 *
 * @param paths The files of the policy.
 * @param isSameConfig Compares what two states say.
 */
export async function editsPolicy(
  { head, bases }: Merge,
  paths: readonly string[],
  isSameConfig: (head: Snapshot, base: Snapshot) => Promise<boolean>,
): Promise<boolean> {
  const policyAlone = paths.filter((path) => !isManifestPlace(path));
  const equal = await Promise.all(
    bases.map(async (base) => (await areEqual(head, base, policyAlone)) && isSameConfig(head, base)),
  );
  return bases.length === 0 || equal.includes(false);
}

/** @returns The files that a policy was read from, and those that it would have been read from had they existed. */
export function policyFiles({ config, whitelist }: Policy): string[] {
  const configFiles = config.source ? [config.source.file] : [];
  return [...new Set([...configPlaces, ...configFiles, ...whitelist.files])];
}

/** Most changes leave the policy alone: what git has under the same id needs no reading. */
async function areEqual(left: Snapshot, right: Snapshot, paths: readonly string[]): Promise<boolean> {
  const [leftIds, rightIds] = await Promise.all([left.contentIds(paths), right.contentIds(paths)]);
  if (leftIds && rightIds) return paths.every((path) => leftIds.get(path) === rightIds.get(path));
  const [leftFiles, rightFiles] = [filesOf(left), filesOf(right)];
  const equal = await Promise.all(
    paths.map(async (path) => (await leftFiles.text(path)) === (await rightFiles.text(path))),
  );
  return !equal.includes(false);
}
