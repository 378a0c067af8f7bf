import type { AgentSettings } from './agent.ts';
import { eventLists, hookGroup, HOOKS, isOwnGroup, type ToolEvent } from './nested-hooks.ts';
import { flagsOf } from './own-hooks.ts';
import { TIMEOUT_SECONDS } from './timeout.ts';
import { shellCommand } from './tool-start.ts';

/** `Bash` stands for every tool that runs commands, `apply_patch` for every edit. */
const events: readonly ToolEvent[] = [
  { event: 'PreToolUse', matcher: 'Bash|apply_patch' },
  { event: 'PostToolUse', matcher: 'apply_patch' },
  { event: 'Stop', matcher: null },
];

/**
 * https://developers.openai.com/codex/hooks, seen with 0.171.0. A hook runs in the folder that Codex was started in, which may
 * lie below the root: git says where that is. On Windows, where no shell replaces that, Codex has to be started at the root.
 */
export const codex: AgentSettings = {
  id: 'codex',
  title: 'Codex',
  isBeta: false,
  needsPackage: false,
  files: ['.codex/hooks.json'],
  lists: eventLists,
  frame: {},
  entries: ({ start, present }) =>
    events.map(({ event, matcher }) => {
      const path = [HOOKS, event];
      const flags = flagsOf(present(path));
      const commands = {
        command: shellCommand(start, 'codex', '$(git rev-parse --show-toplevel)/') + flags,
        command_windows: shellCommand(start, 'codex') + flags,
      };
      return {
        path,
        value: hookGroup(matcher, { type: 'command', ...commands, timeout: TIMEOUT_SECONDS }),
      };
    }),
  isOwn: isOwnGroup,
  advice: [
    'Codex runs no hook of a project before somebody trusts it, and says nothing of that: start codex here once, and trust the hooks with /hooks. Again whenever they change.',
  ],
  instructions: ['AGENTS.md'],
};
