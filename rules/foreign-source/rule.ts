import type { ForeignSource, Rule } from '../../src/model/finding.ts';

/** A dependency line whose package does not come from where its name would lead. */
export const foreignSource: Rule<'foreign-source'> = {
  id: 'foreign-source',
  summary: 'a new dependency line that takes a package from a source other than its registry',
  severity: 'error',
  fixed: false,
  judge(subject, { assistantAsks, command }) {
    if (subject.kind !== 'source') return undefined;
    const { source, elsewhere } = subject;
    const { approvals } = source;
    const words = assistantAsks || approvals.length === 0 ? ['explain foreign-source'] : approvals;
    return {
      severity: 'error',
      grade: null,
      message: elsewhere
        ? `${sentence(source)}. ${elsewhere.text}`
        : `${sentence(source)}; no approval covers that source`,
      next: elsewhere ? elsewhere.next : words.map((approval) => `${command} ${approval}`),
    };
  },
};

function sentence({ specifier, what, value, cause }: ForeignSource): string {
  const source = `${what} (${value})`;
  switch (cause.kind) {
    case 'dependency':
      return `${specifier} comes from ${source} instead of its registry`;
    case 'registry':
      return cause.wasBound
        ? `${specifier} may come from ${source}, which so far served only what is bound to it`
        : `${specifier} comes from ${source} instead of its registry`;
    case 'bound':
      return `${source} serves only what is bound to it: ${cause.bound === '' ? 'packages of other manifests' : cause.bound}`;
    case 'takenAway':
      return `${specifier} now comes from ${source}; before this change it came from ${cause.before}`;
  }
}
