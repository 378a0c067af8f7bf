import { importCorrection } from '../analysis/impossible-name.ts';
import { APPROVAL_ADVICE } from '../app/assistant-scope.ts';
import type { NameVerdict, Verdict } from '../app/package-verdicts.ts';
import { findEcosystem, isPossible, type Ecosystem } from '../ecosystems/index.ts';
import { quoted } from '../text/quoted.ts';
import { packageLabel } from '../model/package.ts';
import { entryOf, type ApprovalStatus, type Entry } from '../model/status.ts';
import { grades, gradesOf } from '../../rules/grades.ts';
import { isShellSafe } from '../text/escape.ts';
import { quotation } from './quotations.ts';

type ExplainedVerdict = Exclude<NameVerdict, { verdict: 'invalid' }>;

const settled: Readonly<Partial<Record<Verdict, string>>> = {
  approved: 'It may be used.',
  own: 'It is a module of this project.',
  stdlib: 'It belongs to the standard library: nothing is to be installed.',
  ambient: 'The host of the program provides it: nothing is to be installed.',
  missing: 'It would be a module of this project, and is not there.',
  unclear: 'Where it leads is not known: write the plain name of a module or package.',
};

/**
 * @param command How this tool is started in the project.
 * @returns What is to be done: sentences for a coding assistant, which decides nothing.
 */
export function packageAdvice(verdict: NameVerdict, command: string): string {
  if (verdict.verdict === 'invalid') return `${verdict.problem.message}. ${verdict.problem.next}`;
  const { judged: packageStatus } = verdict.card;
  if (packageStatus === null || verdict.verdict === 'approved') return settled[verdict.verdict] ?? '';
  const { status, package: subject } = packageStatus;
  const ecosystem = findEcosystem(subject.ecosystem);
  if (ecosystem && !isPossible(subject)) return withoutPackageAdvice(verdict.card.specifier, ecosystem);
  if (status.kind === 'denied') return denialAdvice(status);
  if (status.kind === 'unapproved' && status.provides)
    return `${packageLabel(packageStatus.package)} provides ${status.provides.join(', ')}: import that, or another package.`;
  return undecidedAdvice(verdict, command);
}

/** Nobody can approve what no package can be called. */
function withoutPackageAdvice(specifier: string, ecosystem: Ecosystem): string {
  const name = quoted(ecosystem.packagePart(specifier), LONGEST_NAME);
  return `No package of ${ecosystem.title} can be called ${name}, so do not ask for it. ${importCorrection(ecosystem)}`;
}

/** In UTF-16 code units. */
const LONGEST_NAME = 300;

function denialAdvice({ entry: { use } }: Extract<ApprovalStatus, { kind: 'denied' }>): string {
  const substitute = use === null ? '' : ` Use ${isShellSafe(use) ? use : (quotation(use) ?? '')} instead.`;
  return `Do not use it.${substitute} Only a person can take the denial back.`;
}

function undecidedAdvice({ card, uncommitted }: ExplainedVerdict, command: string): string {
  const { judged: packageStatus, grade, next } = card;
  if (uncommitted?.kind === 'approved')
    return `The work tree approves it (${uncommitted.file}:${String(uncommitted.line)}). ${APPROVAL_ADVICE}`;
  const why = grades.find(({ id }) => id === grade)?.description;
  if (grade !== null && why !== undefined && gradesOf('refuted').includes(grade))
    return `Do not use it, and do not ask for it. ${why}`;
  const status = packageStatus?.status;
  const warning =
    grade !== null && why !== undefined && gradesOf('doubtful').includes(grade) ? ` ${why}` : '';
  const isRequested = isRequestedIn(card, uncommitted);
  if (isRequested)
    return `It is requested, and nobody approved it yet: do not use it before. The user decides with: ${command} review${warning}`;
  const decision = next.find((words) => words.startsWith(`${command} approve `));
  const person = decision ?? `${command} review`;
  return `${standing[status?.kind ?? 'unapproved'] ?? ''} Prefer what is approved; else ask with request_approval, and tell the user, who decides with: ${person}${warning}`;
}

/** @returns Whether somebody asked for the package and nobody decided, in the work tree at least. */
export function isRequestedIn(
  { judged: packageStatus }: ExplainedVerdict['card'],
  uncommitted: Entry | null,
): boolean {
  const entry = packageStatus === null ? null : (entryOf(packageStatus.status) ?? uncommitted);
  return entry?.kind === 'requested';
}

const standing: Readonly<Partial<Record<ApprovalStatus['kind'], string>>> = {
  expired: 'Its approval has ended: do not use it before it is renewed.',
  declared: 'A manifest declares it, and it has no decision.',
  'in-use': 'The project uses it already, and it has no decision.',
  unapproved: 'Nobody approved it: do not use it before a person has.',
};
