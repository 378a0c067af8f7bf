import { Analysis } from '../analysis/analyse.ts';
import { usesOf } from '../analysis/uses.ts';
import type { UseWithStatus } from '../model/status.ts';
import type { Substitute } from '../model/substitute.ts';
import { readPolicy } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { editableText, isUseOf, referencesIn } from './file-references.ts';
import type { OpenedProject } from './project.ts';
import { replacementTargets, type ReplacementTarget } from './replacement-targets.ts';
import { isDecidable, type ReviewItem } from './review-queue.ts';

/** An item as a person sees it: its uses as they stand in the work tree now, and what may take the package's place. */
export interface ReviewCard extends ReviewItem {
  /** What the denial of a denied package names to be used instead. */
  readonly substitute: Substitute | null;
  /** None where nothing uses the package. */
  readonly targets: readonly ReplacementTarget[];
}

/**
 * Looks up anew what a card shows: a card before it may have edited the same line, or approved what this one offers.
 *
 * @param project The work tree as a whole.
 */
export async function reviewCard(item: ReviewItem, project: OpenedProject): Promise<ReviewCard> {
  const uses = await Promise.all(item.uses.map((use) => useInWorkTree(use, project)));
  const current = await withCurrentPolicy(project);
  const file = uses[0]?.use.file ?? current.policy.whitelistFile;
  const { scope, analysisOptions } = current;
  const substitute = await new Analysis(scope, analysisOptions).substituteOf(item.status, file);
  const { package: subject, status, learned: details } = item;
  const replaced = { package: subject, status, suggestions: details.suggestions, file };
  const targets = uses.length === 0 || !isDecidable(item) ? [] : await replacementTargets(replaced, current);
  return { ...item, uses, substitute, targets };
}

/** The use as the work tree has it; as it was where the work tree has it no more, or can't be read. */
async function useInWorkTree({ use, status }: UseWithStatus, project: OpenedProject): Promise<UseWithStatus> {
  const read = await editableText(project.scope.head, use.file);
  if (read.kind !== 'text') return { use, status };
  const { references } = await referencesIn({ path: use.file, text: read.text }, project);
  const [currentUse] = usesOf(references.filter((item) => isUseOf(item, use.package)));
  return { use: currentUse ? { ...use, references: currentUse.use.references } : use, status };
}

/** The project with the decisions that its whitelist holds now; with those before where that can't be relied on. */
async function withCurrentPolicy(project: OpenedProject): Promise<OpenedProject> {
  const policy = await readPolicy(filesOf(project.scope.policy), project.policyOptions);
  if (policy.faults.length > 0) return project;
  return { ...project, policy, analysisOptions: { ...project.analysisOptions, policy } };
}
