import { grades, gradesOf } from '../../../rules/grades.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import { lookUpForApproval, type ApprovalPlace } from '../approval-details.ts';
import { isThisTool } from './adoption.ts';
import type { ModuleRecord } from '../recorded-modules.ts';
import type { Request, UsedPackage } from './requests.ts';

/** A package that the base uses, with what registries say of it. */
export interface GradedPackage extends Request {
  /** Of `rules/grades.ts`. */
  readonly grade: string;
  /** What its entry says of modules. */
  readonly record: Pick<ModuleRecord, 'imports' | 'importsOf'>;
}

/**
 * Asks registries about packages that the base uses and that nothing declares, as about a finding.
 *
 * @returns The gravest first.
 */
export async function gradedPackages(
  used: readonly UsedPackage[],
  place: ApprovalPlace,
  offline: boolean,
): Promise<readonly GradedPackage[]> {
  if (used.length === 0) return [];
  const specifiers = new Map(used.map((item) => [packageLabel(item.package), item.specifiers]));
  const specifiersOf = (subject: Package) => specifiers.get(packageLabel(subject)) ?? [];
  const details = await lookUpForApproval(
    used.map((item) => item.package),
    place,
    { offline, imports: [], used: specifiersOf },
  );
  const graded = used.map(({ package: subject, reason }, at) => ({
    package: subject,
    reason,
    grade: details[at]?.grade ?? 'not-asked',
    record: {
      imports: details[at]?.content.imports ?? [],
      importsOf: details[at]?.content.importsOf ?? null,
    },
  }));
  return graded.toSorted((left, right) => gravity(left.grade) - gravity(right.grade));
}

/** @returns Whether a package goes to the baseline where nobody chooses: it exists, and nothing speaks against it. */
export function isUnsuspicious({ grade }: Pick<GradedPackage, 'grade'>): boolean {
  return gradesOf('present').includes(grade);
}

/** @returns Whether a person may put a package into the baseline: what is malware or not there, only a decision lets pass. */
export function isChoosable({ grade, package: subject }: GradedPackage): boolean {
  return !gradesOf('refuted').includes(grade) && !isThisTool(subject);
}

function gravity(grade: string): number {
  return grades.findIndex(({ id }) => id === grade);
}
