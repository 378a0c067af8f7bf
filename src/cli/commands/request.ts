import { openDesk } from '../../app/whitelist-session.ts';
import { carryOut } from '../print-decisions.ts';
import { importsFor, packagesOf, type DecisionFlags } from '../decision-arguments.ts';
import type { ExitCode, World } from '../../app/process.ts';

/** Asks a person to approve packages. A request approves nothing, so everybody may make one, assistants too. */
export async function requestCommand(
  words: readonly string[],
  flags: DecisionFlags,
  world: World,
): Promise<ExitCode> {
  const desk = await openDesk(world, flags.config);
  try {
    const packages = await packagesOf(words, desk);
    const imports = importsFor(flags.imports, packages);
    const content = {
      imports,
      reason: flags.reason?.trim() ?? null,
      by: await desk.author(),
      date: desk.today,
    };
    const decisions = packages.map((one) => ({
      section: 'requested' as const,
      package: one,
      content,
      overrides: false,
    }));
    return await carryOut(decisions, desk, flags.stage);
  } finally {
    desk.close();
  }
}
