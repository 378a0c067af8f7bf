import type { AgentSettings } from './agent.ts';
import { eventLists, hookGroup, HOOKS, isOwnGroup, type ToolEvent } from './nested-hooks.ts';
import { flagsOf } from './own-hooks.ts';
import { TIMEOUT_SECONDS } from './timeout.ts';
import { shellCommand } from './tool-start.ts';

const edits = 'Write|Edit|MultiEdit|NotebookEdit';

/** MultiEdit is a tool of versions before 2.1; to name one that is not there costs nothing. */
const events: readonly ToolEvent[] = [
  { event: 'PreToolUse', matcher: `Bash|PowerShell|${edits}` },
  { event: 'PostToolUse', matcher: edits },
  { event: 'Stop', matcher: null },
  { event: 'SubagentStop', matcher: null },
];

/**
 * https://code.claude.com/docs/en/hooks, seen with 2.1.332. A hook runs where the last command went (`cd`), so the path begins at
 * the root. `args`, with which no shell would read the command, is what Copilot leaves out, which reads this file, too: it would
 * start a bare `node`, and refuse every call because that fails (seen with 1.0.102). `onFailure` says that a hook that crashes, or is too slow, lets no call pass; only this event has it.
 */
export const claude: AgentSettings = {
  id: 'claude',
  title: 'Claude Code',
  isBeta: false,
  needsPackage: false,
  files: ['.claude/settings.json'],
  lists: eventLists,
  frame: {},
  entries: ({ start, present }) =>
    events.map(({ event, matcher }) => {
      const path = [HOOKS, event];
      const command = shellCommand(start, 'claude', '${CLAUDE_PROJECT_DIR}/') + flagsOf(present(path));
      const failing = event === 'PreToolUse' ? { onFailure: 'block' } : {};
      const hook = { type: 'command', command, timeout: TIMEOUT_SECONDS, ...failing };
      return { path, value: hookGroup(matcher, hook) };
    }),
  isOwn: isOwnGroup,
  advice: [],
  instructions: ['CLAUDE.md', '.claude/CLAUDE.md'],
};
