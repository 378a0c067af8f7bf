import { faultPlace, plural } from '../../reporters/words.ts';
import { visible } from '../../text/escape.ts';
import { collectCards, type Hand } from '../../app/review-queue.ts';
import { openDesk, type Desk } from '../../app/whitelist-session.ts';
import { refuseAssistants } from '../../app/permission.ts';
import { hasTerminal } from '../prompts.ts';
import { Reviewer } from '../review-prompt.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, World } from '../../app/process.ts';

/** The flags of `review`. */
export interface ReviewFlags {
  readonly all?: boolean;
  readonly offline?: boolean;
  readonly stage?: boolean;
  readonly config?: string;
}

/**
 * Shows one card for each flagged or requested package and asks for a decision. Each decision is written at
 * once, as a whole edit: who breaks off keeps what was decided before, and nothing half.
 *
 * @returns 1 where a package is left undecided, 2 where a file could not be read.
 * @throws UsageError without a terminal, and in the environment of a coding assistant.
 */
export async function reviewCommand(flags: ReviewFlags, world: World): Promise<ExitCode> {
  if (!hasTerminal(world) || !world.stdout.isTTY)
    throw new UsageError(
      'review asks questions, and here is no terminal to answer them',
      'Decide with `approve PACKAGE --reason "…"`, `deny` or `request`.',
    );
  const desk = await openDesk(world, flags.config);
  try {
    await refuseAssistants('review', [], desk);
    const { all = false, offline = false, config } = flags;
    const hand = await collectCards(desk, { all, offline, config });
    tellFaults(hand, desk);
    if (hand.cards.length === 0) {
      world.stderr.write(hand.unstaged.length > 0 ? '' : 'There is nothing to decide.\n');
    }
    const reviewer = await Reviewer.open(desk, flags.stage);
    const left = await reviewer.go(hand);
    if (left > 0) world.stderr.write(`${plural(left, 'package')} left undecided.\n`);
    return hand.faults.length > 0 ? 2 : left > 0 ? 1 : 0;
  } finally {
    desk.close();
  }
}

function tellFaults({ faults }: Hand, { world }: Desk): void {
  for (const fault of faults)
    world.stderr.write(`${faultPlace(fault, visible)}: ${visible(fault.message, 600)}\n  ${fault.next}\n`);
}
