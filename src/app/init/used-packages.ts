import { isThisTool } from '../../ecosystems/index.ts';
import { grades, gradesOf } from '../../../rules/grades.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import { lookUpForApproval, type ApprovalDetails, type ApprovalPlace } from '../approval-details.ts';
import type { EntryFields } from '../../whitelist/write.ts';
import type { Request, UsedPackage } from './requests.ts';

/** A package in use, with what registries say of it. */
export interface GradedPackage extends Request {
  /** Of `rules/grades.ts`. */
  readonly grade: string;
  /** What an entry says because of it: modules that the shipped list does not know, the day of its first version. */
  readonly content: EntryFields;
}

/**
 * Asks registries about packages that nobody decided about, as about a finding. About this tool nobody is asked: whoever
 * adds it has decided.
 *
 * @returns The gravest first.
 */
export async function gradedPackages(
  used: readonly UsedPackage[],
  place: ApprovalPlace,
  offline: boolean,
): Promise<readonly GradedPackage[]> {
  const packages = used.filter((item) => !isThisTool(item.package));
  const answers = await answersAbout(packages, place, offline);
  const graded = used.map(({ package: subject, reason }) => {
    const answer = answers.get(packageLabel(subject));
    return { package: subject, reason, grade: answer?.grade ?? 'not-asked', content: answer?.content ?? {} };
  });
  return graded.toSorted((left, right) => gravity(left.grade) - gravity(right.grade));
}

async function answersAbout(
  used: readonly UsedPackage[],
  place: ApprovalPlace,
  offline: boolean,
): Promise<ReadonlyMap<string, ApprovalDetails>> {
  if (used.length === 0) return new Map();
  const specifiers = new Map(used.map((item) => [packageLabel(item.package), item.specifiers]));
  const specifiersOf = (subject: Package) => specifiers.get(packageLabel(subject)) ?? [];
  const details = await lookUpForApproval(
    used.map((item) => item.package),
    place,
    { offline, isGradeAlone: true, imports: [], used: specifiersOf },
  );
  return new Map(details.map((answer) => [packageLabel(answer.package), answer]));
}

/** @returns Whether a package goes to the baseline where nobody chooses: it exists, and nothing speaks against it. */
export function isUnsuspicious({ grade }: Pick<GradedPackage, 'grade'>): boolean {
  return gradesOf('present').includes(grade);
}

/** @returns Whether a person may choose a package here: what is malware or not there, only `approve` lets pass. */
export function isChoosable({ grade, package: subject }: GradedPackage): boolean {
  return !gradesOf('refuted').includes(grade) && !isThisTool(subject);
}

function gravity(grade: string): number {
  return grades.findIndex(({ id }) => id === grade);
}
