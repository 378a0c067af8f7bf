import { packageLabel, type Package } from '../model/package.ts';
import { isInstall, type Reference } from '../model/reference.ts';
import type { PackageStatus, UseWithStatus, ReferenceWithStatus } from '../model/status.ts';
import type { NonEmpty } from '../model/text.ts';

/** @returns The references to packages, one use for each package and file. */
export function usesOf(references: readonly ReferenceWithStatus[]): UseWithStatus[] {
  const packages = withInstalls(references).flatMap((reference) =>
    reference.judged ? [{ ...reference, judged: reference.judged }] : [],
  );
  const groups = groupsOf(packages, ({ file, judged: { package: used, status } }) => [
    file,
    used.ecosystem,
    used.name,
    // An import of what the package does not have is told apart from those that work.
    status.kind === 'unapproved' && status.provides !== undefined ? 'missing' : '',
  ]);
  return groups.map((group) => {
    const { file, language, judged: packageStatus } = group[group.length - 1] ?? group[0];
    const { package: used, status } = packageStatus;
    return { use: { file, language, package: used, references: inOrder(group) }, status };
  });
}

/** Of several packages that provide a module, the one that a command of the same file installs is the one that is meant. */
function withInstalls(references: readonly ReferenceWithStatus[]): readonly ReferenceWithStatus[] {
  const installs = new Map<string, PackageStatus>();
  for (const { file, reference, judged: packageStatus } of references)
    if (packageStatus && isOpen(packageStatus) && isInstall(reference))
      installs.set(keyIn(file, packageStatus.package), packageStatus);
  return references.map((item) => {
    const { origin } = item.reference;
    if (installs.size === 0 || origin.kind !== 'package' || !item.judged || !isOpen(item.judged)) return item;
    const candidates = [origin.package, ...origin.alternatives];
    const meant = candidates.map((candidate) => installs.get(keyIn(item.file, candidate)));
    return { ...item, judged: meant.find((status) => status !== undefined) ?? item.judged };
  });
}

function isOpen({ status }: PackageStatus): boolean {
  return status.kind === 'unapproved' && status.provides === undefined;
}

function keyIn(file: string, subject: Package): string {
  return JSON.stringify([file, packageLabel(subject)]);
}

/** References of a file that lead to the same, or whose text is the same. */
export interface ReferenceGroup {
  readonly file: string;
  readonly language: string;
  readonly references: NonEmpty<Reference>;
}

/** @returns The references whose package is not known, one group for each expression and file. */
export function unclearOf(references: readonly ReferenceWithStatus[]): ReferenceGroup[] {
  const unclearReferences = references.filter(({ reference }) => reference.origin.kind === 'unknown');
  return groupsOf(unclearReferences, ({ file, reference }) => [file, reference.specifier]).map((group) => {
    const { file, language } = group[group.length - 1] ?? group[0];
    return { file, language, references: inOrder(group) };
  });
}

/** @returns What has the same key, in the order in which each key comes first. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): NonEmpty<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** @returns The references of a group, as they stand in their file. */
export function inOrder([first, ...tail]: NonEmpty<ReferenceWithStatus>): NonEmpty<Reference> {
  const sorted = [first, ...tail].map(({ reference }) => reference).sort(compare);
  const [earliest = first.reference, ...laterReferences] = sorted;
  return [earliest, ...laterReferences];
}

function compare({ place: left }: Reference, { place: right }: Reference): number {
  return (left.cell ?? 0) - (right.cell ?? 0) || left.line - right.line || left.column - right.column;
}
