import { grades, gradesOf } from '../../rules/grades.ts';
import type { Finding } from '../model/finding.ts';
import { packageLabel, purl } from '../model/package.ts';
import type { PackageRequest, Report } from '../model/report.ts';
import type { Scope } from '../model/snapshot.ts';
import type { Entry } from '../model/status.ts';
import type { PolicyPair } from '../policy/changes.ts';
import type { Policy } from '../policy/policy.ts';
import { isRequested } from '../policy/requests.ts';

/** What a state was checked with, and what was found. */
export interface RequestInputs {
  readonly findings: readonly Finding[];
  /** The policy that judges. */
  readonly policy: Policy;
  readonly pairs: readonly (PolicyPair | null)[];
  /** An assistant runs this, which decides about nothing. */
  readonly assistantAsks: boolean;
  readonly command: () => Promise<string>;
}

/**
 * Collects what waits for a decision: packages that findings are about and that the whitelist of the state requests,
 * whoever judges, and requests that the change adds without a use.
 *
 * @param scope A state of commits. @returns In the order of the whitelist; each package once.
 */
export async function packageRequests(
  { head, policy: judging }: Pick<Scope, 'head' | 'policy'>,
  { findings, policy, pairs, assistantAsks, command }: RequestInputs,
): Promise<Required<Pick<Report, 'requests'>>> {
  if (assistantAsks) return { requests: [] };
  const ownPolicy = pairs[0]?.nextPolicy ?? policy;
  const waiting = ownPolicy.whitelist.entries.filter(
    (entry) =>
      entry.kind === 'requested' &&
      isRequested(ownPolicy, entry) &&
      policy.decide(entry).kind === 'unapproved',
  );
  const requests: PackageRequest[] = [];
  for (const entry of waiting) {
    const about = findings.filter(({ package: subject }) => subject && purl(subject) === purl(entry));
    const isKnown = requests.some((request) => purl(request.package) === purl(entry));
    if (isKnown || (about.length === 0 && !isNew(entry, pairs))) continue;
    requests.push({
      package: { ecosystem: entry.ecosystem, name: entry.name },
      file: entry.file,
      line: entry.line,
      grade: gradeOf(about),
      evidence: about.find(({ evidence }) => evidence.length > 0)?.evidence ?? [],
      isPlain: entry.imports.length === 0 && about.every((finding) => isSettledByApproval(finding, entry)),
      commands: commandsFor(entry, about, await command()),
      isBaseJudging: judging !== head,
    });
  }
  return { requests };
}

/** No base has requested it. */
function isNew(entry: Entry, pairs: readonly (PolicyPair | null)[]): boolean {
  return pairs.length > 0 && pairs.every((pair) => pair !== null && !isRequested(pair.basePolicy, entry));
}

/** Where one place says worse, or nobody was asked of it, the package is not one that merely exists. */
function gradeOf(findings: readonly Finding[]): string {
  const gradeIds = findings.map(({ grade }) => grade ?? 'not-asked');
  const ids = grades.map(({ id }) => id).filter((id) => gradeIds.includes(id));
  return ids.find((id) => id !== 'exists') ?? ids[0] ?? 'not-asked';
}

const rulesOfDecisions = ['unapproved-package', 'unreviewed-package'];

/** An import of a module that the package does not have stays stopped, and so does a source that nobody approved. */
function isSettledByApproval({ rule, decisionAbout }: Finding, entry: Entry): boolean {
  const isOther = decisionAbout === null || (decisionAbout && purl(decisionAbout) !== purl(entry));
  return rulesOfDecisions.includes(rule) && isOther !== true;
}

function commandsFor(entry: Entry, about: readonly Finding[], command: string): readonly string[] {
  const otherFindings = about.filter((finding) => !isSettledByApproval(finding, entry));
  if (otherFindings.length > 0) return [...new Set(otherFindings.flatMap(({ next }) => next))];
  const grade = gradeOf(about);
  const despite = gradesOf('refuted', 'doubtful').includes(grade) ? ` --despite ${grade}` : '';
  return [`${command} approve ${packageLabel(entry)}${despite} --reason "…"`];
}
