import { openRequests, requestApprovals, type OpenRequests } from '../../app/approve-requested.ts';
import { commandAt } from '../../app/command-at.ts';
import { endFor } from '../../app/decision-arguments.ts';
import { UsageError } from '../../app/usage-error.ts';
import { openWhitelist, type WhitelistSession } from '../../app/whitelist-session.ts';
import { packageLabel } from '../../model/package.ts';
import { plural } from '../../reporters/words.ts';
import { escapeControls } from '../../text/escape.ts';
import { candidateText } from '../bulk-text.ts';
import type { CommandContext, ExitCode } from '../context.ts';
import { reasonFor } from '../decision-arguments.ts';
import { applyDecisions } from '../print-decisions.ts';
import { hasTerminal, openPrompts } from '../prompts.ts';
import type { ApproveFlags } from './approve.ts';

/** The flags of `approve` that belong to one package. */
const SINGLE = [
  ['despite', 'a package that something speaks against is approved in a command of its own'],
  ['source', 'it is the source of one package'],
  ['imports', 'they are the modules of one package'],
  ['offline', 'it takes only packages that a registry answers for'],
  ['recordImports', 'it makes no decision'],
] as const;

/**
 * Approves what was requested and nobody decided, as far as registries answer for it and nothing speaks against it: all
 * of it is shown, a person confirms it, and it gets one reason. The rest is named and left to `review`.
 *
 * @returns 1 where a request is left.
 * @throws UsageError beside packages and flags of one package, where nobody can confirm and `--yes` is missing, and in
 *   the environment of a coding assistant.
 */
export async function approveRequestedCommand(
  words: readonly string[],
  flags: ApproveFlags,
  context: CommandContext,
): Promise<ExitCode> {
  rejectSingle(words, flags);
  const session = await openWhitelist(context, { config: flags.config });
  try {
    const end = endFor(flags.expires, session.today);
    const requests = await openRequests(session);
    show(requests, context);
    const { approvable, left } = requests;
    if (approvable.length > 0 && (await isConfirmed(approvable.length, flags, context))) {
      const reason = await reasonFor('approve', flags.reason, context);
      const decisions = await requestApprovals(approvable, { reason, end }, session);
      await applyDecisions(decisions, session, flags.stage);
    } else if (approvable.length > 0) return 1;
    if (left.length === 0) return 0;
    await tellLeft(left.length, session);
    return 1;
  } finally {
    session.close();
  }
}

function rejectSingle(words: readonly string[], flags: ApproveFlags): void {
  if (words.length > 0)
    throw new UsageError(
      '--all-requested names the packages itself',
      'Leave it out, or leave the packages out.',
    );
  const single = SINGLE.find(([flag]) => flags[flag] !== undefined && flags[flag] !== false);
  if (single === undefined) return;
  const [flag, why] = single;
  throw new UsageError(
    `--${flag === 'recordImports' ? 'record-imports' : flag} is not allowed with --all-requested: ${why}`,
    'Leave one of them out.',
  );
}

function show({ approvable, left }: OpenRequests, { stdout, stderr }: CommandContext): void {
  for (const candidate of approvable) stdout.write(candidateText(candidate));
  for (const { learned: details, obstacle } of left)
    stderr.write(`${escapeControls(`${packageLabel(details.package)} is left out: ${obstacle}`, 600)}\n`);
  if (approvable.length > 0) return;
  stderr.write(left.length === 0 ? 'There is no request to decide.\n' : 'Nothing was written.\n');
}

/** Enter alone approves nothing. */
async function isConfirmed(
  count: number,
  { yes = false }: ApproveFlags,
  context: CommandContext,
): Promise<boolean> {
  if (yes) return true;
  if (!hasTerminal(context))
    throw new UsageError(
      'nothing was written: there is no terminal to confirm on',
      'Read what is listed above, and add --yes to approve it.',
    );
  const question = `Approve ${count === 1 ? 'this package' : `these ${plural(count, 'package')}`} with one reason?`;
  if ((await (await openPrompts(context)).confirm(question, 'no')) === true) return true;
  context.stderr.write('Nothing was written.\n');
  return false;
}

async function tellLeft(
  count: number,
  { project, location, context }: WhitelistSession<CommandContext>,
): Promise<void> {
  const command = await commandAt(project.policyFiles, location.root, context);
  context.stderr.write(
    `To decide about the ${plural(count, 'request')} left, at a terminal: ${command} review\n`,
  );
}
