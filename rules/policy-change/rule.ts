import type { Rule, RuleContext } from '../../src/model/finding.ts';
import { commitCommand } from '../../src/model/commit-command.ts';
import { contradiction } from '../../src/model/policy.ts';
import { grades } from '../grades.ts';

/** A change that lets more pass than before, or gives a known name another meaning: a reviewer must see it. */
export const policyChange: Rule<'policy-change'> = {
  id: 'policy-change',
  summary: 'a change that loosens policy, or a new module with the name of a well-known package',
  severity: 'warn',
  fixed: false,
  judge(subject, context) {
    if (subject.kind !== 'policy') return undefined;
    const { kind, file, what, by, reason, grade, contradictedBy } = subject.change;
    const author = by ? `, by ${context.written(by)}` : '';
    const why = reason ? `: ${context.written(reason)}` : '';
    const told = `${what}${author}${why}${contradiction(subject.change)}${gradeText(grade)}`;
    // Of an approved scope a person has decided: who uses a package of it only says so. The first whitelist of a project
    // takes down what is there, and may come from anybody. What a program pins, nobody wrote.
    if (!context.assistantAsks || kind === 'member' || kind === 'adoption' || kind === 'pin')
      return { severity: 'warn', grade: null, message: told, next: [], ...(contradictedBy && outsideWord) };
    return {
      severity: 'error',
      grade: null,
      fixed: true,
      message: `${told}; a coding assistant cannot commit this: leave it to a person`,
      next: [personCommand(file, context)],
    };
  },
};

/** What only a registry tells moves no exit code, whatever the config makes of this rule. */
const outsideWord = { atMost: 'warn' } as const;

/**
 * @returns What a person runs. Of a commit that is about to be made, the edit of the policy goes first and alone; git
 *   concludes a merge only as a whole.
 */
function personCommand(file: string, { scope, isMerge, command }: RuleContext): string {
  if (scope !== 'staged') return `${command} explain policy-change`;
  return isMerge ? 'git commit' : commitCommand(file);
}

/** What a registry says against a package that is newly approved; nothing where it exists, or where nobody asked. */
function gradeText(grade: string | null): string {
  if (grade === null || grade === 'exists' || grade === 'not-asked') return '';
  const meaning = grades.find(({ id }) => id === grade)?.description ?? grade;
  return ` (${grade}: ${meaning.replace(/\.$/, '')})`;
}
