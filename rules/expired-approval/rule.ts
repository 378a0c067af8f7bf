import type { Rule } from '../../src/model/finding.ts';
import { packageLabel } from '../../src/model/package.ts';

/** An approval with an end that has passed. Its last day counts in UTC. */
export const expiredApproval: Rule<'expired-approval'> = {
  id: 'expired-approval',
  summary: 'a new use of a package whose approval has expired',
  severity: 'error',
  fixed: false,
  judge(subject, { reviewCommand }) {
    if (subject.kind !== 'use' || subject.status.kind !== 'expired') return undefined;
    const { elsewhere, status } = subject;
    const { entry } = status;
    const name = packageLabel(subject.use.package);
    const person = reviewCommand === null ? '. A person approves it again, or denies it' : '';
    const end = `the approval of ${name} ended on ${entry.expires ?? 'an unknown day'} (${entry.file}:${String(entry.line)})`;
    return {
      severity: 'error',
      grade: null,
      message: elsewhere === null ? `${end}${person}` : `${end}. ${elsewhere.text}`,
      next: elsewhere?.next ?? (reviewCommand === null ? [] : [reviewCommand]),
    };
  },
};
