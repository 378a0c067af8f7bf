import { changersOf } from '../git/authors.ts';
import type { Git } from '../git/git.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import { policyFiles } from '../policy/changes.ts';
import { readPolicy, type Policy, type PolicyOptions } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import type { ScopeRequest } from '../snapshots/scope-request.ts';
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
  readonly request: Extract<ScopeRequest, { kind: 'since' }>;
  readonly git: Git;
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
  return byContributor(question, basePolicy, () => policyIn(scope.head));
}

async function byContributor(
  question: JudgeQuestion,
  basePolicy: Policy,
  headPolicy: () => Promise<Policy>,
): Promise<Judge> {
  const { contributor } = question;
  if (contributor.kind === 'outsider') return baseBecause(contributor.reason);
  if (contributor.kind === 'writer' || !basePolicy.whitelist.exists) return head;
  if (contributor.kind === 'bot') return baseBecause(contributor.reason);
  return byCommits(question, [basePolicy, await headPolicy()]);
}

/** Whoever opened a pull request, and whatever they did to it last: a program that decides stands in its commits. */
async function byCommits(
  { git, request: { from, to } }: JudgeQuestion,
  policies: readonly Policy[],
): Promise<Judge> {
  const paths = [...new Set(policies.flatMap(policyFiles))];
  for (const { commit, identities } of await changersOf(git, `${from}..${to}`, paths)) {
    const machine = identities.find(isMachine);
    if (machine !== undefined)
      return baseBecause(`the commit ${commit.slice(0, 12)} changes the policy and names ${machine}`);
  }
  return head;
}

function baseBecause(reason: string): Judge {
  return { policyFrom: 'base', reason };
}
