import { existsSync } from 'node:fs';
import nodePath from 'node:path';
import { Command, CommanderError, Help } from 'commander';
import { decisionCommands } from './decision-commands.ts';
import { addExamples } from './examples.ts';
import { checkCommand, explainCommand, listCommand } from './report-commands.ts';
import {
  agentHookCommand,
  ciCommand,
  completionCommand,
  hookCommand,
  initCommand,
  lspCommand,
  versionCommand,
} from './setup-commands.ts';
import { inAssistant } from '../model/assistant-environment.ts';
import { UsageError } from '../app/usage-error.ts';
import type { ExitCode, CommandContext } from './context.ts';
import { TOOL } from '../model/tool.ts';

/**
 * Reads the command line and runs its command.
 *
 * @param args The words after the program's name.
 * @returns The exit code; help and version end with 0, misuse with 2.
 * @throws UsageError for a misspelled command.
 */
export async function program(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  let code: ExitCode = 0;
  const done = (result: ExitCode) => {
    code = result;
  };
  try {
    const root = rootCommand(context, done);
    await refuseMisspelled(args, root, context);
    await root.parseAsync(withoutVersionFlag(args), { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
}

/** A word that is no command is a path to check, so commander never misses a command. */
async function refuseMisspelled(
  [word = '']: readonly string[],
  root: Command,
  context: CommandContext,
): Promise<void> {
  const commands = root.commands.map((command) => command.name());
  if (!/^[a-z]+$/i.test(word) || word === 'help' || commands.includes(word)) return;
  const { closestMatch } = await import('../text/nearest.ts');
  const meant = closestMatch(word, commands) ?? flagOf(word, root);
  if (meant === undefined || existsSync(nodePath.resolve(context.cwd, word))) return;
  throw new UsageError(
    `there is no command, file or folder called ${word}`,
    `Did you mean ${meant}? --help lists the commands.`,
  );
}

/** @returns The flag that says how something is checked, where a word is one without its hyphens: `staged`. */
function flagOf(word: string, root: Command): string | undefined {
  const check = root.commands.find((command) => command.name() === 'check');
  return check?.options.find(({ long }) => long === `--${word.toLowerCase()}`)?.long;
}

/** The flag is listed by commander and done by the command, which alone reads the version's file. */
function withoutVersionFlag(args: readonly string[]): readonly string[] {
  return args[0] === '--version' || args[0] === '-v' ? ['version'] : args;
}

function rootCommand(context: CommandContext, done: (code: ExitCode) => void): Command {
  const root = new Command(TOOL)
    .description('Stops imports of packages that nobody approved.')
    .usage(`[options] [paths...]\n       ${TOOL} <command> [options]`)
    .option('--cwd <folder>', 'work in this folder')
    .option('-v, --version', 'print the version')
    .exitOverride()
    .showHelpAfterError('(--help lists the commands and flags)')
    .configureOutput({
      writeOut: context.stdout.write,
      writeErr: context.stderr.write,
      // Line ends but the last, and but the one before a suggestion, are those of an argument.
      outputError: (text, write) => {
        write(text.replace(/\n(?!\(Did you mean |$)/g, '\\n'));
      },
    });
  const getContext = () => ({
    ...context,
    cwd: nodePath.resolve(context.cwd, root.opts<{ cwd?: string }>().cwd ?? '.'),
  });
  const check = checkCommand(getContext, done);
  root.addCommand(check, { isDefault: true }).configureHelp(helpWith(root, check));
  root.addCommand(initCommand(getContext, done));
  root.addCommand(listCommand(getContext, done));
  root.addCommand(explainCommand(getContext, done));
  for (const command of decisionCommands(getContext, done)) root.addCommand(command);
  root.addCommand(lspCommand(getContext, done));
  root.addCommand(ciCommand(getContext, done));
  root.addCommand(hookCommand(getContext, done));
  root.addCommand(agentHookCommand(getContext, done));
  root.addCommand(completionCommand(context, { getRoot: () => root, done }));
  root.addCommand(versionCommand(context));
  inherit(root);
  addExamples(root);
  if (inAssistant(context.env)) hideWaysRound(root);
  return root;
}

/** What the command takes that runs where none is named, the help of the program shows as well. */
function helpWith(root: Command, defaultCommand: Command): Partial<Help> {
  const help = new Help();
  return {
    visibleArguments: (command) => [...help.visibleArguments(command === root ? defaultCommand : command)],
    visibleOptions: (command) => {
      const options = help.visibleOptions(command);
      const added = command === root ? help.visibleOptions(defaultCommand) : [];
      const names = options.map(({ long }) => long);
      return [...options, ...added.filter(({ long }) => !names.includes(long))];
    },
  };
}

/** Commands that are added ready-made do not take over how errors end and where text goes. */
function inherit(parent: Command): void {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent));
}

/** A coding assistant is told no way past a look-up; the flag keeps working. */
function hideWaysRound(parent: Command): void {
  for (const option of parent.options) if (option.long === '--offline') option.hideHelp();
  for (const command of parent.commands) hideWaysRound(command);
}
