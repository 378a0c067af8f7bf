import type { Rule, RuleContext, Violation } from '../../src/model/finding.ts';
import { commitCommand } from '../../src/model/commit-command.ts';
import { packageLabel } from '../../src/model/package.ts';
import { substituteText } from '../../src/model/substitute.ts';

/** A package that somebody refused. The denial holds whatever else approves the package. */
export const deniedPackage: Rule<'denied-package'> = {
  id: 'denied-package',
  summary: 'a new use of a package on the deny list',
  severity: 'error',
  fixed: true,
  judge(subject, context) {
    if (subject.kind !== 'use' || subject.status.kind !== 'denied') return undefined;
    const { entry, isTakenAway } = subject.status;
    const { substitute } = subject;
    const name = packageLabel(subject.use.package);
    const why = entry.reason ? `: ${context.written(entry.reason)}` : '';
    if (isTakenAway === true) return stillDenied(`${name} is denied at the base${why}`, entry.file, context);
    const instead = substitute ? `; ${substituteText(substitute)}` : '';
    return {
      severity: 'error',
      grade: null,
      message: `${name} is denied (${entry.file}:${String(entry.line)})${why}${instead}`,
      next: [`${context.command} explain ${name}`],
    };
  },
};

/** The line of the base may say something else by now. */
function stillDenied(denial: string, file: string, { scope, isMerge }: RuleContext): Violation {
  const canGoFirst = scope === 'staged' && !isMerge;
  const remedy = canGoFirst
    ? `commit ${file} alone first, and then what uses the package`
    : `merge the change of ${file} first, on its own, and then the branch with it into this one`;
  return {
    severity: 'error',
    grade: null,
    message: `${denial}. This change takes the denial away, which does not count for itself: ${remedy}`,
    next: canGoFirst ? [commitCommand(file)] : [],
  };
}
