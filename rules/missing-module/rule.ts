import type { MissingReference, Rule } from '../../src/model/finding.ts';

/** An import of a module of the project's own that is not there. */
export const missingModule: Rule<'missing-module'> = {
  id: 'missing-module',
  summary: 'a new import of a module of the project that does not exist',
  severity: 'warn',
  fixed: false,
  judge(subject) {
    if (subject.kind !== 'missing') return undefined;
    const { hints } = subject;
    return {
      severity: 'warn',
      grade: null,
      message: sentencesOf(subject).join(' '),
      next: hints.flatMap(({ command }) => command ?? []),
    };
  },
};

function sentencesOf({ module, references, hints }: MissingReference): readonly string[] {
  const { path, otherCase, nearest } = module;
  const [{ specifier }] = references;
  if (otherCase !== null) {
    return [
      `${specifier} is ${otherCase} only where capitals and small letters are the same: Linux does not find it.`,
      ...(nearest === null ? [] : [`Write ${nearest}.`]),
    ];
  }
  const absence = `${specifier} leads to ${path}, which is not a file of this project.`;
  if (hints.length > 0) return [absence, ...hints.map(({ text }) => text)];
  return [absence, nearest === null ? 'Add the file, or import one that is there.' : `Is ${nearest} meant?`];
}
