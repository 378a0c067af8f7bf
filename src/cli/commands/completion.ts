import type { Command } from 'commander';
import { SETTINGS_NAME, TOOL } from '../../model/tool.ts';
import { bashScript } from '../completion/bash.ts';
import { completedCommand } from '../completion/definition.ts';
import { fishScript } from '../completion/fish.ts';
import type { Shell } from '../completion/shells.ts';
import { zshScript } from '../completion/zsh.ts';
import type { CommandContext, ExitCode } from '../context.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The commands of the package, for each of which the script completes. */
const commandNames = { names: [TOOL, SETTINGS_NAME], id: TOOL.replaceAll('-', '_') };

/**
 * Prints a script of what may be typed. It holds all of that, so that a press of Tab starts no Node and reads nothing of
 * the repository.
 *
 * @param root The program as its parser of command lines knows it.
 */
export function completionCommand(shell: Shell, root: Command, { stdout }: CommandContext): ExitCode {
  // A text that a shell reads stays as it is.
  stdout.report(scripts[shell](completedCommand(root), commandNames));
  return 0;
}
