import type { Rule } from '../../src/model/finding.ts';

/** A change that lets more pass than before: a reviewer must see it. */
export const policyChange: Rule<'policy-change'> = {
  id: 'policy-change',
  summary: 'a change that loosens policy',
  severity: 'warn',
  fixed: false,
  judge(subject, { assistantAsks, command }) {
    if (subject.kind !== 'policy') return undefined;
    const { what, by, reason } = subject.change;
    const author = by ? `, by ${by}` : '';
    const why = reason ? `: ${reason}` : '';
    return {
      severity: assistantAsks ? 'error' : 'warn',
      grade: null,
      message: assistantAsks
        ? `${what}${author}${why}; in an assistant's environment a person has to make this change`
        : `${what}${author}${why}`,
      next: assistantAsks ? [`${command} request`] : [],
    };
  },
};
