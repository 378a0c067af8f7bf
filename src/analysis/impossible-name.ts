import { findEcosystem, isPossible } from '../ecosystems/index.ts';
import type { ImpossibleName } from '../model/finding.ts';
import type { Use } from '../model/reference.ts';

/** @returns What a use imports, where no package can have that name; null where one could. */
export function impossibleNameOf({
  package: subject,
  references: [{ specifier }],
}: Use): ImpossibleName | null {
  const ecosystem = findEcosystem(subject.ecosystem);
  if (ecosystem === undefined || isPossible(subject)) return null;
  const { title: registry, remedyWithoutPackage: remedy = null } = ecosystem;
  return { name: ecosystem.packagePart(specifier), registry, remedy };
}
