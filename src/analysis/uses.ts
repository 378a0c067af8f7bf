import type { Reference } from '../model/reference.ts';
import type { UseWithStatus, ReferenceWithStatus } from '../model/status.ts';
import type { NonEmpty } from '../model/text.ts';

/** @returns The references to packages, one use for each package and file. */
export function usesOf(references: readonly ReferenceWithStatus[]): UseWithStatus[] {
  const packages = references.flatMap((found) => (found.judged ? [{ ...found, judged: found.judged }] : []));
  const groups = groupsOf(packages, ({ file, judged: { package: used } }) => [
    file,
    used.ecosystem,
    used.name,
  ]);
  return groups.map((group) => {
    const { file, language, judged } = group[group.length - 1] ?? group[0];
    const { package: used, status } = judged;
    return { use: { file, language, package: used, references: inOrder(group) }, status };
  });
}

/** The references of a file that nobody can follow, by what is written. */
export interface Unclear {
  readonly file: string;
  readonly language: string;
  readonly references: NonEmpty<Reference>;
}

/** @returns The references whose package is not known, one group for each expression and file. */
export function unclearOf(references: readonly ReferenceWithStatus[]): Unclear[] {
  const unknown = references.filter(({ reference }) => reference.origin.kind === 'unknown');
  const groups = groupsOf(unknown, ({ file, reference }) => [file, reference.specifier]);
  return groups.map((group) => {
    const { file, language } = group[group.length - 1] ?? group[0];
    return { file, language, references: inOrder(group) };
  });
}

/** @returns What has the same key, in the order in which each key comes first. */
function groupsOf<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): NonEmpty<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

function inOrder([first, ...rest]: NonEmpty<ReferenceWithStatus>): NonEmpty<Reference> {
  const sorted = [first, ...rest].map(({ reference }) => reference).sort(compare);
  const [earliest = first.reference, ...others] = sorted;
  return [earliest, ...others];
}

function compare({ place: one }: Reference, { place: other }: Reference): number {
  return (one.cell ?? 0) - (other.cell ?? 0) || one.line - other.line || one.column - other.column;
}
