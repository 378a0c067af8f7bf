import type { Rule } from '../../src/model/finding.ts';
import { packageLabel } from '../../src/model/package.ts';
import { substituteText } from '../../src/model/substitute.ts';

/** A package that somebody refused. The denial holds whatever else approves the package. */
export const deniedPackage: Rule<'denied-package'> = {
  id: 'denied-package',
  summary: 'a new use of a package on the deny list',
  severity: 'error',
  fixed: true,
  judge(subject, { command }) {
    if (subject.kind !== 'use' || subject.status.kind !== 'denied') return undefined;
    const { entry } = subject.status;
    const { substitute } = subject;
    const name = packageLabel(subject.use.package);
    const why = entry.reason ? `: ${entry.reason}` : '';
    const instead = substitute ? `; ${substituteText(substitute)}` : '';
    return {
      severity: 'error',
      grade: null,
      message: `${name} is denied (${entry.file}:${String(entry.line)})${why}${instead}`,
      next: [`${command} explain ${name}`],
    };
  },
};
