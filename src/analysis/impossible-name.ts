import { findEcosystem, isPossible, type Ecosystem } from '../ecosystems/index.ts';
import type { ImpossibleName } from '../model/finding.ts';
import { isInstall, type Use } from '../model/reference.ts';

/** @returns What a use imports or a line asks for, where no package can have that name; null where one could. */
export function impossibleNameOf({ package: subject, references: [first] }: Use): ImpossibleName | null {
  const ecosystem = findEcosystem(subject.ecosystem);
  if (ecosystem === undefined || isPossible(subject)) return null;
  const { title: registry, remedyWithoutPackage: special } = ecosystem;
  const correction = importCorrection(ecosystem);
  const name = ecosystem.packagePart(first.specifier);
  if (first.kind === 'dependency' || isInstall(first))
    return { name, registry, correction: CORRECTION_OF_LINE, remedy: CORRECTION_OF_LINE };
  return { name, registry, correction, remedy: special ? `${correction} ${special.exception}` : REMEDIES };
}

/** @returns What to do, without a change of the config, about an import of what no package of an ecosystem can be called. */
export function importCorrection({ remedyWithoutPackage }: Ecosystem): string {
  return remedyWithoutPackage?.correction ?? 'Correct the import.';
}

/** A line asks a registry, so that no module of the project or of its host can be meant. */
const CORRECTION_OF_LINE = 'Correct the name in this line, or take the line out.';

const REMEDIES =
  'Correct the import, or name the module: in `localModules` of the config where the project builds it, in `ambient` where its host brings it, in `imports` of the whitelist where a package of another name provides it.';
