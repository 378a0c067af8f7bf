import { packageLabel } from '../../model/package.ts';
import { evidenceText } from '../../reporters/words.ts';
import { grades } from '../../../rules/grades.ts';
import { escapeControls } from '../../text/escape.ts';
import { openWhitelist } from '../../app/whitelist-session.ts';
import { applyDecisions } from '../print-decisions.ts';
import { grave, lookUpForApproval, type ApprovalDetails } from '../../app/approval-details.ts';
import { rejectAssistants } from '../../app/permission.ts';
import {
  expiryFor,
  importsFor,
  packagesOf,
  reasonFor,
  sourceFor,
  type DecisionFlags,
} from '../decision-arguments.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, ProcessContext } from '../../app/process.ts';

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
  context: ProcessContext,
): Promise<ExitCode> {
  const session = await openWhitelist(context, flags.config);
  try {
    await rejectAssistants('approve', words, session);
    const packages = await packagesOf(words, session);
    const imports = importsFor(flags.imports, packages);
    const source = sourceFor(flags.source, packages);
    const expires = expiryFor(flags.expires, session.today);
    const by = await session.author();
    const inquiry = { offline: flags.offline ?? false, imports, used: () => [] };
    const packageDetails = await lookUpForApproval(packages, session, inquiry);
    const overrides = flags.despite ?? false;
    if (!overrides) refuseGrave(packageDetails);
    for (const details of packageDetails) tell(details, context);
    const reason = await reasonFor('approve', flags.reason, context);
    const decisions = packageDetails.map((details) => ({
      section: 'approved' as const,
      package: details.package,
      content: { source, reason, by, date: session.today, expires, ...details.content },
      overrides,
    }));
    return await applyDecisions(decisions, session, flags.stage);
  } finally {
    session.close();
  }
}

/** Nothing at all is written when one of several names is grave. */
function refuseGrave(packageDetails: readonly ApprovalDetails[]): void {
  const refused = packageDetails.filter(({ grade }) => grave.includes(grade));
  if (refused.length === 0) return;
  const sentences = refused.map((details) => `${packageLabel(details.package)}: ${meaningOf(details.grade)}`);
  const meant = refused.flatMap(({ suggestions }) =>
    suggestions.map((suggestion) => packageLabel(suggestion.package)),
  );
  const hint = meant.length > 0 ? `Did you mean ${[...new Set(meant)].slice(0, 3).join(' or ')}? ` : '';
  throw new UsageError(
    [...sentences, 'Nothing was written.'],
    `${hint}To approve it in spite of that, add --despite.`,
  );
}

function tell(
  { package: subject, grade, evidence, notes }: ApprovalDetails,
  { stderr }: ProcessContext,
): void {
  if (evidence.length === 0) return;
  stderr.write(`${packageLabel(subject)}: ${meaningOf(grade)}\n`);
  for (const evidenceItem of evidence) stderr.write(`  ${evidenceText(evidenceItem, escapeControls)}\n`);
  for (const note of notes) stderr.write(`  ${escapeControls(note, 400)}\n`);
}

function meaningOf(grade: string): string {
  return grades.find(({ id }) => id === grade)?.means ?? grade;
}
