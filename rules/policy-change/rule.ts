import { packageLabel } from '../../src/model/package.ts';
import type { Rule } from '../../src/model/finding.ts';
import { grades } from '../grades.ts';

/** A change that lets more pass than before, or gives a known name another meaning: a reviewer must see it. */
export const policyChange: Rule<'policy-change'> = {
  id: 'policy-change',
  summary: 'a change that loosens policy, or a new module with the name of a well-known package',
  severity: 'warn',
  fixed: false,
  judge(subject, { assistantAsks, command }) {
    if (subject.kind !== 'policy') return undefined;
    const { what, by, reason, approves, grade } = subject.change;
    const author = by ? `, by ${by}` : '';
    const why = reason ? `: ${reason}` : '';
    const told = `${what}${author}${why}${gradeText(grade)}`;
    // Of an approved scope a person has decided: who uses a package of it only says so.
    if (!assistantAsks || subject.change.kind === 'member')
      return { severity: 'warn', grade: null, message: told, next: [] };
    return {
      severity: 'error',
      grade: null,
      fixed: true,
      message: `${told}; a coding assistant cannot commit this: leave it to a person, or revert it${approves ? ' and ask' : ''}`,
      next: [
        approves
          ? `${command} request ${packageLabel(approves)} --reason "…"`
          : `${command} explain policy-change`,
      ],
    };
  },
};

/** What a registry says against a package that is newly approved; nothing where it exists, or where nobody asked. */
function gradeText(grade: string | null): string {
  if (grade === null || grade === 'exists' || grade === 'not-asked') return '';
  const meaning = grades.find(({ id }) => id === grade)?.description ?? grade;
  return ` (${grade}: ${meaning.replace(/\.$/, '')})`;
}
