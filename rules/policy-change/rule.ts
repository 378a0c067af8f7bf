import { packageLabel } from '../../src/model/package.ts';
import type { Rule } from '../../src/model/finding.ts';

/** A change that lets more pass than before, or gives a known name another meaning: a reviewer must see it. */
export const policyChange: Rule<'policy-change'> = {
  id: 'policy-change',
  summary: 'a change that loosens policy, or puts a module in the place of a well-known package',
  severity: 'warn',
  fixed: false,
  judge(subject, { assistantAsks, command }) {
    if (subject.kind !== 'policy') return undefined;
    const { what, by, reason, approves } = subject.change;
    const author = by ? `, by ${by}` : '';
    const why = reason ? `: ${reason}` : '';
    const told = `${what}${author}${why}`;
    if (!assistantAsks) return { severity: 'warn', grade: null, message: told, next: [] };
    return {
      severity: 'error',
      grade: null,
      message: `${told}; in an assistant's environment nobody can commit this: leave it to a person, or take it back${approves ? ' and ask' : ''}`,
      next: [
        approves
          ? `${command} request ${packageLabel(approves)} --reason "…"`
          : `${command} explain policy-change`,
      ],
    };
  },
};
