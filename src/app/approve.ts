import { grades } from '../../rules/grades.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { evidenceText } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';
import {
  blockingGrades,
  confirmedGrades,
  lookUpForApproval,
  type ApprovalDetails,
} from './approval-details.ts';
import { importsOfChange } from './change.ts';
import { commandAt } from './command-at.ts';
import type { Decision } from './decision.ts';
import { endFor, importsFor, sourceFor } from './decision-arguments.ts';
import { despiteFlags, despiteOf, missingGrade, type Despite } from './despite.ts';
import { packagesMeant, type NameAdvice } from './named-packages.ts';
import { rejectAssistants } from './assistant-policy.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** How packages are approved. */
export interface ApprovalOptions extends Omit<NameAdvice, 'command'> {
  /** Asked for when everything else is known. */
  readonly reason: () => Promise<string>;
  readonly imports?: readonly string[];
  readonly source?: string;
  /** The last day, `YYYY-MM-DD`, or `never`; left out, an end that is not over stays. */
  readonly expires?: string;
  /** The grade that holds the approval back, and `denied`; '' where `--despite` has no word. */
  readonly despite?: readonly string[];
  readonly offline?: boolean;
  /**
   * Has a person type the name of a package that somebody may have made up or planted. Left out where nobody can type:
   * then such a name is refused, and the refusal says what a person runs.
   */
  readonly confirmName?: (subject: Package, grade: string) => Promise<boolean>;
  /** Hears what is known about each package, before the reason is asked for, or the approval is refused. */
  readonly onDetails: (details: ApprovalDetails) => void;
}

/**
 * Asks registries about packages that are to be approved.
 *
 * @param words Packages as people name them: `npm:lodash`, `numpy`.
 * @returns The approvals, to be written into the whitelist: all of them, or none.
 * @throws UsageError when the grade of a package holds the approval back and `despite` does not name it, or nobody typed
 *   a name that has to be typed; for `despite` with several packages; and in the environment of a coding assistant.
 */
export async function approvalsFor(
  words: readonly string[],
  options: ApprovalOptions,
  session: WhitelistSession,
): Promise<readonly Decision[]> {
  await rejectAssistants({ command: 'approve', words, flags: { source: options.source } }, session);
  const packages = await packagesMeant(words, { ...options, command: 'approve' }, session);
  const despite = despiteOf(options.despite ?? [], packages);
  const imports = importsFor(options.imports, packages);
  const source = sourceFor(options.source, packages);
  const end = endFor(options.expires, session.today);
  const by = await session.author();
  const used = await importsOfChange(packages, session);
  const inquiry = { offline: options.offline ?? false, isReviewed: true, imports, used, source };
  const packageDetails = await lookUpForApproval(packages, session, inquiry);
  await refuseGrave(packageDetails, { despite, onDetails: options.onDetails }, session);
  for (const details of packageDetails) options.onDetails(details);
  for (const details of packageDetails) await confirm(details, options, session);
  const reason = await options.reason();
  return packageDetails.map((details) => ({
    kind: 'approved' as const,
    package: details.package,
    content: { source, reason, by, date: session.today, ...end, ...details.content },
    overrides: despite.denial,
  }));
}

/** @returns What a person reads about a package before it is approved; '' where nothing is known. */
export function detailsText({ package: subject, grade, evidence, notes }: ApprovalDetails): string {
  const graded = evidence.length === 0 ? [] : [gradeText({ package: subject, grade })];
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
  { despite, onDetails }: { readonly despite: Despite } & Pick<ApprovalOptions, 'onDetails'>,
  session: WhitelistSession,
): Promise<void> {
  const [only, ...alternatives] = packageDetails;
  const isAlone = only !== undefined && alternatives.length === 0;
  const missing = isAlone ? missingGrade(only, despite, session) : null;
  const refused = isAlone
    ? packageDetails.filter(() => missing !== null)
    : packageDetails.filter(({ grade }) => blockingGrades.includes(grade));
  const [first] = refused;
  if (first === undefined) return;
  for (const details of refused) onDetails(details);
  const remedy = missing ?? `Approve it in a command of its own: ${await approvalCommand(first, session)}`;
  const sentences = refused.map(
    ({ package: subject, grade }) => `${packageLabel(subject)} is ${grade}, which holds its approval back`,
  );
  throw new UsageError([...sentences, 'Nothing was written.'], hintOf(refused) + remedy);
}

function hintOf(refused: readonly ApprovalDetails[]): string {
  const meant = refused.flatMap(({ suggestions }) =>
    suggestions.map((suggestion) => packageLabel(suggestion.package)),
  );
  return meant.length > 0 ? `Did you mean ${[...new Set(meant)].slice(0, 3).join(' or ')}? ` : '';
}

async function approvalCommand(details: ApprovalDetails, session: WhitelistSession): Promise<string> {
  const { project, location, context } = session;
  const command = await commandAt(project.policyFiles, location.root, context);
  return `${command} approve ${packageLabel(details.package)}${despiteFlags(details, session)} --reason "…"`;
}

/** Nobody approves a name that may be made up or planted without having read it. */
async function confirm(
  details: ApprovalDetails,
  { confirmName }: ApprovalOptions,
  session: WhitelistSession,
): Promise<void> {
  const { package: subject, grade } = details;
  if (!confirmedGrades.includes(grade)) return;
  const sentence = gradeText(details);
  if (confirmName === undefined) {
    throw new UsageError(
      [sentence, 'In spite of that it is approved only by somebody who types its name. Nothing was written.'],
      `A person runs this at a terminal: ${await approvalCommand(details, session)}`,
    );
  }
  if (await confirmName(subject, grade)) return;
  throw new UsageError([sentence, 'Nothing was written.'], `To approve it, type its name: ${subject.name}`);
}

/** @returns A package, its grade, and what that means. */
function gradeText({ package: subject, grade }: Pick<ApprovalDetails, 'package' | 'grade'>): string {
  return `${packageLabel(subject)}: ${grade}. ${meaningOf(grade)}`;
}

function meaningOf(grade: string): string {
  return grades.find(({ id }) => id === grade)?.description ?? grade;
}
