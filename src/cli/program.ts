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
import { decisionCommands } from './decision-commands.ts';
import { reporters } from '../reporters/index.ts';
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
  const meant = closestMatch(word, commands);
  if (meant === undefined || existsSync(nodePath.resolve(context.cwd, word))) return;
  throw new UsageError(
    `there is no command, file or folder called ${word}`,
    `Did you mean ${meant}? --help lists the commands.`,
  );
}

/** The flag is listed by commander and done by the command, which alone reads the version's file. */
function withoutVersionFlag(args: readonly string[]): readonly string[] {
  return args[0] === '--version' ? ['version'] : args;
}

function rootCommand(context: CommandContext, done: (code: ExitCode) => void): Command {
  const root = new Command(TOOL)
    .description('Stops imports of packages that nobody approved.')
    .option('--cwd <folder>', 'work in this folder')
    .option('--version', 'print the version')
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
  return root;
}

/** Commands that are added ready-made do not take over how errors end and where text goes. */
function inherit(parent: Command): void {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent));
}

function checkCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  const command = new Command('check')
    .description('check the imports that the work tree adds to HEAD (default), or of one other scope')
    .argument('[paths...]', 'files and folders to check as a whole (literal, no wildcards)')
    .option('--staged', 'what the next commit adds (this is what the hook runs)')
    .option('--since <ref>', 'what HEAD adds since it left REF (for CI)')
    .option('--all', 'every import of the project')
    .option('--stdin', 'a text from standard input')
    .option('--stdin-filename <path>', 'the file that the text belongs to')
    .option('--new-only', 'with --stdin: only what HEAD does not import yet');
  addOutputFlags(command);
  return addPolicyFlags(command).action(async (paths: string[], flags: CheckFlags) => {
    const { checkCommand: run } = await import('./commands/check.ts');
    done(await run(paths, flags, getContext()));
  });
}

function addOutputFlags(command: Command): Command {
  return command
    .option('--format <format[=file]>', `${[...reporters.keys()].join(', ')}; repeatable`, collect, [])
    .option('--max-warnings <n>', 'fail if there are more warnings', wholeNumber)
    .option('--exit-zero', 'end with 0 in spite of findings')
    .option('--quiet', 'show errors only')
    .option('--verbose', 'show every place where a package is used, not the first five')
    .option('--color', 'colour the output')
    .option('--no-color', 'do not colour the output');
}

function addPolicyFlags(command: Command): Command {
  return command
    .option('--offline', 'ask no registry')
    .option('--config <file>', 'use this config file')
    .addOption(policyFromOption('whose whitelist and config judge what --since names'));
}

function policyFromOption(description: string): Option {
  return new Option('--policy-from <state>', description).choices(['auto', 'head', 'base']);
}

function initCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('init')
    .description('give this project a whitelist, and a hook that checks every commit')
    .option('--yes', 'write without asking')
    .option('--dry-run', 'show what would be written')
    .option('--check', 'say whether git calls the hook (exit code 1 if it does not, or if its lines are old)')
    .option('--update', 'rewrite a whitelist of an older version, and cover the ecosystems that are new')
    .option('--remove', 'take the hook away; the whitelist stays')
    .option('--whitelist', 'with --remove: take the whitelist away too')
    .action(async (flags: InitFlags) => {
      const { initCommand: run } = await import('./commands/init.ts');
      done(await run(flags, getContext()));
    });
}

function listCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('list')
    .description('print every reference with where it leads and what was decided about it')
    .argument('[paths...]', 'files and folders (literal, no wildcards); default: the whole project')
    .addOption(new Option('--format <format>', 'how').choices(['table', 'json']).default('table'))
    .option('--config <file>', 'use this config file')
    .action(async (paths: string[], flags: ListFlags) => {
      const { listCommand: run } = await import('./commands/list.ts');
      done(await run(paths, flags, getContext()));
    });
}

function explainCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('explain')
    .description('say how an import is resolved and what was decided about it, or show the page of a rule')
    .argument(
      '<name>',
      'what a program imports (numpy_utils, npm:lodash/fp), or a rule (unapproved-package/young)',
    )
    .addOption(
      new Option('--ecosystem <id>', 'where the name belongs').choices(ecosystems.map(({ id }) => id)),
    )
    .option('--from <file>', 'the file that imports it (default: one at the root)')
    .addOption(new Option('--format <format>', 'how').choices(['text', 'json']).default('text'))
    .option('--offline', 'ask no registry')
    .option('--config <file>', 'use this config file')
    .action(async (name: string, flags: ExplainFlags) => {
      const { explainCommand: run } = await import('./commands/explain.ts');
      done(await run(name, flags, getContext()));
    });
}

function lspCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('lsp')
    .description('be a language server on standard input and output')
    .option('--stdio', 'what most editors add; there is no other transport')
    .option('--clientProcessId <id>', 'what some editors add: the server ends with that process')
    .option('--offline', 'ask no registry, also not when a file is saved')
    .option('--config <file>', 'use this config file')
    .action(async (flags: LspFlags) => {
      const { lspCommand: run } = await import('./commands/lsp.ts');
      done(await run(flags, getContext()));
    });
}

function ciCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('ci')
    .description('check what a GitHub workflow or a GitLab pipeline is about (action.yml runs this)')
    .option('--since <ref>', 'compare with this state, whatever the event says')
    .option('--policy-from <state>', 'whose whitelist and config judge: auto (default), head or base')
    .option('--sarif <file>', 'write SARIF there')
    .option('--offline', 'ask no registry')
    .action(async (flags: CiFlags) => {
      const { ciCommand: run } = await import('./commands/ci.ts');
      done(await run(flags, getContext()));
    });
}

/** `vetted-imports hook pre-commit` is what hook managers call. */
function hookCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  const hook = new Command('hook').description('what git hooks and hook managers call');
  hook
    .command('pre-commit')
    .description('check what is about to be committed')
    .argument('[files...]', 'files that a hook manager names')
    .action(async (files: string[]) => {
      const { preCommit } = await import('./commands/hook.ts');
      done(await preCommit(files, getContext()));
    });
  hook
    .command('pre-push')
    .description('check what is about to be pushed, as git’s hook tells it on standard input')
    .argument('[remote]', 'what git calls the server')
    .argument('[url]', 'where it is')
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

function collect(value: string, previousValues: readonly string[]): string[] {
  return [...previousValues, value];
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
