import { grades } from '../../rules/grades.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { evidenceText } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';
import {
  blockingGrades,
  bulkGrades,
  confirmedGrades,
  lookUpForApproval,
  type ApprovalDetails,
} from './approval-details.ts';
import { commandAt } from './command-at.ts';
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
  /**
   * Has a person type the name of a package that somebody may have made up or planted. Left out where nobody can type:
   * then such a name is refused, and the refusal says what a person runs.
   */
  readonly confirmName?: (subject: Package, grade: string) => Promise<boolean>;
  /** Hears what is known about each package, before the reason is asked for. */
  readonly onDetails: (details: ApprovalDetails) => void;
}

/**
 * Asks registries about packages that are to be approved.
 *
 * @param words Packages as people name them: `npm:lodash`, `numpy`.
 * @returns The approvals, to be written into the whitelist: all of them, or none.
 * @throws UsageError when a name does not exist or is malware and `despite` is missing or nobody typed the name, for
 *   several packages of which one has any grade that speaks against it, for `despite` with several packages, and in
 *   the environment of a coding assistant.
 */
export async function approvalsFor(
  words: readonly string[],
  options: ApprovalOptions,
  session: WhitelistSession,
): Promise<readonly Decision[]> {
  await rejectAssistants('approve', words, session);
  const packages = await packagesOf(words, session);
  if (options.despite && packages.length > 1) throw bulkError();
  const imports = importsFor(options.imports, packages);
  const source = sourceFor(options.source, packages);
  const end = endFor(options.expires, session.today);
  const by = await session.author();
  const inquiry = { offline: options.offline ?? false, imports, used: () => [] };
  const packageDetails = await lookUpForApproval(packages, session, inquiry);
  const overrides = options.despite ?? false;
  if (!overrides) await refuseGrave(packageDetails, session);
  for (const details of packageDetails) options.onDetails(details);
  for (const details of packageDetails) await confirm(details, options, session);
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
  const graded = evidence.length === 0 ? [] : [`${packageLabel(subject)}: ${meaningOf(grade)}`];
  return [
    ...graded,
    ...evidence.map((evidenceItem) => `  ${evidenceText(evidenceItem, escapeControls)}`),
    ...notes.map((note) => `  ${escapeControls(note, 400)}`),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * Nothing at all is written when one name is grave. Among several, a person reads over what speaks against one of them:
 * such a name is approved in a command of its own.
 */
async function refuseGrave(
  packageDetails: readonly ApprovalDetails[],
  session: WhitelistSession,
): Promise<void> {
  const isAlone = packageDetails.length === 1;
  const refused = packageDetails.filter(({ grade }) =>
    isAlone ? blockingGrades.includes(grade) : !bulkGrades.includes(grade),
  );
  const [first] = refused;
  if (first === undefined) return;
  const sentences = refused.map(
    ({ package: subject, grade }) => `${packageLabel(subject)}: ${meaningOf(grade)}`,
  );
  const meant = refused.flatMap(({ suggestions }) =>
    suggestions.map((suggestion) => packageLabel(suggestion.package)),
  );
  const hint = meant.length > 0 ? `Did you mean ${[...new Set(meant)].slice(0, 3).join(' or ')}? ` : '';
  const remedy = isAlone
    ? 'To approve it in spite of that, add --despite.'
    : `Approve it in a command of its own: ${await approvalCommand(first, session)}`;
  throw new UsageError([...sentences, 'Nothing was written.'], hint + remedy);
}

async function approvalCommand(
  { package: subject, grade }: ApprovalDetails,
  { project, location, context }: WhitelistSession,
): Promise<string> {
  const command = await commandAt(project.policyFiles, location.root, context);
  return `${command} approve ${packageLabel(subject)}${blockingGrades.includes(grade) ? ' --despite' : ''}`;
}

function bulkError(): UsageError {
  return new UsageError(
    '--despite goes with one package: what is wrong with one says nothing of another',
    'Approve each package in a command of its own.',
  );
}

/** Nobody approves a name that may be made up or planted without having read it. */
async function confirm(
  details: ApprovalDetails,
  { confirmName }: ApprovalOptions,
  session: WhitelistSession,
): Promise<void> {
  const { package: subject, grade } = details;
  if (!confirmedGrades.includes(grade)) return;
  const sentence = `${packageLabel(subject)}: ${meaningOf(grade)}`;
  if (confirmName === undefined) {
    throw new UsageError(
      [sentence, 'In spite of that it is approved only by somebody who types its name. Nothing was written.'],
      `A person runs this at a terminal: ${await approvalCommand(details, session)}`,
    );
  }
  if (await confirmName(subject, grade)) return;
  throw new UsageError([sentence, 'Nothing was written.'], `To approve it, type its name: ${subject.name}`);
}

function meaningOf(grade: string): string {
  return grades.find(({ id }) => id === grade)?.description ?? grade;
}
