import type { Fault } from '../model/fault.ts';
import type { Scope } from '../model/snapshot.ts';
import { type ProjectLocation, type OpenedScope, type ScopeRequest } from '../snapshots/scope-request.ts';
import { openScope } from '../snapshots/scope.ts';
import { commandAt } from './command-at.ts';
import type { Components, assemble, policyOptionsOf } from './components.ts';
import type { Contributor } from './judge.ts';
import type { ProcessContext } from './process.ts';

/** A scope with the policy that holds in it, ready to be surveyed. */
export interface OpenedProject extends Components {
  readonly kind: 'open';
  readonly scope: Scope;
  readonly close: () => void;
  /** Why the policy of the base judges: a clause. null where the head's does, or the caller asked for the base's. */
  readonly judgeReason: string | null;
}

/** With what a project is opened. */
export interface ProjectOptions {
  readonly context: ProcessContext;
  readonly config?: string | undefined;
  /** Who proposes a range of commits. Left out: somebody who may write. */
  readonly contributor?: Contributor | undefined;
}

/**
 * Every command that reads a project comes through here. Close what it returns. git looks for the changes
 * while the modules are loaded that will read them. Where everything is read, threads share the work.
 */
export async function openProject(
  request: ScopeRequest,
  location: ProjectLocation,
  options: ProjectOptions,
): Promise<OpenedProject | { kind: 'fault'; fault: Fault }> {
  const [opened, parts] = await Promise.all([openScope(request, location), import('./components.ts')]);
  return opened.kind === 'fault' ? opened : describe(opened, { ...options, request, location, parts });
}

/**
 * As {@link openProject}, for what is about to be committed: where no file by its name holds imports,
 * dependency lines or policy, nothing is read, not even the whitelist.
 */
export async function openCommit(
  request: ScopeRequest,
  location: ProjectLocation,
  options: ProjectOptions,
): Promise<OpenedProject | { kind: 'fault'; fault: Fault } | { kind: 'inactive' }> {
  const [opened, parts] = await Promise.all([openScope(request, location), import('./components.ts')]);
  if (opened.kind === 'fault') return opened;
  const { touched, faults, links } = opened.scope;
  // What a link stands for is not told by its name.
  const isIdle =
    touched !== null &&
    faults.length + links.length === 0 &&
    !parts.anyRelevant(touched) &&
    !(await parts.anyRelevantLink(opened.scope, touched)) &&
    !(await parts.anyRelevantPage(opened.scope, touched));
  if (!isIdle || options.config !== undefined)
    return describe(opened, { ...options, request, location, parts });
  opened.close();
  return { kind: 'inactive' };
}

interface Opening extends ProjectOptions {
  readonly request: ScopeRequest;
  readonly location: ProjectLocation;
  readonly parts: { readonly assemble: typeof assemble; readonly policyOptionsOf: typeof policyOptionsOf };
}

async function describe(
  { scope: opened, close }: Extract<OpenedScope, { kind: 'open' }>,
  options: Opening,
): Promise<OpenedProject> {
  const { request, location, parts, context } = options;
  const { scope, judgeReason } = await withJudge(opened, options);
  const whole = request.kind === 'all' || request.kind === 'paths';
  const pool = whole ? (await import('./parser-pool.ts')).wholeTreePool() : null;
  const described = await parts.assemble(scope, {
    ...options,
    parse: pool?.parse,
    command: (files) => commandAt(files, location.root, context),
  });
  const closeAll = () => {
    close();
    pool?.close();
  };
  return { kind: 'open', scope, close: closeAll, judgeReason, ...described };
}

/** Who judges a range of commits is told by its base, which has to be open to be asked. */
async function withJudge(
  scope: Scope,
  { request, location: { policyFrom, repository }, contributor, context, config, parts }: Opening,
): Promise<{ readonly scope: Scope; readonly judgeReason: string | null }> {
  const [base] = scope.bases;
  if (request.kind !== 'since' || policyFrom !== 'auto' || repository === null || base === undefined)
    return { scope, judgeReason: null };
  const { judgeOf } = await import('./judge.ts');
  const judge = await judgeOf(scope, {
    contributor: contributor ?? { kind: 'writer' },
    policyOptions: parts.policyOptionsOf(context, config),
  });
  return {
    scope: judge.policyFrom === 'base' ? { ...scope, policy: base } : scope,
    judgeReason: judge.reason,
  };
}
