import { openWhitelist } from '../../app/whitelist-session.ts';
import { applyDecisions } from '../print-decisions.ts';
import { rejectAssistants } from '../../app/assistant-policy.ts';
import { importsFor, substituteFor } from '../../app/decision-arguments.ts';
import { packagesNamed } from '../../app/named-packages.ts';
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
    await rejectAssistants({ command: 'deny', words, flags: { use: flags.use } }, session);
    const packages = await packagesNamed(words, nameAdvice(context).onMeaning, session);
    const imports = importsFor(flags.imports, packages);
    const use = await substituteFor(flags.use, packages, session);
    const by = await session.author();
    const reason = await reasonFor('deny', flags.reason, context);
    const content = { imports, reason, use, by, date: session.today };
    const decisions = packages.map((deniedPackage) => ({
      kind: 'denied' as const,
      package: deniedPackage,
      content,
      overrides: false,
    }));
    return await applyDecisions(decisions, session, flags.stage);
  } finally {
    session.close();
  }
}
