import { faultPlace, plural } from '../../reporters/words.ts';
import { escapeControls } from '../../text/escape.ts';
import { collectReviewItems, type ReviewQueue } from '../../app/review-queue.ts';
import { openWhitelist, type WhitelistSession } from '../../app/whitelist-session.ts';
import { rejectAssistants } from '../../app/assistant-policy.ts';
import { hasTerminal } from '../prompts.ts';
import { Reviewer } from '../review-prompt.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, CommandContext } from '../context.ts';

/** The flags of `review`. */
export interface ReviewFlags {
  readonly all?: boolean;
  readonly offline?: boolean;
  readonly stage?: boolean;
  readonly config?: string;
}

/**
 * Shows one item for each flagged or requested package and asks for a decision. Each decision is written at
 * once, as a whole edit: who breaks off keeps what was decided before, and nothing half.
 *
 * @returns 1 where a package is left undecided, 2 where a file could not be read.
 * @throws UsageError without a terminal, and in the environment of a coding assistant.
 */
export async function reviewCommand(flags: ReviewFlags, context: CommandContext): Promise<ExitCode> {
  if (!hasTerminal(context) || !context.stdout.isTTY)
    throw new UsageError(
      'review asks questions and needs a terminal',
      'Decide with `approve PACKAGE --reason "…"`, `deny` or `request`.',
    );
  const session = await openWhitelist(context, flags.config, flags.offline);
  try {
    await rejectAssistants('review', [], session);
    const { all = false, offline = false } = flags;
    const queue = await collectReviewItems(session, { all, offline });
    tellFaults(queue, session);
    if (queue.items.length === 0) {
      context.stderr.write(queue.unstaged.length > 0 ? '' : 'There is nothing to decide.\n');
    }
    const reviewer = await Reviewer.open(session, flags.stage);
    const left = await reviewer.go(queue);
    if (left > 0) context.stderr.write(`${plural(left, 'package')} left undecided.\n`);
    return queue.faults.length > 0 ? 2 : left > 0 ? 1 : 0;
  } finally {
    session.close();
  }
}

function tellFaults({ faults }: ReviewQueue, { context }: WhitelistSession<CommandContext>): void {
  for (const fault of faults)
    context.stderr.write(
      `${faultPlace(fault, escapeControls)}: ${escapeControls(fault.message, 600)}\n  ${fault.next}\n`,
    );
}
