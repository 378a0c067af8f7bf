import type { RuleContext, RuleInput } from '../src/model/finding.ts';
import type { Explanation } from './provided-elsewhere.ts';

/**
 * A module may bear a name that no package can have: `_speedups` of an extension in C. There is nothing to approve, and
 * nothing to request.
 *
 * @returns What is said of such an import or line; null where a package could have the name.
 */
export function impossibleName(
  { impossibleName: impossible }: Extract<RuleInput, { kind: 'use' }>,
  { command, assistantAsks }: Pick<RuleContext, 'command' | 'assistantAsks'>,
): Explanation | null {
  if (impossible === null) return null;
  return {
    sentences: [
      `no package of ${impossible.registry} can be called “${impossible.name}”, so there is none to approve.`,
      assistantAsks ? impossible.correction : impossible.remedy,
    ],
    next: [`${command} explain unapproved-package`],
    decisionAbout: null,
  };
}
