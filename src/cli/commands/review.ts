import { faultPlace } from '../../reporters/words.ts';
import { packageLabel } from '../../model/package.ts';
import { entryOf } from '../../model/status.ts';
import { escapeControls, isShellSafe } from '../../text/escape.ts';
import { commandAt } from '../../app/command-at.ts';
import {
  collectReviewItems,
  isDecidable,
  type ReviewItem,
  type ReviewQueue,
} from '../../app/review-queue.ts';
import { openWhitelist, type WhitelistSession } from '../../app/whitelist-session.ts';
import { rejectAssistants } from '../../app/assistant-policy.ts';
import { hasTerminal } from '../prompts.ts';
import { remainderText } from '../review-remainder.ts';
import { Reviewer } from '../review-prompt.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, CommandContext } from '../context.ts';

/** The flags of `review`. */
export interface ReviewFlags {
  readonly all?: boolean;
  readonly baseline?: boolean;
  readonly expiring?: boolean;
  readonly offline?: boolean;
  readonly stage?: boolean;
  readonly config?: string;
}

/**
 * Shows one item for each flagged or requested package, or for each approved one that something speaks against
 * or whose approval ends, and asks for a decision. Each decision is written at once, as a whole edit: who breaks off keeps what was decided before,
 * and nothing half. Without a terminal, approved packages are listed.
 *
 * @returns 1 where a package is left undecided, or is denied and used all the same, 2 where a file could not be read, or no registry answered.
 * @throws UsageError without a terminal where there is nothing to list, for flags that exclude each other, and, where it
 *   asks, in the environment of a coding assistant.
 */
export async function reviewCommand(flags: ReviewFlags, context: CommandContext): Promise<ExitCode> {
  const isInteractive = hasTerminal(context) && context.stdout.isTTY;
  rejectExclusiveFlags(flags);
  const session = await openWhitelist(context, flags.config, flags.offline);
  try {
    const switches = (['baseline', 'expiring', 'all'] as const).filter((name) => flags[name]);
    const called = { command: 'review', words: [], switches: switches.map((name) => `--${name}`) };
    if (!isInteractive && !flags.baseline && !flags.expiring) await rejectUnattended(called, flags, session);
    if (isInteractive) await rejectAssistants(called, session);
    if (flags.baseline) return await reviewBaseline(flags, isInteractive, session);
    if (flags.expiring) return await reviewExpiring(flags, isInteractive, session);
    return await reviewOpen(flags, session);
  } finally {
    session.close();
  }
}

/** So many packages are named to whoever can't be asked about them. */
const mostNames = 3;

/** Names what waits, so that it can be decided by name. No registry is asked: whoever decides asks it. */
async function rejectUnattended(
  called: Parameters<typeof rejectAssistants>[0],
  { all = false }: ReviewFlags,
  session: WhitelistSession<CommandContext>,
): Promise<never> {
  const { context, project, location } = session;
  const { items } = await collectReviewItems(session, { all, offline: true });
  const decidable = items.filter((item) => isDecidable(item) && isShellSafe(packageLabel(item.package)));
  const unasked = decidable.filter(({ status }) => entryOf(status) === null);
  const names = (list: readonly ReviewItem[]) =>
    list.map((item) => packageLabel(item.package)).slice(0, mostNames);
  await rejectAssistants({ ...called, undecided: names(unasked) }, session);
  const start = await commandAt(project.policyFiles, location.root, context);
  throw new UsageError('review asks questions and needs a terminal', [
    `Decide at a terminal: ${[start, 'review', ...(called.switches ?? [])].join(' ')}`,
    ...names(decidable).map((name) => `Or by name: ${start} approve ${name} --reason "…"`),
  ]);
}

function rejectExclusiveFlags({ baseline, expiring, all, offline }: ReviewFlags): void {
  const exclusive = baseline ? '--baseline' : all ? '--all' : null;
  if (expiring && exclusive !== null)
    throw new UsageError(
      `${exclusive} is not allowed with --expiring, which shows the approvals that end`,
      'Leave one of them out.',
    );
  const exclusiveFlag = all ? '--all' : offline ? '--offline' : null;
  if (!baseline || exclusiveFlag === null) return;
  throw new UsageError(
    `${exclusiveFlag} is not allowed with --baseline, which asks registries about what is approved`,
    'Leave one of them out.',
  );
}

async function reviewOpen(flags: ReviewFlags, session: WhitelistSession<CommandContext>): Promise<ExitCode> {
  const { all = false, offline = false } = flags;
  const queue = await collectReviewItems(session, { all, offline });
  if (queue.items.length === 0 && queue.unstaged.length === 0)
    session.context.stderr.write('There is nothing to decide.\n');
  return decideAbout(queue, flags, session);
}

async function reviewBaseline(
  flags: ReviewFlags,
  isInteractive: boolean,
  session: WhitelistSession<CommandContext>,
): Promise<ExitCode> {
  const { askAboutBaseline, printBaseline } = await import('./review-baseline.ts');
  const { queue, isSilent } = await askAboutBaseline(session);
  if (isInteractive) {
    const code = await decideAbout(queue, flags, session);
    return isSilent ? 2 : code;
  }
  tellFaults(queue, session);
  await printBaseline(queue, session);
  if (queue.faults.length > 0 || isSilent) return 2;
  return queue.items.length > 0 ? 1 : 0;
}

async function reviewExpiring(
  flags: ReviewFlags,
  isInteractive: boolean,
  session: WhitelistSession<CommandContext>,
): Promise<ExitCode> {
  const { askAboutExpiring, printExpiring } = await import('./review-expiring.ts');
  const { queue, elsewhere } = await askAboutExpiring(flags.offline ?? false, session);
  if (isInteractive) return decideAbout(queue, flags, session);
  tellFaults(queue, session);
  await printExpiring(queue, session);
  if (queue.faults.length > 0) return 2;
  return queue.items.length + elsewhere.length > 0 ? 1 : 0;
}

async function decideAbout(
  queue: ReviewQueue,
  { stage }: ReviewFlags,
  session: WhitelistSession<CommandContext>,
): Promise<ExitCode> {
  tellFaults(queue, session);
  const reviewer = await Reviewer.open(session, stage);
  const remainder = await reviewer.go(queue);
  session.context.stderr.write(remainderText(remainder));
  const isOver = remainder.undecided.length + remainder.denied.length === 0;
  return queue.faults.length > 0 ? 2 : isOver ? 0 : 1;
}

function tellFaults({ faults }: ReviewQueue, { context }: WhitelistSession<CommandContext>): void {
  for (const fault of faults)
    context.stderr.write(
      `${faultPlace(fault, escapeControls)}: ${escapeControls(fault.message, 600)}\n  ${fault.next}\n`,
    );
}
