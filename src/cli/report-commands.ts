import { Command, Option } from 'commander';
import { ecosystems } from '../ecosystems/index.ts';
import { reporters } from '../reporters/index.ts';
import type { CheckFlags } from './commands/check.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { ListFlags } from './commands/list.ts';
import type { CommandContext, ExitCode } from './context.ts';
import { collect, needlessOffline, policyFromOption, wholeNumber } from './options.ts';

/** @returns The command that runs where none is named. */
export function checkCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  const command = new Command('check')
    .description('check new imports: those of the work tree (default), or of another scope')
    .argument('[paths...]', 'files and folders to check as a whole (literal, no wildcards)')
    .optionsGroup('What is checked:')
    .option('--staged', 'check what the next commit adds (the hook runs this)')
    .option('--since <ref>', 'check what HEAD adds since it branched off from REF (for CI)')
    .option('--all', 'check every import of the project, or of the paths as a part of it')
    .option('--stdin', 'read a file from standard input')
    .option('--stdin-filename <path>', 'the path of the file on standard input')
    .option('--new-only', 'with --stdin: only what HEAD does not import yet');
  addOutputOptions(command.optionsGroup('How it is reported:'));
  addPolicyOptions(command.optionsGroup('How it is judged:'));
  return command.action(async (paths: string[], flags: CheckFlags) => {
    const { checkCommand: run } = await import('./commands/check.ts');
    done(await run(paths, flags, getContext()));
  });
}

function addOutputOptions(command: Command): void {
  command
    .addOption(formatOption())
    .option('--max-warnings <n>', 'exit with 1 if there are more than n warnings', wholeNumber)
    .option('--exit-zero', 'exit with 0 even if there are findings')
    .option('--quiet', 'show errors only')
    .option('--verbose', 'show every place where a package is used, not the first five')
    .option('--color', 'colour the output')
    .option('--no-color', 'do not colour the output');
}

/** Nothing is its default: each format that is named is added to those before it. The command refuses others. */
function formatOption(): Option {
  return new Option('--format <format[=file]>', 'output format; repeatable')
    .choices([...reporters.keys()])
    .argParser(collect);
}

function addPolicyOptions(command: Command): void {
  command
    .option('--offline', 'do not query registries')
    .option('--config <file>', 'use this config file')
    .addOption(policyFromOption('use the whitelist and config of this state to judge --since'));
}

/** Which packages a project imports, and who decided about them. */
export function listCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
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

/** Why an import is let pass or not. */
export function explainCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
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
