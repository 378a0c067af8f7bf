import { requestsFor } from '../../app/request.ts';
import { openWhitelist } from '../../app/whitelist-session.ts';
import type { CommandContext, ExitCode } from '../context.ts';
import { nameAdvice, reasonFor, type DecisionFlags } from '../decision-arguments.ts';
import { applyDecisions } from '../print-decisions.ts';

/** Asks a person to approve packages. A request approves nothing, so everybody may make one, assistants too. */
export async function requestCommand(
  words: readonly string[],
  { reason, stage, config, offline, ...flags }: DecisionFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const session = await openWhitelist(context, { config, offline });
  try {
    const decisions = await requestsFor(
      words,
      { ...flags, ...nameAdvice(context), reason: () => reasonFor('request', reason, context) },
      session,
    );
    return await applyDecisions(decisions, session, stage);
  } finally {
    session.close();
  }
}
