import * as v from 'valibot';
import { approvalsFor, detailsText } from '../app/approve.ts';
import { checkedReason } from '../app/decision-arguments.ts';
import type { Decision } from '../app/decision.ts';
import { requestsFor } from '../app/request.ts';
import { addCommand, stagingAdvice } from '../app/staging-advice.ts';
import { stateOfAll } from '../app/stageability.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { writeDecisions } from '../app/write-decisions.ts';
import { escapeControls } from '../text/escape.ts';
import { UsageError } from '../app/usage-error.ts';
import type { ProcessContext } from '../app/process.ts';
import { inert } from '../text/inert.ts';
import { commands, type CommandArgument } from './actions.ts';

const argument = v.object({ uri: v.string(), package: v.string(), reason: v.optional(v.string()) });

/** @returns The argument of one of our commands, or undefined where it is none that we sent. */
export function argumentOf(values: readonly unknown[] | undefined): CommandArgument | undefined {
  const read = v.safeParse(argument, values?.[0]);
  if (!read.success) return undefined;
  const { uri, package: subject, reason } = read.output;
  return { uri, package: subject, ...(reason === undefined ? {} : { reason }) };
}

/** What became of a command, in words for the person who gave it. */
export interface CommandResult {
  readonly done: boolean;
  readonly message: string;
}

/**
 * Writes an approval or a request into the whitelist, exactly as the command line does, with its checks: the
 * registry is asked, names that do not exist are refused, and so are assistants.
 *
 * @param context Its working folder is the project's root.
 */
export async function decide(
  command: string,
  subject: { readonly package: string; readonly reason: string; readonly offline: boolean },
  context: ProcessContext,
): Promise<CommandResult> {
  const said: string[] = [];
  const onText = (text: string) => said.push(text);
  try {
    const outcome = await decided(command, { ...subject, onText }, context);
    return { done: true, message: inert([...said, outcome].join('')).trim() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { done: false, message: inert([...said, `${error.message}\n${error.next}`].join('')) };
  }
}

async function decided(
  command: string,
  {
    package: word,
    reason,
    offline,
    onText,
  }: Parameters<typeof decide>[1] & { readonly onText: (text: string) => void },
  context: ProcessContext,
): Promise<string> {
  const { openWhitelist } = await import('../app/whitelist-session.ts');
  const session = await openWhitelist(context, { offline });
  try {
    const onMeaning = (sentence: string) => {
      onText(`${escapeControls(sentence, 2000)}\n`);
    };
    const whyOf = () => Promise.resolve(checkedReason(reason));
    const decisions =
      command === commands.request
        ? await requestsFor([word], { reason: whyOf, onMeaning }, session)
        : await approvalsFor(
            [word],
            {
              offline,
              reason: whyOf,
              onMeaning,
              onDetails: (packageDetails) => {
                onText(detailsText(packageDetails));
              },
            },
            session,
          );
    return await writtenText(decisions, session);
  } finally {
    session.close();
  }
}

/** Nothing is staged: the person's index is for the person. */
async function writtenText(decisions: readonly Decision[], session: WhitelistSession): Promise<string> {
  const { context, location } = session;
  const { edited, lines, notice } = await writeDecisions(session, decisions);
  const text = [...lines.map((line) => escapeControls(line, 2000)), ...(notice === null ? [] : [notice])]
    .map((line) => `${line}\n`)
    .join('');
  const state = stateOfAll(edited.map((file) => file.state));
  if (state === null || !location.repository) return text;
  const paths = edited.map(({ path }) => path);
  return text + stagingAdvice(paths, state, addCommand(paths, { root: location.root, cwd: context.cwd }));
}
