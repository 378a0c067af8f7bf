import type { Fault } from '../model/fault.ts';
import type { Scope } from '../model/snapshot.ts';
import { openScope, type Ground, type ScopeRequest } from '../snapshots/scope.ts';
import type { Parts } from './parts.ts';
import type { World } from './world.ts';

/** A scope with the policy that holds in it, ready to be surveyed. */
export interface OpenedProject extends Parts {
  readonly kind: 'open';
  readonly scope: Scope;
  readonly close: () => void;
}

/**
 * Every command that reads a project comes through here. Close what it returns. git looks for the changes
 * while the modules are loaded that will read them. Where everything is read, threads share the work.
 */
export async function openProject(
  request: ScopeRequest,
  ground: Ground,
  options: { readonly world: World; readonly config?: string | undefined },
): Promise<OpenedProject | { kind: 'fault'; fault: Fault }> {
  const [opened, { partsFor }] = await Promise.all([openScope(request, ground), import('./parts.ts')]);
  if (opened.kind === 'fault') return opened;
  const { scope, close } = opened;
  const whole = request.kind === 'all' || request.kind === 'paths';
  const pool = whole ? (await import('./parser-pool.ts')).parserPool() : null;
  const parts = await partsFor(scope, { ...options, parse: pool?.parse });
  const closeAll = () => {
    close();
    pool?.close();
  };
  return { kind: 'open', scope, close: closeAll, ...parts };
}
