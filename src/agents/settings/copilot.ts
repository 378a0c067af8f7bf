import type { AgentSettings } from './agent.ts';
import { eventLists, HOOKS, isOwnGroup, type ToolEvent } from './nested-hooks.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';
import { flagsOf } from './own-hooks.ts';
import { TIMEOUT_SECONDS } from './timeout.ts';
import { shellCommand } from './tool-start.ts';

/** Names of events with a capital letter have Copilot speak as Claude Code does, with the names of its tools. */
const events: readonly ToolEvent[] = [
  { event: 'PreToolUse', matcher: 'Bash|PowerShell|Write|Edit|MultiEdit|NotebookEdit' },
  { event: 'PostToolUse', matcher: 'Write|Edit|MultiEdit|NotebookEdit' },
  { event: 'Stop', matcher: null },
];

/**
 * https://docs.github.com/copilot/reference/hooks-configuration, seen with 1.0.102. A hook runs at the root. One that fails
 * refuses the call by itself; one that is too slow lets it pass.
 */
export const copilot: AgentSettings = {
  id: 'copilot',
  title: 'Copilot',
  isBeta: false,
  needsPackage: false,
  files: [`.github/hooks/${SETTINGS_NAME}.json`],
  lists: eventLists,
  frame: { version: 1 },
  entries: ({ start, present }) =>
    events.map(({ event, matcher }) => {
      const path = [HOOKS, event];
      const command = shellCommand(start, 'copilot') + flagsOf(present(path));
      const tools = matcher === null ? {} : { matcher };
      return { path, value: { type: 'command', ...tools, command, timeoutSec: TIMEOUT_SECONDS } };
    }),
  isOwn: isOwnGroup,
  advice: [],
  instructions: ['AGENTS.md'],
};
