import type { PackageEvidence, Rule } from '../../src/model/finding.ts';
import { packageLabel } from '../../src/model/package.ts';
import { unansweredText, type ApprovalStatus, type Entry } from '../../src/model/status.ts';
import { grades } from '../grades.ts';

/** A package that nobody decided about, in a place that did not use it before. */
export const unapprovedPackage: Rule<'unapproved-package'> = {
  id: 'unapproved-package',
  summary: 'a new use of a package that nobody approved',
  severity: 'error',
  fixed: false,
  judge(subject, { decisionCommand, registryTitle, requestWarns }) {
    if (subject.kind !== 'use' || subject.status.kind !== 'unapproved') return undefined;
    const { use, outside, status, hints, elsewhere } = subject;
    const asked = status.requested ? ` (${requestText(status.requested)})` : '';
    const means =
      silence(outside, registryTitle(use.package.ecosystem)) ??
      grades.find(({ id }) => id === outside.grade)?.description;
    const sentences = [
      elsewhere?.text ?? `nobody approved ${packageLabel(use.package)}${asked}.`,
      means,
      usageText(status),
      ...hints.map(({ text }) => text),
    ];
    const commands = hints.flatMap((hint) => (hint.command ? [hint.command] : []));
    return {
      severity: 'error',
      ...(requestWarns(use.package) && { atMost: 'warn' }),
      grade: outside.grade,
      message: sentences.filter((sentence) => sentence !== undefined).join(' '),
      next: commands.length > 0 ? commands : (elsewhere?.next ?? [decisionCommand(use.package)]),
    };
  },
};

/** A program may name a package that was never installed. */
function usageText({ usedAt }: Extract<ApprovalStatus, { kind: 'unapproved' }>): string | undefined {
  return usedAt === undefined
    ? undefined
    : `${usedAt.file}:${String(usedAt.line)} uses it already, but no lockfile before this change has it: this line installs it.`;
}

/** An approval that no registry answered for is a request outside of hook and editor. */
function requestText(request: Entry): string {
  return request.kind === 'approved' ? unansweredText(request) : 'an approval has been requested';
}

/** If the registry did not answer, say why: the user can often fix that. */
function silence({ grade, evidence }: PackageEvidence, registry: string): string | undefined {
  const exists = evidence.find(({ fact }) => fact === 'exists');
  if (grade === 'unanswered' && exists?.state === 'unknown')
    return `${registry} did not answer (${exists.reason}).`;
  return grade === 'not-asked' && exists?.state === 'notAsked'
    ? `No registry was asked (${exists.reason}).`
    : undefined;
}
