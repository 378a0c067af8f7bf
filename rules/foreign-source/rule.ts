import type { Rule } from '../../src/model/finding.ts';

/** A dependency line whose package does not come from where its name would lead. */
export const foreignSource: Rule<'foreign-source'> = {
  id: 'foreign-source',
  summary: 'a dependency line that newly takes a package from elsewhere than its registry',
  severity: 'error',
  fixed: false,
  judge(subject, { assistantAsks, command }) {
    if (subject.kind !== 'source') return undefined;
    const { specifier, what, value, approval } = subject.source;
    const words = assistantAsks || approval === null ? 'explain foreign-source' : approval;
    return {
      severity: 'error',
      grade: null,
      message: `${specifier} is taken from ${what} (${value}), where no registry and no approval of its name vouches for it`,
      next: [`${command} ${words}`],
    };
  },
};
