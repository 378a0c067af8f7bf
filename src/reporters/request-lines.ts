import { packageLabel } from '../model/package.ts';
import type { PackageRequest } from '../model/report.ts';
import { escapeForLog, isShellSafe } from '../text/escape.ts';
import { writeEntry } from '../whitelist/write.ts';

/** Where a host opens a file for editing: in the branch of the change, and in the one that it leads to. */
export interface EditLinks {
  /** `https://…`; null where nobody can tell. */
  readonly change: (file: string) => string | null;
  readonly base: (file: string) => string | null;
}

/** What a report shows beside requests, where it is read by whoever decides about them. */
export interface DecisionAids {
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  readonly links: EditLinks;
}

/**
 * The line that approves a requested package, with nothing of the request in it: its words are those of whoever wants the
 * package. Its reason and its author are empty, which is a fault until a person has filled them in.
 *
 * @returns As it stands in the file; null where registries say anything else than that the package exists, or one line is
 *   not the whole decision.
 */
export function readyLine(
  { package: subject, grade, isPlain, evidence }: PackageRequest,
  { today }: Pick<DecisionAids, 'today'>,
): string | null {
  if (grade !== 'exists' || !isPlain || !isShellSafe(packageLabel(subject))) return null;
  const published = evidence.find(({ fact }) => fact === 'first-published');
  const value = published?.state === 'present' ? published.value : null;
  const created = typeof value === 'string' ? value.slice(0, 10) : null;
  return `  ${writeEntry(subject, { kind: 'approved', reason: '', by: '', date: today, created })}`;
}

/** @returns What is to be done with the ready line: one sentence, without a full stop. */
export function instruction({ line }: PackageRequest): string {
  return `It exists. To approve it, put this in the place of line ${String(line)}, with the reason and who decides`;
}

/** @returns Why there is no ready line, and what to do. */
export function obstacle({ grade, isPlain }: PackageRequest): string {
  const isUnanswered = grade === 'not-asked' || grade === 'unanswered';
  if (grade !== 'exists' && !isUnanswered)
    return `Its grade is ${grade}. A person who decides about it all the same runs:`;
  return isPlain && isUnanswered
    ? `No registry answered for it in this run (${grade}). A person who approves it has it asked:`
    : 'One line of the file is not the whole decision. A person runs:';
}

/** What is said of all requests where the policy of the base judges. */
export const countsLater =
  'The policy of the base judges this change: a decision counts once it is merged there, and the branch has it.';

/**
 * The requests for the log of a job, which no line of is wrapped: they are to be copied.
 *
 * @returns '' where there are no requests.
 */
export function requestText(requests: readonly PackageRequest[], decisions: DecisionAids): string {
  const [first] = requests;
  if (first === undefined) return '';
  const base = first.isBaseJudging ? [countsLater, ...linkLines(decisions.links.base(first.file))] : [];
  const lines = [...base, ...requests.flatMap((request) => linesOf(request, decisions))];
  return `${lines.join('\n')}\n`;
}

function linesOf(request: PackageRequest, decisions: DecisionAids): string[] {
  const { package: subject, file, line, commands } = request;
  const ready = readyLine(request, decisions);
  const place = `${escapeForLog(file, 400)}:${String(line)}`;
  const what = `requested  ${escapeForLog(packageLabel(subject))} (${place})`;
  if (ready === null)
    return [what, `  ${obstacle(request)}`, ...commands.map((command) => `  ${escapeForLog(command, 400)}`)];
  return [what, `  ${instruction(request)}:`, ready, ...linkLines(decisions.links.change(file))];
}

function linkLines(link: string | null): string[] {
  return link === null ? [] : [`  ${link}`];
}
