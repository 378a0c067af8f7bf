import { grades } from '../../rules/grades.ts';
import { packageLabel } from '../model/package.ts';
import { evidenceText } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';
import { blockingGrades, lookUpForApproval, type ApprovalDetails } from './approval-details.ts';
import type { Decision } from './decision.ts';
import { endFor, importsFor, packagesOf, sourceFor } from './decision-arguments.ts';
import { rejectAssistants } from './assistant-policy.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** How packages are approved. */
export interface ApprovalOptions {
  /** Asked for when everything else is known. */
  readonly reason: () => Promise<string>;
  readonly imports?: readonly string[];
  readonly source?: string;
  /** The last day, `YYYY-MM-DD`, or `never`; left out, an end that is not over stays. */
  readonly expires?: string;
  /** Also what does not exist, or is known to be malware. */
  readonly despite?: boolean;
  readonly offline?: boolean;
  /** Hears what is known about each package, before the reason is asked for. */
  readonly onDetails: (details: ApprovalDetails) => void;
}

/**
 * Asks registries about packages that are to be approved.
 *
 * @param words Packages as people name them: `npm:lodash`, `numpy`.
 * @returns The approvals, to be written into the whitelist: all of them, or none.
 * @throws UsageError when a name does not exist or is malware and `despite` is missing, and in the environment of a
 *   coding assistant.
 */
export async function approvalsFor(
  words: readonly string[],
  options: ApprovalOptions,
  session: WhitelistSession,
): Promise<readonly Decision[]> {
  await rejectAssistants('approve', words, session);
  const packages = await packagesOf(words, session);
  const imports = importsFor(options.imports, packages);
  const source = sourceFor(options.source, packages);
  const end = endFor(options.expires, session.today);
  const by = await session.author();
  const inquiry = { offline: options.offline ?? false, imports, used: () => [] };
  const packageDetails = await lookUpForApproval(packages, session, inquiry);
  const overrides = options.despite ?? false;
  if (!overrides) refuseGrave(packageDetails);
  for (const details of packageDetails) options.onDetails(details);
  const reason = await options.reason();
  return packageDetails.map((details) => ({
    kind: 'approved' as const,
    package: details.package,
    content: { source, reason, by, date: session.today, ...end, ...details.content },
    overrides,
  }));
}

/** @returns What a person reads about a package before it is approved; '' where nothing is known. */
export function detailsText({ package: subject, grade, evidence, notes }: ApprovalDetails): string {
  if (evidence.length === 0) return '';
  return [
    `${packageLabel(subject)}: ${meaningOf(grade)}`,
    ...evidence.map((evidenceItem) => `  ${evidenceText(evidenceItem, escapeControls)}`),
    ...notes.map((note) => `  ${escapeControls(note, 400)}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** Nothing at all is written when one of several names is grave. */
function refuseGrave(packageDetails: readonly ApprovalDetails[]): void {
  const refused = packageDetails.filter(({ grade }) => blockingGrades.includes(grade));
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

function meaningOf(grade: string): string {
  return grades.find(({ id }) => id === grade)?.description ?? grade;
}
