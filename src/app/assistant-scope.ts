import { isManifestPlace } from '../config/find.ts';
import { SETTINGS_NAME } from '../model/tool.ts';
import type { Fault } from '../model/fault.ts';
import type { Scope, SignedChange, Snapshot } from '../model/snapshot.ts';
import { comparePolicies, policyChanges, policyFiles } from '../policy/changes.ts';
import { readPolicy, readSettings, type PolicyOptions } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import type { OpenedScope, ProjectLocation, ScopeRequest } from '../snapshots/scope-request.ts';
import { openScope } from '../snapshots/scope.ts';
import { withFilesOf } from '../snapshots/with-files.ts';
import { isMachine } from './assistants.ts';
import { commandAt } from './command-at.ts';
import { mergedParents } from '../git/repository.ts';
import { forkOf, type Fork } from './fork-point.ts';
import type { OpenedProject } from './project.ts';
import type { ProcessContext } from './process.ts';

/** Texts that an assistant is about to write, or all that the work tree has beyond the default branch. */
export type AssistantRequest =
  { readonly kind: 'edits'; readonly buffers: ReadonlyMap<string, string> } | { readonly kind: 'worktree' };

/** What an assistant does, opened. */
export interface AssistantProject extends OpenedProject {
  /** Does the project let assistants decide about packages? */
  readonly mayDecide: boolean;
}

/** Whose policy judges what an assistant does, as a clause. */
const REASON = 'a coding assistant makes the change';

/** How an approval comes to count that only the work tree has. */
export const APPROVAL_ADVICE = 'It counts for a coding assistant as soon as a person has committed it.';

/**
 * Opens what an assistant does, with the state in which its branch left the default branch as the base: what it has
 * committed itself approves nothing. Whitelist and config are those of the base as well, or as people have committed them
 * since; a commit that bears the mark of a machine has the base's count. Where the base and the work tree trust assistants,
 * and before the first commit, the work tree's count. Close what it returns.
 *
 * @param context Its environment counts as that of an assistant, whatever it says.
 */
export async function openAssistantScope(
  request: AssistantRequest,
  location: ProjectLocation,
  context: ProcessContext,
): Promise<AssistantProject | { readonly kind: 'fault'; readonly fault: Fault }> {
  const [parts, fork] = await Promise.all([import('./components.ts'), forkIn(location)]);
  const policyOptions = parts.policyOptionsOf(context, undefined);
  const place: ProjectLocation = { ...location, policyFrom: 'base' };
  const opened = await openScope(requestFrom(request, fork), place);
  if (opened.kind === 'fault') return opened;
  try {
    const [base] = opened.scope.bases;
    const judge = base && (await peoplesBase(base, { fork, location, policyOptions }));
    const scope =
      judge === undefined ? opened.scope : { ...opened.scope, ...judgedBy(opened.scope.bases, judge) };
    const isFirst = location.repository !== null && fork.head === null;
    const mayDecide = await isTrusting(scope, policyOptions);
    const policy = isFirst || mayDecide ? scope.head : scope.policy;
    const assistantContext = { ...context, env: { ...context.env, AI_AGENT: SETTINGS_NAME } };
    const assembled = await parts.assemble(
      { ...scope, policy },
      {
        context: assistantContext,
        command: (files) => commandAt(files, location.root, assistantContext),
      },
    );
    return {
      kind: 'open',
      scope: { ...scope, policy },
      close: opened.close,
      judgeReason: policy === scope.head ? null : REASON,
      mayDecide,
      ...assembled,
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** While a merge is made, what it brings from the default branch is the base as well. */
async function forkIn({ repository }: ProjectLocation): Promise<Fork> {
  if (repository === null) return { head: null, fork: null };
  return forkOf(repository, mergedParents(repository.paths, repository.git.env)[0]);
}

function requestFrom(request: AssistantRequest, { head, fork }: Fork): ScopeRequest {
  const from =
    fork !== null
      ? { revision: fork.commit, label: `the commit at which the branch left ${fork.branch}` }
      : head !== null
        ? { revision: head, label: 'HEAD' }
        : null;
  if (request.kind === 'edits') return { ...request, from };
  return from === null ? request : { ...request, from };
}

interface BranchPlace {
  readonly fork: Fork;
  readonly location: ProjectLocation;
  readonly policyOptions: PolicyOptions;
}

/** @returns The base with the policy that people have committed since; the base itself where a machine took part in that. */
async function peoplesBase(
  base: Snapshot,
  { fork: { head, fork }, location, policyOptions }: BranchPlace,
): Promise<Snapshot> {
  if (head === null || fork === null || fork.isMerged) return base;
  const since = await openScope({ kind: 'since', from: fork.commit, to: head }, location);
  if (since.kind === 'fault') return base;
  try {
    return await withCommittedPolicy(base, since, policyOptions);
  } finally {
    since.close();
  }
}

async function withCommittedPolicy(
  base: Snapshot,
  { scope }: Extract<OpenedScope, { kind: 'open' }>,
  policyOptions: PolicyOptions,
): Promise<Snapshot> {
  const states = [base, scope.head].map((state) => readPolicy(filesOf(state), policyOptions));
  // A manifest says more than what the policy is.
  const paths = [...new Set((await Promise.all(states)).flatMap(policyFiles))].filter(
    (path) => !isManifestPlace(path),
  );
  if (!paths.some((path) => scope.touched?.has(path) === true)) return base;
  for (const change of await scope.changers(paths))
    if (change.identities.some(isMachine) && (await loosens(change, scope, policyOptions))) return base;
  return withFilesOf(base, await kept(scope.head, paths), paths);
}

/** @returns Whether a commit loosens the policy: one that only asks for packages decides nothing. */
async function loosens(change: SignedChange, scope: Scope, options: PolicyOptions): Promise<boolean> {
  const { head, bases, forks } = change;
  const state: Scope = { ...scope, head, bases, forks, merges: () => Promise.resolve([]) };
  const policy = await readPolicy(filesOf(head), options);
  const pairs = await comparePolicies(state, policy, options);
  const comparison = { options, declared: () => Promise.resolve([]) };
  return (await policyChanges(state, { policy, pairs }, comparison)).changes.length > 0;
}

/** @returns A snapshot whose files at these paths can be had when the scope is closed that it comes from. */
async function kept(snapshot: Snapshot, paths: readonly string[]): Promise<Snapshot> {
  const [ids, present] = await Promise.all([snapshot.contentIds(paths), snapshot.having(paths)]);
  const reads = new Map(
    await Promise.all([...present].map(async (path) => [path, await snapshot.read(path)] as const)),
  );
  return {
    label: snapshot.label,
    read: (path) => Promise.resolve(reads.get(path) ?? { kind: 'absent' }),
    having: (candidates) => Promise.resolve(new Set(candidates.filter((path) => present.has(path)))),
    contentIds: (candidates) =>
      Promise.resolve(ids && new Map([...ids].filter(([path]) => candidates.includes(path)))),
    list: () => Promise.resolve([...present]),
    links: () => Promise.resolve([]),
    search: () => Promise.resolve(null),
  };
}

function judgedBy([, ...bases]: readonly Snapshot[], judge: Snapshot) {
  return { bases: [judge, ...bases], trustedBases: [judge, ...bases], policy: judge };
}

/** @returns Whether assistants may decide, by the config of the base and by that of the work tree. */
async function isTrusting(
  { policy, head }: { readonly policy: Snapshot; readonly head: Snapshot },
  options: PolicyOptions,
): Promise<boolean> {
  for (const state of [policy, head])
    if ((await readSettings(filesOf(state), options)).assistants !== 'trusted') return false;
  return true;
}
