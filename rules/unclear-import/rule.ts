import type { Rule } from '../../src/model/finding.ts';

/** An import that names its module only when the program runs. */
export const unclearImport: Rule<'unclear-import'> = {
  id: 'unclear-import',
  summary: 'a new import whose name is not a literal',
  severity: 'warn',
  fixed: false,
  judge(subject) {
    if (subject.kind !== 'unclear') return undefined;
    const [first] = subject.references;
    const reason = first.origin.kind === 'unknown' ? first.origin.reason : 'its name is not a literal';
    return {
      severity: 'warn',
      grade: null,
      message: `cannot determine what ${first.specifier} imports: ${reason}`,
      next: [],
    };
  },
};
