import { openWhitelist } from '../../app/whitelist-session.ts';
import { applyDecisions } from '../print-decisions.ts';
import { importsFor, packagesOf, type DecisionFlags } from '../decision-arguments.ts';
import type { ExitCode, ProcessContext } from '../../app/process.ts';

/** Asks a person to approve packages. A request approves nothing, so everybody may make one, assistants too. */
export async function requestCommand(
  words: readonly string[],
  flags: DecisionFlags,
  context: ProcessContext,
): Promise<ExitCode> {
  const session = await openWhitelist(context, flags.config);
  try {
    const packages = await packagesOf(words, session);
    const imports = importsFor(flags.imports, packages);
    const content = {
      imports,
      reason: flags.reason?.trim() ?? null,
      by: await session.author(),
      date: session.today,
    };
    const decisions = packages.map((requestedPackage) => ({
      section: 'requested' as const,
      package: requestedPackage,
      content,
      overrides: false,
    }));
    return await applyDecisions(decisions, session, flags.stage);
  } finally {
    session.close();
  }
}
