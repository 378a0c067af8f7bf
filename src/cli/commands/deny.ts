import { openWhitelist } from '../../app/whitelist-session.ts';
import { applyDecisions } from '../print-decisions.ts';
import { denialsFor } from '../../app/deny.ts';
import { nameAdvice, reasonFor, type DecisionFlags } from '../decision-arguments.ts';
import type { ExitCode, CommandContext } from '../context.ts';

/** The flags of `deny`. */
export interface DenyFlags extends DecisionFlags {
  /** The package to use instead. */
  readonly use?: string;
}

/** Denies packages for the whole repository: a denial beats everything. A registry is asked only for the first whitelist. */
export async function denyCommand(
  words: readonly string[],
  flags: DenyFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const session = await openWhitelist(context, { config: flags.config, offline: flags.offline });
  try {
    const { imports, use } = flags;
    const { onMeaning } = nameAdvice(context);
    const reason = () => reasonFor('deny', flags.reason, context);
    const decisions = await denialsFor(words, { reason, imports, use, onMeaning }, session);
    return await applyDecisions(decisions, session, flags.stage);
  } finally {
    session.close();
  }
}
