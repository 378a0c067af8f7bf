import { isUndecided } from '../../policy/status.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { UseWithStatus } from '../../model/status.ts';
import { escapeControls } from '../../text/escape.ts';

/** A package that is in use and that nothing declares, with the reason that its entry gets. */
export interface Request {
  readonly package: Package;
  readonly reason: string;
}

/** A package that somebody could decide about. */
export interface UsedPackage extends Request {
  /** What programs write to import it. */
  readonly specifiers: readonly string[];
}

/** What nobody decided and nothing declares: as the base has it, and as it came since. */
export interface UndeclaredPackages {
  readonly used: readonly UsedPackage[];
  readonly recent: readonly UsedPackage[];
}

/**
 * @param uses With the status `in-use` where the base has the use as well.
 * @param since From when on a package is new: `since the last commit`; null where nothing is committed.
 * @returns Each package that nobody approved and nothing declares once, by its first use.
 */
export function undeclaredPackages(uses: readonly UseWithStatus[], since: string | null): UndeclaredPackages {
  const usesByPackage = new Map<string, UseWithStatus[]>();
  const open = uses.filter(({ status }) => isUndecided(status));
  for (const use of open.toSorted(byFile)) {
    const key = packageLabel(use.use.package);
    usesByPackage.set(key, [...(usesByPackage.get(key) ?? []), use]);
  }
  const packages = [...usesByPackage.values()].flatMap((group) => packageOf(group, since) ?? []);
  return {
    used: packages.filter(({ isUsed }) => isUsed),
    recent: packages.filter(({ isUsed }) => !isUsed),
  };
}

function packageOf(uses: readonly UseWithStatus[], since: string | null) {
  const [first] = uses;
  if (first === undefined) return null;
  const references = uses.flatMap(({ use }) => use.references);
  const imports = references.filter(({ kind }) => kind !== 'dependency').map(({ specifier }) => specifier);
  return {
    package: first.use.package,
    reason: reasonOf(first.use, since),
    specifiers: [...new Set(imports)],
    isUsed: uses.every(({ status }) => status.kind === 'in-use'),
  };
}

function reasonOf({ file, references }: UseWithStatus['use'], since: string | null): string {
  const [{ place, kind }] = references;
  const cell = place.cell === null ? '' : `#${String(place.cell)}`;
  const where = `${escapeControls(file)}${cell}:${String(place.line)}`;
  if (kind !== 'dependency') return `in use in ${where}`;
  return [`declared in ${where}`, since].filter((part) => part !== null).join(' ');
}

/** Program text before manifests: an import shows a use, a dependency line only asks for one. */
function byFile({ use: left }: UseWithStatus, { use: right }: UseWithStatus): number {
  const [first, second] = [left, right].map(({ references }) => Number(references[0].kind === 'dependency'));
  if (first !== second) return (first ?? 0) - (second ?? 0);
  return left.file === right.file ? 0 : left.file < right.file ? -1 : 1;
}
