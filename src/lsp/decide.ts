import { approvalsFor } from '../app/approve.ts';
import type { ApprovalDetails } from '../app/approval-details.ts';
import { checkedReason } from '../app/decision-arguments.ts';
import type { Decision } from '../app/decision.ts';
import { denialsFor } from '../app/deny.ts';
import type { ProcessContext } from '../app/process.ts';
import { requestsFor } from '../app/request.ts';
import { UsageError } from '../app/usage-error.ts';
import type { WhitelistOptions, WhitelistSession } from '../app/whitelist-session.ts';
import { escapeControls } from '../text/escape.ts';
import { inert } from '../text/inert.ts';
import type { DecisionName } from './commands.ts';
import { detailSentences, refusalLines, resultLines } from './decision-text.ts';

/** What is to be decided about a package, and why. */
export interface DecisionOrder {
  readonly name: DecisionName;
  /** As people name packages: `pypi:numpy`. */
  readonly package: string;
  readonly reason: string;
}

/** What became of a command, in words for the person who gave it. */
export interface CommandResult {
  readonly done: boolean;
  readonly message: string;
}

/** Where a decision is written, and who is asked before. */
export interface DecisionCircumstances extends WhitelistOptions {
  /** Its working folder is the project’s root. */
  readonly context: ProcessContext;
  /** Asks the person, when everything else is known; nothing is approved or denied without a yes. */
  readonly confirm: (question: string, yes: string) => Promise<boolean>;
}

/**
 * Writes a decision into the whitelist, exactly as the command line does, with its checks: for an approval the
 * registry is asked, names that do not exist are refused, and so are assistants.
 *
 * @returns null where the person said no.
 */
export async function decide(
  order: DecisionOrder,
  circumstances: DecisionCircumstances,
): Promise<CommandResult | null> {
  const hearing: Hearing = { meanings: [], knowledge: [] };
  try {
    const { openWhitelist } = await import('../app/whitelist-session.ts');
    const session = await openWhitelist(circumstances.context, circumstances);
    try {
      return await decided({ ...order, reason: checkedReason(order.reason) }, session, {
        hearing,
        confirm: circumstances.confirm,
      });
    } finally {
      session.close();
    }
  } catch (error) {
    if (error instanceof Declined) return null;
    if (!(error instanceof UsageError)) throw error;
    const lines = refusalLines(error, hearing.knowledge, circumstances.context.env);
    return { done: false, message: inert(lines.join('\n')) };
  }
}

/** The person said no. */
class Declined extends Error {
  override readonly name = 'Declined';
}

/** Sentences that the use cases told on the way. */
interface Hearing {
  /** Which package a bare name means. */
  readonly meanings: string[];
  /** What is known of the package. */
  readonly knowledge: string[];
}

interface Conversation extends Pick<DecisionCircumstances, 'confirm'> {
  readonly hearing: Hearing;
}

async function decided(
  order: DecisionOrder,
  session: WhitelistSession,
  conversation: Conversation,
): Promise<CommandResult> {
  const decisions = await decisionsFor(order, session, conversation);
  const { writeDecisions } = await import('../app/write-decisions.ts');
  const result = await writeDecisions(session, decisions);
  const isOpen = (session.edited(session.whitelist).open?.() ?? null) !== null;
  const isTracked = session.location.repository !== null;
  const lines = resultLines(order.name, result, { isOpen, isTracked });
  return { done: true, message: inert([...conversation.hearing.meanings, ...lines].join('\n')) };
}

async function decisionsFor(
  { name, package: word, reason }: DecisionOrder,
  session: WhitelistSession,
  { hearing: { meanings, knowledge }, confirm }: Conversation,
): Promise<readonly Decision[]> {
  const onMeaning = (sentence: string) => void meanings.push(escapeControls(sentence, 400));
  const confirmed = async (question: string, yes: string) => {
    const because = `Reason: “${escapeControls(reason, 400)}”.`;
    const text = [question, ...meanings, ...knowledge, because].join(' ');
    if (!(await confirm(inert(text), yes))) throw new Declined();
    // What the person has read by now is no reason of a refusal that follows.
    knowledge.length = 0;
    return reason;
  };
  const label = escapeControls(word);
  switch (name) {
    case 'request':
      return requestsFor([word], { reason: () => Promise.resolve(reason), onMeaning }, session);
    case 'deny': {
      const question = `Deny ${label} for the whole repository?`;
      return denialsFor([word], { reason: () => confirmed(question, 'Deny'), onMeaning }, session);
    }
    case 'approve': {
      const question = `Approve ${label} for the whole repository?`;
      const onDetails = (details: ApprovalDetails) => {
        for (const sentence of detailSentences(details)) knowledge.push(sentence);
      };
      const { offline } = session;
      const options = { offline, reason: () => confirmed(question, 'Approve'), onMeaning, onDetails };
      return approvalsFor([word], options, session);
    }
  }
}
