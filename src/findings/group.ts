import type { Reference } from '../model/reference.ts';
import type { FoundUse, JudgedReference } from '../model/standing.ts';
import type { NonEmpty } from '../model/text.ts';

/** @returns The references to packages, one use for each package and file. */
export function usesOf(references: readonly JudgedReference[]): FoundUse[] {
  const uses = new Map<string, FoundUse>();
  for (const { file, language, reference, judged } of references) {
    if (!judged) continue;
    const { package: used, standing } = judged;
    const key = JSON.stringify([file, used.ecosystem, used.name]);
    const before = uses.get(key)?.use.references ?? [];
    uses.set(key, {
      use: { file, language, package: used, references: sorted(reference, before) },
      standing,
    });
  }
  return [...uses.values()];
}

/** The references of a file that nobody can follow, by what is written. */
export interface Unclear {
  readonly file: string;
  readonly language: string;
  readonly references: NonEmpty<Reference>;
}

/** @returns The references whose package is not known, one group for each expression and file. */
export function unclearOf(references: readonly JudgedReference[]): Unclear[] {
  const groups = new Map<string, Unclear>();
  for (const { file, language, reference } of references) {
    if (reference.origin.kind !== 'unknown') continue;
    const key = JSON.stringify([file, reference.specifier]);
    const before = groups.get(key)?.references ?? [];
    groups.set(key, { file, language, references: sorted(reference, before) });
  }
  return [...groups.values()];
}

function sorted(added: Reference, before: readonly Reference[]): NonEmpty<Reference> {
  const [first = added, ...rest] = [...before, added].sort((one, other) => compare(one, other));
  return [first, ...rest];
}

function compare({ place: one }: Reference, { place: other }: Reference): number {
  return (one.cell ?? 0) - (other.cell ?? 0) || one.line - other.line || one.column - other.column;
}
