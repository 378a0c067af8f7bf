import type { PackageEvidence } from '../model/finding.ts';
import type { ApprovalQuestion } from '../model/lookup.ts';
import type { GradedChange, PolicyChange } from '../model/policy.ts';

/** @returns What registries can tell of a change. */
export function questionsOf({ approves, claim, neededBy }: PolicyChange): readonly ApprovalQuestion[] {
  if (claim !== undefined) return [claim];
  if (approves === null) return [];
  return [{ package: approves, module: null, ...(neededBy && { neededBy }) }];
}

/** @param knowledge One item for each change that approves a package, in their order. */
export function graded(
  changes: readonly PolicyChange[],
  knowledge: readonly PackageEvidence[],
): readonly GradedChange[] {
  const waiting = knowledge.values();
  return changes.map((change) => {
    const outside = questionsOf(change).length === 0 ? undefined : waiting.next().value;
    const { contradictedBy } = change;
    const evidence = [...(outside?.evidence ?? []), ...(contradictedBy ? [contradictedBy] : [])];
    return { ...change, grade: outside?.grade ?? null, evidence };
  });
}
