import type { Json } from '../../documents/json-lists.ts';
import { asList, member } from '../../documents/values.ts';
import { isOwnHook } from './own-hooks.ts';

/** Where every map of events stands. */
export const HOOKS = 'hooks';

/** The lists of hooks, by their events. */
export const eventLists: readonly string[] = [HOOKS, '*'];

/** An event of an assistant, and of which tools; null: the event has no tool. */
export interface ToolEvent {
  readonly event: string;
  readonly matcher: string | null;
}

/** @returns An item of the list of an event, in the form that Claude Code began: a matcher with its hooks. */
export function hookGroup(matcher: string | null, hook: Readonly<Record<string, Json>>): Json {
  return { ...(matcher === null ? {} : { matcher }), hooks: [hook] };
}

/** @returns Whether an item of such a list, or a hook in one, is this tool's. A group with hooks of others is not. */
export function isOwnGroup(item: Json): boolean {
  const hooks = asList(member(item, HOOKS));
  return hooks.length === 0 ? isOwnHook(item) : hooks.every(isOwnHook);
}
