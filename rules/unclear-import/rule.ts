import { COMMAND_LANGUAGE } from '../../src/model/commands-setting.ts';
import type { Rule } from '../../src/model/finding.ts';

/** An import that names its module, or a command that names its package, only when the program runs. */
export const unclearImport: Rule<'unclear-import'> = {
  id: 'unclear-import',
  summary: 'a new import whose name is not a literal',
  severity: 'warn',
  fixed: false,
  judge(subject, { commands }) {
    if (subject.kind !== 'unclear') return undefined;
    const [first] = subject.references;
    // Most commands have a variable somewhere; a program that a runner fetches has a name.
    const isVariable = subject.language === COMMAND_LANGUAGE && first.form === 'module';
    if (isVariable && commands !== 'all') return undefined;
    const reason = first.origin.kind === 'unknown' ? first.origin.reason : 'its name is not a literal';
    const verb = first.kind === 'install' ? 'installs' : 'imports';
    return {
      severity: 'warn',
      grade: null,
      message: `cannot determine what ${first.specifier} ${verb}: ${reason}`,
      next: [],
    };
  },
};
