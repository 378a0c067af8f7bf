import { packageLabel, type Package } from '../model/package.ts';
import type { ListedPackage } from '../model/inventory.ts';
import type { ApprovalStatus, Entry, PackageStatus } from '../model/status.ts';
import { isScopePattern } from '../whitelist/key.ts';

/** From what needs most attention to what needs none: one package may be declared for a part of the project alone. */
const order: readonly ApprovalStatus['kind'][] = [
  'denied',
  'expired',
  'unapproved',
  'in-use',
  'declared',
  'baseline',
  'approved',
];

/**
 * @param decisions What was decided about each package, as often as that differs.
 * @param entries Those of the whitelist that are listed although nothing uses them.
 * @param decide What the whitelist says of a package.
 * @returns The packages that references lead to, and those of the entries, in the order of their labels, with what stands worst
 *   about each. A scope is no package: its entry stands beside the packages that it covers.
 */
export function listedPackages(
  decisions: readonly ListedPackage[],
  {
    entries,
    decide,
  }: { readonly entries: readonly Entry[]; readonly decide: (subject: Package) => ApprovalStatus },
): readonly ListedPackage[] {
  const packages = new Map<string, ListedPackage>();
  for (const decision of decisions) {
    const label = packageLabel(decision.package);
    const listed = packages.get(label);
    packages.set(label, {
      package: decision.package,
      status: (listed === undefined ? decision : worse(listed, decision)).status,
      places: (listed?.places ?? 0) + decision.places,
    });
  }
  for (const { ecosystem, name } of entries) {
    const subject = { ecosystem, name };
    const label = packageLabel(subject);
    if (isScopePattern(name) || packages.has(label)) continue;
    packages.set(label, { package: subject, status: decide(subject), places: 0 });
  }
  return [...packages.values()].toSorted((left, right) =>
    packageLabel(left.package) < packageLabel(right.package) ? -1 : 1,
  );
}

function worse(left: PackageStatus, right: PackageStatus): PackageStatus {
  return order.indexOf(left.status.kind) <= order.indexOf(right.status.kind) ? left : right;
}
