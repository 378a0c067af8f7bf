import type { Rule } from '../../src/model/finding.ts';
import type { MissingModule } from '../../src/model/reference.ts';

/** An import of a module of the project's own that is not there. */
export const missingModule: Rule<'missing-module'> = {
  id: 'missing-module',
  summary: 'a new import of a module of the project that does not exist',
  severity: 'warn',
  fixed: false,
  judge(subject) {
    if (subject.kind !== 'missing') return undefined;
    const { module, references } = subject;
    return {
      severity: 'warn',
      grade: null,
      message: sentence(references[0].specifier, module),
      next: [],
    };
  },
};

function sentence(specifier: string, { path, otherCase, nearest }: MissingModule): string {
  if (otherCase !== null) {
    const meant = nearest === null ? '' : ` Write ${nearest}.`;
    return `${specifier} is ${otherCase} only where capitals and small letters are the same: on Linux it is not found.${meant}`;
  }
  const meant = nearest === null ? '' : ` Is ${nearest} meant?`;
  return `${specifier} leads to ${path}, which is no file of this project.${meant}`;
}
