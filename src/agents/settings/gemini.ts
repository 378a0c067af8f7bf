import type { AgentSettings } from './agent.ts';
import { eventLists, hookGroup, HOOKS, isOwnGroup, type ToolEvent } from './nested-hooks.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';
import { flagsOf } from './own-hooks.ts';
import { TIMEOUT_SECONDS } from './timeout.ts';
import { shellCommand } from './tool-start.ts';

/** The matchers are regular expressions on the names of tools. */
const events: readonly ToolEvent[] = [
  { event: 'BeforeTool', matcher: 'write_file|replace|run_shell_command' },
  { event: 'AfterTool', matcher: 'write_file|replace' },
  { event: 'AfterAgent', matcher: null },
];

/**
 * https://geminicli.com/docs/hooks, seen with 0.61.0, which takes the time in milliseconds. Settings of a project are read where
 * Gemini is started, and hooks run there: at the root.
 */
export const gemini: AgentSettings = {
  id: 'gemini',
  title: 'Gemini CLI',
  isBeta: false,
  needsPackage: false,
  files: ['.gemini/settings.json'],
  lists: eventLists,
  frame: {},
  entries: ({ start, present }) =>
    events.map(({ event, matcher }) => {
      const path = [HOOKS, event];
      const command = shellCommand(start, 'gemini') + flagsOf(present(path));
      const hook = { type: 'command', name: SETTINGS_NAME, command, timeout: TIMEOUT_SECONDS * 1000 };
      return { path, value: hookGroup(matcher, hook) };
    }),
  isOwn: isOwnGroup,
  advice: [
    'Gemini CLI reads the settings of a project in the folder that it is started in, if that is trusted: start gemini at the root. It warns once that the hooks of the project changed.',
  ],
  instructions: ['GEMINI.md'],
};
