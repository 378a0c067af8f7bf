import { ecosystems } from '../ecosystems/index.ts';
import { existsSync } from 'node:fs';
import nodePath from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CheckFlags } from './commands/check.ts';
import type { CiFlags } from './commands/ci.ts';
import type { InitFlags } from './commands/init.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { ListFlags } from './commands/list.ts';
import type { LspFlags } from './commands/lsp.ts';
import { decisionCommands, needlessOffline } from './decision-commands.ts';
import { inAssistant } from '../app/assistants.ts';
import { reporters } from '../reporters/index.ts';
import { UsageError } from '../app/usage-error.ts';
import type { ExitCode, CommandContext } from './context.ts';
import { HOME, TOOL } from '../model/tool.ts';

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
    .option('--cwd <folder>', 'work in this folder')
    .option('-v, --version', 'print the version')
    .exitOverride()
    .addHelpText('after', helpText)
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
  root.addCommand(checkCommand(getContext, done), { isDefault: true });
  root.addCommand(initCommand(getContext, done));
  root.addCommand(listCommand(getContext, done));
  root.addCommand(explainCommand(getContext, done));
  for (const command of decisionCommands(getContext, done)) root.addCommand(command);
  root.addCommand(lspCommand(getContext, done));
  root.addCommand(ciCommand(getContext, done));
  root.addCommand(hookCommand(getContext, done));
  root.addCommand(versionCommand(context));
  inherit(root);
  if (inAssistant(context.env)) hideWaysRound(root);
  return root;
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

/** What stands below the lists of commands and options of the first page, as other linters have it. */
const helpText = `
Examples:
  ${TOOL} init                 set up the whitelist and the pre-commit hook
  ${TOOL} --staged             check what the next commit adds
  ${TOOL} --since origin/main  check what a branch adds
  ${TOOL} review               decide about the packages that were found
  ${TOOL} approve npm:undici --reason "connection pools"

Exit codes:
  0  nothing to report
  1  findings of severity error, or more warnings than --max-warnings allows
  2  wrong usage or config, or something could not be checked

Rules, hooks, CI and config: ${HOME}#readme`;

function checkCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  const command = new Command('check')
    .description('check new imports: those of the work tree (default), or of another scope')
    .argument('[paths...]', 'files and folders to check as a whole (literal, no wildcards)')
    .option('--staged', 'check what the next commit adds (the hook runs this)')
    .option('--since <ref>', 'check what HEAD adds since it branched off from REF (for CI)')
    .option('--all', 'check every import of the project')
    .option('--stdin', 'read a file from standard input')
    .option('--stdin-filename <path>', 'the path of the file on standard input')
    .option('--new-only', 'with --stdin: only what HEAD does not import yet');
  addOutputFlags(command);
  return addPolicyFlags(command).action(async (paths: string[], flags: CheckFlags) => {
    const { checkCommand: run } = await import('./commands/check.ts');
    done(await run(paths, flags, getContext()));
  });
}

function addOutputFlags(command: Command): Command {
  return command
    .addOption(formatOption())
    .option('--max-warnings <n>', 'exit with 1 if there are more than n warnings', wholeNumber)
    .option('--exit-zero', 'exit with 0 even if there are findings')
    .option('--quiet', 'show errors only')
    .option('--verbose', 'show every place where a package is used, not the first five')
    .option('--color', 'colour the output')
    .option('--no-color', 'do not colour the output');
}

/** Nothing is its default: each format that is named is added to those before it. */
function formatOption(): Option {
  const formats = [...reporters.keys()].join(', ');
  return new Option('--format <format[=file]>', `${formats}; repeatable`).argParser(collect);
}

function addPolicyFlags(command: Command): Command {
  return command
    .option('--offline', 'do not query registries')
    .option('--config <file>', 'use this config file')
    .addOption(policyFromOption('use the whitelist and config of this state to judge --since'));
}

function policyFromOption(description: string): Option {
  return new Option('--policy-from <state>', description).choices(['auto', 'head', 'base']);
}

function initCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('init')
    .description('set up the whitelist and the pre-commit hook')
    .option('--yes', 'write without asking')
    .option('--dry-run', 'show what would be written')
    .option('--verbose', 'show the lines of hooks whole')
    .option('--offline', 'send no request about packages in use that no manifest declares')
    .option('--pre-push', 'check what is pushed too; with --check: demand that it is')
    .option('--check', 'report whether git runs the hook (exit code 1 if not, or if its lines are outdated)')
    .option('--update', 'convert a whitelist of an older version, and cover new ecosystems')
    .option('--remove', 'remove the hook; the whitelist stays')
    .option('--whitelist', 'with --remove: remove the whitelist too')
    .addOption(new Option('--ci <host>', 'set up CI instead of the hook').choices(['github', 'gitlab']))
    .option('--owner <owner>', 'with --ci: add them to CODEOWNERS (repeatable)', collect)
    .addOption(policyFromOption('with --ci: the state whose whitelist and config judge'))
    .action(async (flags: InitFlags) => {
      const { initCommand: run } = await import('./commands/init.ts');
      done(await run(flags, getContext()));
    });
}

function listCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('list')
    .description('list the packages of the project and the decisions about them')
    .argument('[paths...]', 'files and folders (literal, no wildcards); default: the whole project')
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .option('--references', 'list every reference and its target instead')
    .addOption(needlessOffline())
    .option('--config <file>', 'use this config file')
    .action(async (paths: string[], flags: ListFlags) => {
      const { listCommand: run } = await import('./commands/list.ts');
      done(await run(paths, flags, getContext()));
    });
}

function explainCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('explain')
    .description('show how an import is resolved and the decision about it, or the page of a rule')
    .argument(
      '<name>',
      'what a program imports (numpy_utils, npm:lodash/fp), a place in one (app.py:3), or a rule (unapproved-package/young)',
    )
    .addOption(
      new Option('--ecosystem <id>', 'the ecosystem of the name').choices(ecosystems.map(({ id }) => id)),
    )
    .option('--from <file>', 'the file that imports it (default: one at the root)')
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'))
    .option('--offline', 'do not query registries')
    .option('--config <file>', 'use this config file')
    .action(async (name: string, flags: ExplainFlags) => {
      const { explainCommand: run } = await import('./commands/explain.ts');
      done(await run(name, flags, getContext()));
    });
}

function lspCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('lsp')
    .description('start the language server (stdio)')
    .option('--stdio', 'accepted because most editors add it; stdio is the only transport')
    .option('--clientProcessId <id>', 'exit when the process with this id ends (some editors add it)')
    .option('--offline', 'do not query registries, even when a file is saved')
    .option('--config <file>', 'use this config file')
    .action(async (flags: LspFlags) => {
      const { lspCommand: run } = await import('./commands/lsp.ts');
      done(await run(flags, getContext()));
    });
}

function ciCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('ci')
    .description('check the change of a GitHub workflow or a GitLab pipeline (action.yml runs this)')
    .option('--since <ref>', 'compare with this commit, branch or tag instead of the event’s')
    .option(
      '--policy-from <state>',
      'use the whitelist and config of this state: auto (default), head or base',
    )
    .option('--sarif <file>', 'write SARIF to this file')
    .option('--offline', 'do not query registries')
    .action(async (flags: CiFlags) => {
      const { ciCommand: run } = await import('./commands/ci.ts');
      done(await run(flags, getContext()));
    });
}

/** `vetted-imports hook pre-commit` is what hook managers call. */
function hookCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  const hook = new Command('hook').description('commands for git hooks and hook managers');
  hook
    .command('pre-commit')
    .description('check the staged changes')
    .argument('[files...]', 'files that a hook manager names')
    .action(async (files: string[]) => {
      const { preCommit } = await import('./commands/hook.ts');
      done(await preCommit(files, getContext()));
    });
  hook
    .command('pre-push')
    .description('check the commits that git is about to push (reads its hook input)')
    .argument('[remote]', 'the name of the remote')
    .argument('[url]', 'the URL of the remote')
    .action(async (remote: string | undefined) => {
      const { prePush } = await import('./commands/pre-push.ts');
      done(await prePush(remote, getContext()));
    });
  return hook;
}

function versionCommand(context: CommandContext): Command {
  return new Command('version').description('print the version').action(async () => {
    const { version } = await import('../app/version.ts');
    context.stdout.write(`${version}\n`);
  });
}

function collect(value: string, previousValues: readonly string[] = []): string[] {
  return [...previousValues, value];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
}
