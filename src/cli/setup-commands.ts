import { Argument, Command, Option } from 'commander';
import { agentIds } from '../agents/protocols/dialects.ts';
import type { AgentHookFlags } from './commands/agent-hook.ts';
import type { CiFlags } from './commands/ci.ts';
import type { InitFlags } from './commands/init.ts';
import type { LspFlags } from './commands/lsp.ts';
import { shells, type Shell } from './completion/shells.ts';
import type { CommandContext, ExitCode } from './context.ts';
import { collect, policyFromOption } from './options.ts';

/** Puts the tool where it works. */
export function initCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
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

/** What editors start. */
export function lspCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
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

/** What build servers start. */
export function ciCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return (
    new Command('ci')
      .description('check the change of a GitHub workflow or a GitLab pipeline (action.yml runs this)')
      .option('--since <ref>', 'compare with this commit, branch or tag instead of the event’s')
      // An empty word, as the action passes it on, is none.
      .addOption(
        policyFromOption('use the whitelist and config of this state; default: auto').argParser(
          (state: string) => state,
        ),
      )
      .option('--sarif <file>', 'write SARIF to this file')
      .option('--offline', 'do not query registries')
      .action(async (flags: CiFlags) => {
        const { ciCommand: run } = await import('./commands/ci.ts');
        done(await run(flags, getContext()));
      })
  );
}

/** `vetted-imports hook pre-commit` is what hook managers call. */
export function hookCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
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

/** What coding agents start before and after each call of a tool. */
export function agentHookCommand(getContext: () => CommandContext, done: (code: ExitCode) => void): Command {
  return new Command('agent-hook')
    .description('answer an event of a coding agent (stdin), in its words')
    .addOption(
      new Option('--agent <agent>', 'the agent that calls; default: told by the event').choices(agentIds),
    )
    .addOption(
      new Option('--mode <mode>', 'refuse edits too, or nothing; default: by the policy').choices([
        'deny',
        'advise',
      ]),
    )
    .addOption(
      new Option(
        '--on-fault <action>',
        'for a call that cannot be checked; default: commands deny, edits pass',
      ).choices(['deny', 'pass']),
    )
    .option('--only-adopted', 'do nothing in projects without whitelist and config')
    .action(async (flags: AgentHookFlags) => {
      const { agentHookCommand: run } = await import('./commands/agent-hook.ts');
      done(await run(flags, getContext()));
    });
}

/** Prints the version. */
export function versionCommand(context: CommandContext): Command {
  return new Command('version').description('print the version').action(async () => {
    const { version } = await import('../app/version.ts');
    context.stdout.write(`${version}\n`);
  });
}

/** @param getRoot The program, once all of it is defined. */
export function completionCommand(
  context: CommandContext,
  { getRoot, done }: { getRoot: () => Command; done: (code: ExitCode) => void },
): Command {
  return new Command('completion')
    .description('print a script by which a shell completes commands, options and their values')
    .addArgument(new Argument('<shell>', 'the shell that reads the script').choices(shells))
    .action(async (shell: Shell) => {
      const { completionCommand: run } = await import('./commands/completion.ts');
      done(run(shell, getRoot(), context));
    });
}
