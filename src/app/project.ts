import type { Fault } from '../model/fault.ts';
import type { Scope } from '../model/snapshot.ts';
import { type ProjectLocation, type OpenedScope, type ScopeRequest } from '../snapshots/scope-request.ts';
import { openScope } from '../snapshots/scope.ts';
import { commandAt } from './command-at.ts';
import type { Components, assemble } from './components.ts';
import type { ProcessContext } from './process.ts';

/** A scope with the policy that holds in it, ready to be surveyed. */
export interface OpenedProject extends Components {
  readonly kind: 'open';
  readonly scope: Scope;
  readonly close: () => void;
}

/** With what a project is opened. */
export interface ProjectOptions {
  readonly context: ProcessContext;
  readonly config?: string | undefined;
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
  const { touched, faults } = opened.scope;
  const idle = touched !== null && faults.length === 0 && !parts.anyRelevant(touched);
  if (!idle || options.config !== undefined)
    return describe(opened, { ...options, request, location, parts });
  opened.close();
  return { kind: 'inactive' };
}

async function describe(
  { scope, close }: Extract<OpenedScope, { kind: 'open' }>,
  options: ProjectOptions & {
    request: ScopeRequest;
    location: ProjectLocation;
    parts: { assemble: typeof assemble };
  },
): Promise<OpenedProject> {
  const { request, location, parts, context } = options;
  const whole = request.kind === 'all' || request.kind === 'paths';
  const pool = whole ? (await import('./parser-pool.ts')).parserPool() : null;
  const described = await parts.assemble(scope, {
    ...options,
    parse: pool?.parse,
    command: (files) => commandAt(files, location.root, context),
  });
  const closeAll = () => {
    close();
    pool?.close();
  };
  return { kind: 'open', scope, close: closeAll, ...described };
}
