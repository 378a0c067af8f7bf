import type { AgentSettings } from './agent.ts';
import { eventLists, HOOKS, isOwnGroup, type ToolEvent } from './nested-hooks.ts';
import { flagsOf } from './own-hooks.ts';
import { TIMEOUT_SECONDS } from './timeout.ts';
import { shellCommand } from './tool-start.ts';

/** Commands have an event of their own, so `preToolUse` is for edits. */
const events: readonly ToolEvent[] = [
  { event: 'preToolUse', matcher: 'Write' },
  { event: 'beforeShellExecution', matcher: null },
  { event: 'postToolUse', matcher: 'Write' },
  { event: 'stop', matcher: null },
];

/** The events before something happens: only these can refuse. */
const isBefore = (event: string) => event === 'preToolUse' || event === 'beforeShellExecution';

/** https://cursor.com/docs/agent/hooks, as the page stood in 2026; no test has run Cursor. Hooks run at the root. */
export const cursor: AgentSettings = {
  id: 'cursor',
  title: 'Cursor',
  isBeta: true,
  needsPackage: false,
  files: ['.cursor/hooks.json'],
  lists: eventLists,
  frame: { version: 1 },
  entries: ({ start, present }) =>
    events.map(({ event, matcher }) => {
      const path = [HOOKS, event];
      const tools = matcher === null ? {} : { matcher };
      const failing = isBefore(event) ? { failClosed: true } : {};
      const command = shellCommand(start, 'cursor') + flagsOf(present(path));
      return { path, value: { command, ...tools, timeout: TIMEOUT_SECONDS, ...failing } };
    }),
  isOwn: isOwnGroup,
  advice: ['Cursor runs the hooks of a project in trusted workspaces only: open the folder, and trust it.'],
  instructions: ['AGENTS.md'],
};
