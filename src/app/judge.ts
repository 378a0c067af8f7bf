import { isDeepStrictEqual } from 'node:util';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import { editsPolicy, policyFiles } from '../policy/changes.ts';
import { readPolicy, type Policy, type PolicyOptions } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { isMachine } from './assistants.ts';

/** Who proposes a change, as far as a build server can tell. Reasons are clauses for a report. */
export type Contributor =
  /** Somebody who may write pushed it, or has it merged; or nobody says anything. */
  | { readonly kind: 'writer' }
  /** A person proposes a branch of the repository. */
  | { readonly kind: 'member' }
  /** A program proposes a branch of the repository. */
  | { readonly kind: 'bot'; readonly reason: string }
  /** It comes from a fork, or nobody can tell where from. */
  | { readonly kind: 'outsider'; readonly reason: string };

/** Whose policy judges, and why the base's does: a clause; null where the head's does. */
export type Judge =
  | { readonly policyFrom: 'head'; readonly reason: null }
  | { readonly policyFrom: 'base'; readonly reason: string };

/** What a judge is chosen by. */
export interface JudgeQuestion {
  readonly contributor: Contributor;
  readonly policyOptions: PolicyOptions;
}

const head: Judge = { policyFrom: 'head', reason: null };

/**
 * Chooses who judges a range of commits where nobody named a judge: the base's config, else where the change comes from.
 * A fork and whatever else nobody vouches for is judged by the base; without a whitelist there, by its manifests. So is a
 * change that a program proposes or decides in, once the base has a whitelist.
 *
 * @returns The head where the scope has no base.
 */
export async function judgeOf(scope: Scope, question: JudgeQuestion): Promise<Judge> {
  const [base] = scope.bases;
  if (base === undefined) return head;
  const policyIn = (snapshot: Snapshot) => readPolicy(filesOf(snapshot), question.policyOptions);
  const basePolicy = await policyIn(base);
  const tipPolicy = scope.tip === null ? basePolicy : await policyIn(scope.tip);
  const configured = [basePolicy, tipPolicy].map(({ config }) => config.policyFrom);
  if (configured.includes('base')) return baseBecause('`policyFrom` of the config says so');
  if (configured.every((choice) => choice === 'head')) return head;
  return byContributor(question, basePolicy, async () =>
    byCommits(scope, question.policyOptions, [basePolicy, await policyIn(scope.head)]),
  );
}

async function byContributor(
  { contributor }: JudgeQuestion,
  basePolicy: Policy,
  ofCommits: () => Promise<Judge>,
): Promise<Judge> {
  if (contributor.kind === 'outsider') return baseBecause(contributor.reason);
  if (contributor.kind === 'writer' || !basePolicy.whitelist.exists) return head;
  if (contributor.kind === 'bot') return baseBecause(contributor.reason);
  return ofCommits();
}

/** Whoever opened a pull request, and whatever they did to it last: a program that decides stands in its commits. */
async function byCommits(scope: Scope, options: PolicyOptions, policies: readonly Policy[]): Promise<Judge> {
  const paths = [...new Set(policies.flatMap(policyFiles))];
  const isSame = (head: Snapshot, base: Snapshot) => isSameConfig(head, base, options);
  for (const change of await scope.changers(paths)) {
    const machine = change.identities.find(isMachine);
    if (machine !== undefined && (await editsPolicy(change, paths, isSame)))
      return baseBecause(`the commit ${change.commit.slice(0, 12)} changes the policy and names ${machine}`);
  }
  return head;
}

/** @returns Whether both states say the same of every key; false where one of them can't be read. */
async function isSameConfig(head: Snapshot, base: Snapshot, options: PolicyOptions): Promise<boolean> {
  const [left, right] = await Promise.all([head, base].map((state) => readPolicy(filesOf(state), options)));
  if (!left || !right || left.faults.length > 0 || right.faults.length > 0) return false;
  return isDeepStrictEqual({ ...left.config, source: null }, { ...right.config, source: null });
}

function baseBecause(reason: string): Judge {
  return { policyFrom: 'base', reason };
}
