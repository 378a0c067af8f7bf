import type { AgentAnswer } from '../../agents/protocols/event.ts';
import { TOOL } from '../../model/tool.ts';
import { escapeControls } from '../../text/escape.ts';
import type { GateCommand } from './gate-commands.ts';

/** A command that is refused: of what kind, and what it does, as a clause behind its subject. */
export interface Refused {
  readonly kind: GateCommand['kind'] | 'settings' | 'git-settings';
  readonly text: string;
}

/** How a package is asked for. */
interface Asking {
  /** How to start this tool. */
  readonly command: string;
  readonly whitelistFile: string;
}

/** @param asking null where the project was not opened: no decision is what it wants. */
export function gateRefusal(refused: Refused, asking: Asking | null): AgentAnswer {
  const what = escapeControls(refused.text, 300);
  const lines = [
    `${TOOL}: this command was refused: it ${what}, and that is for people.`,
    nextStep(refused.kind, asking),
  ];
  return { kind: 'refuse', text: lines.join('\n') };
}

function nextStep(kind: Refused['kind'], asking: Asking | null): string {
  switch (kind) {
    case 'skips-hooks':
      return 'Run it without that. Where a check stops it, change what the check reports, or tell the user.';
    case 'hides':
      return 'Run it with its variables as they are. Where a check stops it, change what the check reports, or tell the user.';
    case 'moves-branch':
      return 'Leave that branch as it is, and work on one of your own; or tell the user what should happen to it.';
    case 'removes':
      return 'Leave it as it is, and tell the user what should happen to it.';
    case 'settings':
      return 'Make the change with your edit tool, so that it can be seen; where the check would not run any more, tell the user.';
    case 'git-settings':
      return 'Other settings are changed with `git config`; for these, tell the user.';
    case 'decides': {
      const { command, whitelistFile } = asking ?? { command: TOOL, whitelistFile: 'the whitelist' };
      return `Ask for a package with \`${command} request PACKAGE --reason "…"\`, or tell the user; a person decides, and commits ${whitelistFile}.`;
    }
  }
}
