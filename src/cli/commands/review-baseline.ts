import { grades } from '../../../rules/grades.ts';
import {
  collectBaselineReview,
  type BaselineReview,
  type UnansweredPackage,
} from '../../app/baseline-review.ts';
import { commandAt } from '../../app/command-at.ts';
import type { ReviewItem } from '../../app/review-queue.ts';
import type { WhitelistSession } from '../../app/whitelist-session.ts';
import { packageLabel } from '../../model/package.ts';
import { plural } from '../../reporters/words.ts';
import { escapeForLog } from '../../text/escape.ts';
import type { CommandContext } from '../context.ts';
import { clock, progressOn } from '../progress.ts';

/** A job that hangs is ended after longer, and tells less. In milliseconds. */
const LONGEST = 10 * 60_000;

/**
 * Asks registries about all that was approved, and says whom nobody answered for.
 *
 * @returns What speaks against approvals.
 * @throws UsageError where the config keeps registries from being asked.
 */
export async function askAboutBaseline(session: WhitelistSession<CommandContext>): Promise<BaselineReview> {
  const { context, whitelist } = session;
  const start = clock();
  const review = await collectBaselineReview(session, {
    progress: progressOn(context, 'packages'),
    isOver: () => clock() - start > LONGEST,
  });
  for (const line of unansweredLines(review.unanswered)) context.stderr.write(`${line}\n`);
  const { answers, queue } = review;
  if (answers + review.unanswered.length === 0)
    context.stderr.write(`${escapeForLog(whitelist)} has no approval and no baseline of a package.\n`);
  else if (answers > 0 && queue.items.length === 0)
    context.stderr.write(
      `Registries answered for ${plural(answers, 'package')}; nothing speaks against what was approved.\n`,
    );
  return review;
}

/** Prints a line for each package about which a person should decide anew, and the command for that. */
export async function printBaseline(
  { items }: BaselineReview['queue'],
  { context, project, location }: WhitelistSession<CommandContext>,
): Promise<void> {
  for (const item of items) context.stdout.write(`${lineOf(item)}\n`);
  if (items.length === 0) return;
  const command = await commandAt(project.policyFiles, location.root, context);
  context.stderr.write(`To decide, at a terminal: ${command} review --baseline\n`);
}

/** `approved-packages.yaml:7: pypi:numpy-utils: nonexistent. Its registry has no package of this name, …` */
function lineOf({ package: subject, status, learned: { grade }, concern }: ReviewItem): string {
  const place = 'entry' in status ? `${status.entry.file}:${String(status.entry.line)}: ` : '';
  const meaning = grades.find(({ id }) => id === grade)?.description ?? '';
  const graded = concern?.isGraded === true ? [`${grade}. ${meaning}`] : [];
  const sentences = [...graded, ...(concern?.sentences ?? [])];
  return escapeForLog(`${place}${packageLabel(subject)}: ${sentences.join(' ')}`, 1000);
}

/** More names help nobody. */
const MOST_NAMES = 3;

/** One line for each reason. */
function unansweredLines(packages: readonly UnansweredPackage[]): readonly string[] {
  return [...new Set(packages.map(({ reason }) => reason))].map((reason) => {
    const labels = packages
      .filter((item) => item.reason === reason)
      .map((item) => packageLabel(item.package));
    const more = labels.length > MOST_NAMES ? ` and ${String(labels.length - MOST_NAMES)} more` : '';
    const names = `${labels.slice(0, MOST_NAMES).join(', ')}${more}`;
    const count = plural(labels.length, 'package');
    return escapeForLog(`${count} could not be asked about (${reason}): ${names}`, 1000);
  });
}
