import type { Rule } from '../../src/model/finding.ts';

/** A dependency line whose package does not come from where its name would lead. */
export const foreignSource: Rule<'foreign-source'> = {
  id: 'foreign-source',
  summary: 'a new dependency line that takes a package from a source other than its registry',
  severity: 'error',
  fixed: false,
  judge(subject, { assistantAsks, command }) {
    if (subject.kind !== 'source') return undefined;
    const { specifier, what, value, approval } = subject.source;
    const words = assistantAsks || approval === null ? 'explain foreign-source' : approval;
    return {
      severity: 'error',
      grade: null,
      message: `${specifier} comes from ${what} (${value}) instead of its registry; no approval covers that source`,
      next: [`${command} ${words}`],
    };
  },
};
