import { notAsked, silentLookups } from './analysis/silent-lookups.ts';
import { impossibleNameOf } from './analysis/impossible-name.ts';
import { unclearOf, usesOf } from './analysis/uses.ts';
import type { Fault } from './model/fault.ts';
import type {
  Elsewhere,
  Hint,
  MissingReference,
  PackageEvidence,
  RuleContext,
  RuleInput,
} from './model/finding.ts';
import type { GradedChange, PolicyChange } from './model/policy.ts';
import type { Lookup, ProjectNames, RequirementLookup } from './model/lookup.ts';
import type { Package } from './model/package.ts';
import { recordWords } from './model/record-words.ts';
import type { Report } from './model/report.ts';
import type { UseWithStatus } from './model/status.ts';
import type { Substitute } from './model/substitute.ts';
import type { Scope } from './model/snapshot.ts';
import {
  assistantsMayOnlyRequest,
  comparePolicies,
  policyChanges,
  readBranch,
  withEveryDenial,
  type PolicyPair,
} from './policy/changes.ts';
import { requireAnswers, unaskedBy } from './policy/answered.ts';
import { requestWarns } from './policy/requests.ts';
import { coverageOf } from './analysis/coverage.ts';
import { decisionAdvice, reviewWords } from './analysis/decision-words.ts';
import { graded, questionsOf } from './analysis/graded-changes.ts';
import type { RequestInputs } from './analysis/package-requests.ts';
import type { RequirementClaim } from './analysis/requirement-claims.ts';
import { isUncovered, type Policy } from './policy/policy.ts';
import { isUndecided } from './policy/status.ts';
import type { OtherPolicies } from './policy/elsewhere.ts';
import { changesOfOtherPrograms } from './policy/other-programs.ts';
import type { BranchPolicies } from './policy/tip.ts';
import { Analysis, type AnalysisOptions } from './analysis/analyse.ts';
import type { ScopeReferences } from './analysis/scope-references.ts';
import type { RuleId } from '../rules/index.ts';

/** What `check` needs besides the scope. */
export interface CheckOptions extends AnalysisOptions {
  readonly ask: Lookup;
  readonly askRequirements: RequirementLookup;
  /** Why the policy of the base judges: a clause. null where the head's does, or the caller asked for the base's. */
  readonly judgeReason: string | null;
  /** A sentence: how an approval that is in the change alone comes to count. Left out: the usual one. */
  readonly approvalAdvice?: string | undefined;
  /** Who edited a file in this change; null where nobody can tell. */
  readonly authorOf: (file: string) => Promise<string | null>;
  /** How to start this tool here: `npx --no -- vetted-imports`. Asked only when there is something to say. */
  readonly command: () => Promise<string>;
}

/**
 * A scope is a head compared with its bases; what changed holds references; each resolves to a package; the policy gives
 * that package a status; what is new and not allowed is a finding, graded by evidence; findings make the report.
 *
 * @returns Everything there is to say about the scope. Faults of the policy are part of it: a file that
 * can't be checked against a policy that can't be read is not clean.
 */
export async function check(scope: Scope, checkOptions: CheckOptions): Promise<Report<RuleId>> {
  const policies = await readPolicies(scope, checkOptions);
  const options = { ...checkOptions, kinds: checkOptions.kindsAt(policies.policy.config.commands) };
  const analysed = await withHeldClaims(await analyse(scope, policies, options), options);
  const evidence = await lookUpEvidence(analysed, options.ask);
  const findings = await findingsOf({ scope, analysed, evidence, policies }, options);
  const coverage = await coverageOf(scope, { ...options, policy: policies.policy });
  return {
    scope: scope.name,
    files: analysed.references.files,
    lookups: evidence.lookups,
    findings,
    policyChanges: evidence.changes,
    faults: [
      ...scope.faults,
      ...options.policy.faults,
      ...policies.faults,
      ...coverage.faults,
      ...analysed.references.faults,
    ],
    notes: [
      ...options.policy.warnings,
      ...policies.notes,
      ...coverage.notes,
      ...analysed.notes,
      ...(await unstagedConfigNotes(scope, findings, options)),
    ],
    ...(await requestsIn(scope, { ...policies, findings, command: options.command })),
  };
}

/** Whoever works on something knows what was requested; of what is committed, a reviewer reads it. */
async function requestsIn(scope: Scope, inputs: RequestInputs): Promise<Pick<Report, 'requests'>> {
  if (scope.name !== 'since' && scope.name !== 'all') return {};
  return (await import('./analysis/package-requests.ts')).packageRequests(scope, inputs);
}

/** Where something is found, the config of the work tree is tried out: somebody may wonder why it is not heard. */
async function unstagedConfigNotes(
  scope: Scope,
  findings: Report<RuleId>['findings'],
  options: CheckOptions,
): Promise<readonly string[]> {
  if (scope.workTree === null || findings.every(({ change }) => change !== null)) return [];
  const { unstagedConfig, unstagedNote } = await import('./policy/unstaged-config.ts');
  const unstaged = await unstagedConfig(scope, { ...options.policyOptions, command: options.command });
  if (unstaged === null) return [];
  const { policy, scope: next } = unstaged;
  const nextFindings =
    policy.faults.length > 0 ? [] : (await check(next, { ...options, policy, ...silentLookups })).findings;
  const note = unstagedNote(unstaged, findings, nextFindings);
  return note === null ? [] : [note];
}

/** The policy of the head, and what it was at each base. */
interface Policies {
  readonly policy: Policy;
  readonly pairs: readonly (PolicyPair | null)[];
  /** The run happens in the environment of a coding assistant that may only ask. */
  readonly assistantAsks: boolean;
  /** Of the branch that the change left; null where it is as it was. */
  readonly branch: BranchPolicies | null;
  /** What the change writes into the policy and may not. */
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
}

/** A change can take back no denial that holds at a base, and its own settings do not make it pass. */
async function readPolicies(
  scope: Scope,
  { policy, policyOptions, inAssistant, judgeReason, kinds, kindsAt, manifests, parse }: CheckOptions,
): Promise<Policies> {
  const pairs = await comparePolicies(scope, policy, policyOptions);
  const branch = await readBranch(scope, { policy, pairs }, policyOptions);
  const bases = branch === null ? pairs : [...pairs, tipPair(branch)];
  const assistantAsks = inAssistant && assistantsMayOnlyRequest(policy, bases);
  if (bases.every((pair) => pair === null)) {
    const answered = requireAnswers(policy, pairs, scope.name);
    return { policy: answered, pairs, assistantAsks, branch, faults: [], notes: [] };
  }
  const [{ strictPolicy }, { unfoundedEntries, unfoundedFault, withoutEntries }, { withTip, unreadTip }] =
    await Promise.all([
      import('./policy/strictness.ts'),
      import('./analysis/baseline.ts'),
      import('./policy/tip.ts'),
    ]);
  const parts = { kinds, kindsAt, manifests, parse, policyOptions, inAssistant };
  const unfounded = await unfoundedEntries(scope, pairs, parts);
  const founded = withoutEntries(withEveryDenial(policy, pairs), unfounded);
  const { rules } = policyOptions;
  const strict = strictPolicy(founded, pairs, { rules, assistantAsks });
  const judge = branch === null ? strict : withTip(strict, branch, rules);
  const isBaseChosen = scope.policy !== scope.head && judgeReason === null;
  const adopted = isBaseChosen ? (await import('./policy/adoption.ts')).withAdoption(judge, pairs) : judge;
  return {
    policy: requireAnswers(adopted, bases, scope.name),
    pairs,
    assistantAsks,
    branch,
    faults: unfounded.map(unfoundedFault),
    notes: branch === null ? [] : unreadTip(branch),
  };
}

/** As if the change led to the branch itself: what its config asks for holds beside that of the base. */
function tipPair({ tipPolicy }: BranchPolicies): PolicyPair {
  return { basePolicy: tipPolicy, nextPolicy: tipPolicy };
}

/** What is new in a scope: references with the status of their packages, and what loosens the policy. */
interface Analysed {
  readonly references: ScopeReferences;
  readonly uses: readonly UseWithStatus[];
  readonly missing: readonly MissingReference[];
  readonly changes: readonly PolicyChange[];
  /** What the change says in files that programs write, and registries can tell. */
  readonly claims: readonly RequirementClaim[];
  readonly lookups: Report['lookups'];
  readonly notes: readonly string[];
  /** What the work tree has beyond the head, asked for while registries answer. */
  readonly hints: () => Promise<readonly (readonly Hint[])[]>;
  /** What denials name to be used instead, by the order of the uses. */
  readonly substitutes: () => Promise<readonly (Substitute | null)[]>;
  /** By the order of the sources, what the work tree approves beyond the head. */
  readonly unstagedSources: () => Promise<readonly (Elsewhere | null)[]>;
  readonly projectNames: () => Promise<ProjectNames>;
}

async function analyse(
  scope: Scope,
  { policy, pairs, branch }: Pick<Policies, 'policy' | 'pairs' | 'branch'>,
  options: CheckOptions,
): Promise<Analysed> {
  const analysis = new Analysis(scope, { ...options, policy });
  const newReferences = await analysis.newReferences();
  const takenAway = await analysis.sourcesTakenAway();
  const references = { ...newReferences, sources: [...newReferences.sources, ...takenAway] };
  const loosened = await policyChanges(
    scope,
    { policy, pairs },
    { options: options.policyOptions, declared: (snapshot) => analysis.declaredIn(snapshot) },
  );
  const isStopped = await approvalsTakenBack(branch);
  const { uses, notes } = await analysis.withUsage(usesOf(references.judged), isStopped);
  const generated = await analysis.generatedManifests();
  const changes = [
    ...loosened.changes,
    ...references.changes,
    ...(await changesOfOtherPrograms(scope)),
    ...(await analysis.shadows(references)),
    ...(await analysis.scopeMembers()),
    ...generated.changes,
  ];
  return {
    references,
    uses,
    missing: await analysis.missingModules(references.judged),
    changes: await signed(changes, options.authorOf),
    claims: generated.claims,
    lookups: 'none',
    notes: [...loosened.notes, ...references.notes, ...notes],
    hints: () => analysis.hints(uses),
    unstagedSources: () => analysis.unstagedSourceApprovals(references.sources),
    substitutes: () => Promise.all(uses.map(({ use, status }) => analysis.substituteOf(status, use.file))),
    projectNames: () => analysis.projectNames(),
  };
}

/** Adds what registries contradict of claims; most changes make none. */
async function withHeldClaims(
  analysed: Analysed,
  { askRequirements, authorOf }: Pick<CheckOptions, 'askRequirements' | 'authorOf'>,
): Promise<Analysed> {
  if (analysed.claims.length === 0) return analysed;
  const { heldClaims } = await import('./analysis/requirement-claims.ts');
  const names = await analysed.projectNames();
  const { changes, notes, lookups } = await heldClaims(analysed.claims, (pins) =>
    askRequirements(pins, names),
  );
  return {
    ...analysed,
    changes: [...analysed.changes, ...(await signed(changes, authorOf))],
    notes: [...analysed.notes, ...notes],
    lookups,
  };
}

/** @returns Whether the branch that a change left has approved a package no longer: that the base uses it proves nothing. */
async function approvalsTakenBack(branch: BranchPolicies | null): Promise<(subject: Package) => boolean> {
  if (branch === null) return () => false;
  const { isTakenBack } = await import('./policy/tip.ts');
  return (subject) => isTakenBack(subject, branch);
}

/** An edit has an author, also where the entry that it makes names none. */
function signed(
  changes: readonly PolicyChange[],
  authorOf: CheckOptions['authorOf'],
): Promise<readonly PolicyChange[]> {
  const authors = new Map<string, Promise<string | null>>();
  const cachedAuthor = (file: string) => {
    const author = authors.get(file) ?? authorOf(file);
    authors.set(file, author);
    return author;
  };
  return Promise.all(
    changes.map(async (change) => ({ ...change, by: change.by ?? (await cachedAuthor(change.file)) })),
  );
}

/** What grades and explains the uses, by their order. */
interface UseEvidence {
  readonly knowledge: readonly PackageEvidence[];
  readonly hints: readonly (readonly Hint[])[];
  readonly substitutes: readonly (Substitute | null)[];
  /** What loosens the policy, with what registries say of the packages that are newly approved. */
  readonly changes: readonly GradedChange[];
  readonly lookups: Report['lookups'];
}

async function lookUpEvidence(
  { uses, changes, hints, substitutes, projectNames, lookups: lookupsBefore }: Analysed,
  ask: Lookup,
): Promise<UseEvidence> {
  const approvals = changes.flatMap((change) => questionsOf(change));
  const isAsked = approvals.length > 0 || uses.some(({ status }) => isUndecided(status));
  const nobody = { knowledge: [], approvals: [], lookups: lookupsBefore };
  const lookup = isAsked ? ask(uses, await projectNames(), approvals) : nobody;
  const [{ knowledge, approvals: approvalEvidence, lookups }, useHints, useSubstitutes] = await Promise.all([
    lookup,
    hints(),
    substitutes(),
  ]);
  const gradedChanges = graded(changes, approvalEvidence);
  return {
    knowledge,
    lookups: lookupsBefore === 'asked' ? lookupsBefore : lookups,
    hints: useHints,
    substitutes: useSubstitutes,
    changes: gradedChanges,
  };
}

interface RuleInputs {
  readonly scope: Scope;
  readonly analysed: Analysed;
  readonly evidence: UseEvidence;
  readonly policies: Policies;
}

/** What the rules say, in the words of this repository. Nothing is loaded where there is nothing to say. */
async function findingsOf(
  { scope, analysed, evidence, policies }: RuleInputs,
  { command, judgeReason, approvalAdvice, inAssistant }: CheckOptions,
): Promise<Report<RuleId>['findings']> {
  const { policy, assistantAsks } = policies;
  const judge = { reason: judgeReason, approvalAdvice };
  const elsewhere = await approvalsElsewhere(analysed, { scope, policies, judge });
  const inputs = ruleInputsOf(analysed, evidence, elsewhere);
  if (inputs.length === 0) return [];
  const [{ runRules, writtenFor }, start] = await Promise.all([import('./analysis/findings.ts'), command()]);
  const circumstances = {
    scope: scope.name,
    isMerge: scope.bases.length > 1,
    assistantAsks,
    requestWarns: requestWarns(policies, scope.name),
    command: start,
  };
  const context: RuleContext = {
    ...circumstances,
    written: writtenFor({ inAssistant }),
    whitelistFile: policy.whitelistFile,
    isUncovered: (word) => isUncovered(word, policy.whitelist),
    commands: policy.config.commands,
    decisionAdvice: (subject) => decisionAdvice(subject, { ...policies, ...circumstances }),
    reviewCommand: assistantAsks ? null : `${start} ${reviewWords(scope.name)}`,
    recordCommand: (provider) => {
      const words = policy.whitelist.exists ? recordWords(provider, policy.whitelistFile) : 'init';
      return assistantAsks || words === null ? null : `${start} ${words}`;
    },
  };
  return runRules(inputs, context, policy.config.rules);
}

/** By their order, what the states say that do not judge of uses and of sources. */
interface ApprovalsElsewhere {
  readonly uses: readonly (Elsewhere | null)[];
  readonly sources: readonly (Elsewhere | null)[];
}

type JudgeWords = Pick<OtherPolicies, 'reason' | 'approvalAdvice'>;

/** Most scopes have no state that does not judge. */
async function approvalsElsewhere(
  { uses, references: { sources }, unstagedSources }: Analysed,
  { scope, policies, judge }: { scope: Scope; policies: Policies; judge: JudgeWords },
): Promise<ApprovalsElsewhere> {
  const { pairs, branch } = policies;
  const change = scope.policy === scope.head ? null : (pairs[0]?.nextPolicy ?? null);
  const unstaged = await unstagedSources();
  if (uses.length + sources.length === 0 || (change === null && branch === null))
    return { uses: [], sources: unstaged };
  const { approvalElsewhere, sourceApprovalElsewhere } = await import('./policy/elsewhere.ts');
  const isNeverAsked = unaskedBy(policies.policy.config);
  const policiesElsewhere = { change, ...judge, isNeverAsked, branch };
  return {
    uses: uses.map(({ use, status }) => approvalElsewhere(use.package, status, policiesElsewhere)),
    sources: sources.map(
      (source, at) => sourceApprovalElsewhere(source, policiesElsewhere) ?? unstaged[at] ?? null,
    ),
  };
}

function ruleInputsOf(
  { references, uses, missing }: Analysed,
  { knowledge, hints, substitutes, changes }: UseEvidence,
  elsewhere: ApprovalsElsewhere,
): readonly RuleInput[] {
  return [
    ...uses.map(({ use, status }, at) => {
      const outside = knowledge[at] ?? notAsked;
      const substitute = substitutes[at] ?? null;
      const states = { hints: hints[at] ?? [], elsewhere: elsewhere.uses[at] ?? null };
      const impossibleName = impossibleNameOf(use);
      return { kind: 'use', use, status, outside, ...states, substitute, impossibleName } as const;
    }),
    ...unclearOf(references.judged).map((unclear) => ({ kind: 'unclear', ...unclear }) as const),
    ...missing.map((reference) => ({ kind: 'missing', ...reference }) as const),
    ...references.sources.map(
      (source, at) => ({ kind: 'source', source, elsewhere: elsewhere.sources[at] ?? null }) as const,
    ),
    ...changes.map((change) => ({ kind: 'policy', change }) as const),
  ];
}
