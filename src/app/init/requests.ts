import { packageLabel, type Package } from '../../model/package.ts';
import type { UseWithStatus } from '../../model/status.ts';
import { escapeControls } from '../../text/escape.ts';

/** A package that is in use and that nothing declares, with the reason that its entry gets. */
export interface Request {
  readonly package: Package;
  readonly reason: string;
}

/**
 * @param branch The default branch, where another one is checked out.
 * @returns One request for each package that nobody approved and nothing declares, by its first use.
 */
export function requestsOf(uses: readonly UseWithStatus[], branch: string | null): Request[] {
  const requests = new Map<string, Request>();
  const unapproved = uses.filter(({ status }) => status.kind === 'unapproved');
  for (const { use } of unapproved.toSorted(byFile)) {
    const key = packageLabel(use.package);
    if (!requests.has(key)) requests.set(key, { package: use.package, reason: reasonOf(use, branch) });
  }
  return [...requests.values()];
}

function reasonOf({ file, references }: UseWithStatus['use'], branch: string | null): string {
  const [{ place, kind }] = references;
  const cell = place.cell === null ? '' : `#${String(place.cell)}`;
  const where = `${escapeControls(file)}${cell}:${String(place.line)}`;
  const since = branch === null ? 'since the last commit' : `since the branch left ${escapeControls(branch)}`;
  return kind === 'dependency' ? `declared in ${where} ${since}` : `in use in ${where}`;
}

/** Program text before manifests: an import shows a use, a dependency line only asks for one. */
function byFile({ use: left }: UseWithStatus, { use: right }: UseWithStatus): number {
  const [first, second] = [left, right].map(({ references }) => Number(references[0].kind === 'dependency'));
  if (first !== second) return (first ?? 0) - (second ?? 0);
  return left.file === right.file ? 0 : left.file < right.file ? -1 : 1;
}
