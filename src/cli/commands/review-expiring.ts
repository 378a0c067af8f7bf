import { commandAt } from '../../app/command-at.ts';
import { nearEndOf } from '../../app/expiry.ts';
import { collectExpiring, type ExpiringReview } from '../../app/expiring-review.ts';
import type { ReviewItem, ReviewQueue } from '../../app/review-queue.ts';
import type { WhitelistSession } from '../../app/whitelist-session.ts';
import { packageLabel } from '../../model/package.ts';
import type { Entry } from '../../model/status.ts';
import { plural } from '../../reporters/words.ts';
import { escapeForLog } from '../../text/escape.ts';
import type { CommandContext } from '../context.ts';

/** Collects approvals that end soon or have ended, and names those that other files hold: they are renewed there. */
export async function askAboutExpiring(
  offline: boolean,
  session: WhitelistSession<CommandContext>,
): Promise<ExpiringReview> {
  const { context } = session;
  const review = await collectExpiring(session, { offline });
  for (const entry of review.elsewhere)
    context.stderr.write(
      `${entryLine(entry, session)}; renew it in ${escapeForLog(entry.file)}, because of two approvals the earlier end counts.\n`,
    );
  tellNothing(review, context);
  return review;
}

function tellNothing({ queue, elsewhere }: ExpiringReview, { stderr }: CommandContext): void {
  if (queue.items.length + elsewhere.length === 0) stderr.write('No approval ends soon.\n');
}

/** Prints a line for each approval that a person should renew, and the command for that. */
export async function printExpiring(
  { items }: ReviewQueue,
  session: WhitelistSession<CommandContext>,
): Promise<void> {
  const { context, project, location } = session;
  for (const item of items) context.stdout.write(`${itemLine(item, session)}\n`);
  if (items.length === 0) return;
  const command = await commandAt(project.policyFiles, location.root, context);
  context.stderr.write(`To renew or deny them, at a terminal: ${command} review --expiring\n`);
}

/** `approved-packages.yaml:7: pypi:numpy: its approval ends on 2026-12-23; used in 2 files. …` */
function itemLine(item: ReviewItem, session: WhitelistSession<CommandContext>): string {
  const { status, uses, concern } = item;
  const entry = 'entry' in status ? status.entry : null;
  if (entry === null) return packageLabel(item.package);
  const files = new Set(uses.map(({ use }) => use.file)).size;
  const use = files === 0 ? 'nothing uses it' : `used in ${plural(files, 'file')}`;
  const sentences = [`${entryLine(entry, session)}; ${use}`, ...(concern?.sentences ?? [])];
  return escapeForLog(sentences.join('. '), 1000);
}

function entryLine(entry: Entry, { context, today }: WhitelistSession<CommandContext>): string {
  const end = nearEndOf({ kind: 'approved', entry }, context.now) ?? '';
  const line = `${entry.file}:${String(entry.line)}: ${packageLabel(entry)}`;
  return escapeForLog(`${line}: its approval ${end < today ? 'ended' : 'ends'} on ${end}`, 600);
}
