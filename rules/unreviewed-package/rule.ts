import { COMMAND_LANGUAGE, COMMANDS } from '../../src/model/commands-setting.ts';
import type { Rule } from '../../src/model/finding.ts';
import { packageLabel } from '../../src/model/package.ts';
import { unansweredText, type Entry } from '../../src/model/status.ts';
import { grades, gradesOf } from '../grades.ts';
import { impossibleName } from '../impossible-name.ts';
import { providedElsewhere } from '../provided-elsewhere.ts';

/**
 * A package that the base lives with and nobody decided about: a manifest declares it while the whitelist, which is the
 * authority, does not know it, or a program uses it that no manifest and no whitelist speaks of.
 */
export const unreviewedPackage: Rule<'unreviewed-package'> = {
  id: 'unreviewed-package',
  formerIds: ['unvouched-package'],
  summary: 'a package that the project already declares or uses, without a decision about it',
  severity: 'warn',
  gravest: 'error',
  fixed: false,
  judge(subject, context) {
    if (subject.kind !== 'use') return undefined;
    const { status, outside, use, elsewhere } = subject;
    if (status.kind !== 'declared' && status.kind !== 'in-use') return undefined;
    if (use.language === COMMAND_LANGUAGE && context.isUncovered(COMMANDS)) return undefined;
    const { scope, decisionAdvice, whitelistFile, isUncovered } = context;
    const { at } = status;
    // What an upgrade reads for the first time makes no run fail that passed before.
    const severity = scope === 'all' && !isUncovered(use.package.ecosystem) ? 'error' : 'warn';
    const other = outside.provider
      ? providedElsewhere(subject, outside.provider, context)
      : impossibleName(subject, context);
    if (status.kind === 'in-use' && other && elsewhere === null) {
      const { sentences, next, decisionAbout } = other;
      const message = sentences.filter((sentence) => sentence !== undefined).join(' ');
      return { severity, grade: outside.grade, message, next, decisionAbout };
    }
    const name = packageLabel(use.package);
    const sentence =
      status.kind === 'declared'
        ? `declares ${name}, but ${status.requested ? undecidedText(status.requested) : `${whitelistFile} has no decision about it`}`
        : `uses ${name} already, but ${undecidedText(status.requested)}${warningOf(outside.grade)}`;
    return {
      severity,
      grade: status.kind === 'in-use' ? outside.grade : null,
      message: elsewhere?.text ?? `${at.file}:${String(at.line)} ${sentence}`,
      next: elsewhere?.next ?? decisionAdvice(use.package).commands,
    };
  },
};

function undecidedText(request: Entry | null): string {
  if (request === null) return 'there is no decision about it';
  return request.kind === 'approved'
    ? unansweredText(request)
    : `it is only requested (${request.file}:${String(request.line)})`;
}

/** What speaks against a package is said, because a name that is in use may have been invented long ago. */
function warningOf(id: string): string {
  const isSuspicious = gradesOf('refuted', 'doubtful').includes(id);
  const description = grades.find((candidate) => candidate.id === id)?.description ?? '';
  return isSuspicious ? `. ${description}` : '';
}
