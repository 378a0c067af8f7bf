import { Command, Option } from 'commander';
import { ecosystems } from '../ecosystems/index.ts';
import type { ApproveFlags } from './commands/approve.ts';
import type { DenyFlags } from './commands/deny.ts';
import type { PruneFlags } from './commands/prune.ts';
import type { ReviewFlags } from './commands/review.ts';
import type { ExitCode, CommandContext } from './context.ts';
import type { DecisionFlags } from './decision-arguments.ts';
import { needlessOffline } from './options.ts';

/** What people, and with `request` assistants, decide about packages. */
export function decisionCommands(
  getContext: () => CommandContext,
  done: (code: ExitCode) => void,
): Command[] {
  const approve = decisionCommand('approve', 'approve packages, after asking their registry')
    .option('--source <where>', 'also approve this foreign source of the package, as a finding shows it')
    .option('--expires <day>', 'the last day of the approval (YYYY-MM-DD, UTC); never removes an expiry date')
    .addOption(despiteOption())
    .option(
      '--record-imports',
      'only write down which modules the packages provide; without packages, of all',
    )
    .option(
      '--all-requested',
      'approve what was requested, as far as registries answer for it and nothing speaks against it',
    )
    .option('--yes', 'with --all-requested: approve what it lists without asking')
    .action(async (packages: string[], flags: ApproveFlags) => {
      const { approveCommand } = await import('./commands/approve.ts');
      done(await approveCommand(packages, flags, getContext()));
    });
  const deny = decisionCommand('deny', 'deny packages, even if another entry approves them')
    .option('--use <package>', 'the package to use instead, written as those that are denied')
    .action(async (packages: string[], flags: DenyFlags) => {
      const { denyCommand } = await import('./commands/deny.ts');
      done(await denyCommand(packages, flags, getContext()));
    });
  const request = decisionCommand(
    'request',
    'ask a person to approve packages; this approves nothing',
  ).action(async (packages: string[], flags: DecisionFlags) => {
    const { requestCommand } = await import('./commands/request.ts');
    done(await requestCommand(packages, flags, getContext()));
  });
  return [approve, deny, request, pruneCommand(getContext, done), reviewCommand(getContext, done)];
}

function decisionCommand(name: string, description: string): Command {
  return stageFlags(new Command(name))
    .description(description)
    .argument(
      name === 'approve' ? '[packages...]' : '<packages...>',
      `${ecosystems.map(({ id }) => `${id}:NAME`).join(', ')}, a package URL, or, where the project has one ecosystem, NAME as its imports write it`,
    )
    .option('--reason <text>', 'why, in one line')
    .option('--imports <modules>', 'the modules that the package provides, comma-separated', list)
    .option('--offline', 'do not query registries')
    .option('--config <file>', 'use this config file');
}

/** Without a word it is an error of ours, which says which word belongs there. */
function despiteOption(): Option {
  return new Option(
    '--despite [grade]',
    'approve although the package has this grade (young, lookalike, …), or is denied; repeatable',
  )
    .preset('')
    .argParser((value: string, previousValues: readonly string[] | undefined) => [
      ...(previousValues ?? []),
      value,
    ]);
}

function pruneCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return stageFlags(new Command('prune'))
    .description('remove unused, expired and duplicate entries')
    .option('--yes', 'remove without asking')
    .option('--dry-run', 'only list them')
    .addOption(needlessOffline())
    .option('--config <file>', 'use this config file')
    .action(async (flags: PruneFlags) => {
      const { pruneCommand: run } = await import('./commands/prune.ts');
      done(await run(flags, getContext()));
    });
}

function reviewCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return stageFlags(new Command('review'))
    .description('decide about flagged and requested packages, one after the other')
    .option('--all', 'every package of the project that is not approved')
    .option(
      '--baseline',
      'ask registries about what is approved or in the baseline; without a terminal, list what speaks against it',
    )
    .option(
      '--expiring',
      'renew or deny approvals that end within thirty days or have ended; without a terminal, list them',
    )
    .option('--offline', 'do not query registries')
    .option('--config <file>', 'use this config file')
    .action(async (flags: ReviewFlags) => {
      const { reviewCommand: run } = await import('./commands/review.ts');
      done(await run(flags, getContext()));
    });
}

function stageFlags(command: Command): Command {
  return command.option('--stage', 'stage the edit').option('--no-stage', 'do not offer to stage the edit');
}

function list(value: string): string[] {
  return value.split(',');
}
