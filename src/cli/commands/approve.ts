import { display } from '../../model/package.ts';
import { evidenceText } from '../../reporters/words.ts';
import { grades } from '../../../rules/grades.ts';
import { visible } from '../../text/escape.ts';
import { openDesk } from '../../app/whitelist-session.ts';
import { carryOut } from '../print-decisions.ts';
import { grave, learn, type Learned } from '../../app/approval-details.ts';
import { refuseAssistants } from '../../app/permission.ts';
import {
  expiryFor,
  importsFor,
  packagesOf,
  reasonFor,
  sourceFor,
  type DecisionFlags,
} from '../decision-arguments.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, World } from '../../app/process.ts';

/** The flags of `approve`. */
export interface ApproveFlags extends DecisionFlags {
  readonly expires?: string;
  readonly source?: string;
  readonly despite?: boolean;
  readonly offline?: boolean;
}

/**
 * Approves packages for the whole repository, after asking their registry. All of them are written, or none.
 *
 * @throws UsageError when a name does not exist or is malware and `--despite` is missing, when it is denied, and
 * in the environment of a coding assistant.
 */
export async function approveCommand(
  words: readonly string[],
  flags: ApproveFlags,
  world: World,
): Promise<ExitCode> {
  const desk = await openDesk(world, flags.config);
  try {
    await refuseAssistants('approve', words, desk);
    const packages = await packagesOf(words, desk);
    const imports = importsFor(flags.imports, packages);
    const source = sourceFor(flags.source, packages);
    const expires = expiryFor(flags.expires, desk.today);
    const by = await desk.author();
    const inquiry = { offline: flags.offline ?? false, imports, used: () => [] };
    const learned = await learn(packages, desk, inquiry);
    const overrides = flags.despite ?? false;
    if (!overrides) refuseGrave(learned);
    for (const one of learned) tell(one, world);
    const reason = await reasonFor('approve', flags.reason, world);
    const decisions = learned.map((one) => ({
      section: 'approved' as const,
      package: one.package,
      content: { source, reason, by, date: desk.today, expires, ...one.content },
      overrides,
    }));
    return await carryOut(decisions, desk, flags.stage);
  } finally {
    desk.close();
  }
}

/** Nothing at all is written when one of several names is grave. */
function refuseGrave(learned: readonly Learned[]): void {
  const refused = learned.filter(({ grade }) => grave.includes(grade));
  if (refused.length === 0) return;
  const sentences = refused.map((one) => `${display(one.package)}: ${meaningOf(one.grade)}`);
  const meant = refused.flatMap(({ suggestions }) =>
    suggestions.map((suggestion) => display(suggestion.package)),
  );
  const hint = meant.length > 0 ? `Did you mean ${[...new Set(meant)].slice(0, 3).join(' or ')}? ` : '';
  throw new UsageError(
    [...sentences, 'Nothing was written.'],
    `${hint}To approve it in spite of that, add --despite.`,
  );
}

function tell({ package: subject, grade, evidence, notes }: Learned, { stderr }: World): void {
  if (evidence.length === 0) return;
  stderr.write(`${display(subject)}: ${meaningOf(grade)}\n`);
  for (const one of evidence) stderr.write(`  ${evidenceText(one, visible)}\n`);
  for (const note of notes) stderr.write(`  ${visible(note, 400)}\n`);
}

function meaningOf(grade: string): string {
  return grades.find(({ id }) => id === grade)?.means ?? grade;
}
