import { openDesk } from '../../app/whitelist-session.ts';
import { carryOut } from '../print-decisions.ts';
import { refuseAssistants } from '../../app/permission.ts';
import { importsFor, packagesOf, reasonFor, type DecisionFlags } from '../decision-arguments.ts';
import type { ExitCode, World } from '../../app/process.ts';

/** The flags of `deny`. */
export interface DenyFlags extends DecisionFlags {
  /** What to use instead. */
  readonly use?: string;
}

/** Denies packages for the whole repository: a denial beats everything. No registry is asked. */
export async function denyCommand(
  words: readonly string[],
  flags: DenyFlags,
  world: World,
): Promise<ExitCode> {
  const desk = await openDesk(world, flags.config);
  try {
    await refuseAssistants('deny', words, desk);
    const packages = await packagesOf(words, desk);
    const imports = importsFor(flags.imports, packages);
    const by = await desk.author();
    const reason = await reasonFor('deny', flags.reason, world);
    const content = { imports, reason, use: flags.use ?? null, by, date: desk.today };
    const decisions = packages.map((one) => ({
      section: 'denied' as const,
      package: one,
      content,
      overrides: false,
    }));
    return await carryOut(decisions, desk, flags.stage);
  } finally {
    desk.close();
  }
}
