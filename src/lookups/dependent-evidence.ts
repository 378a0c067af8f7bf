import type { Evidence } from '../model/evidence.ts';
import type { PackageEvidence } from '../model/finding.ts';
import type { ProjectNames } from '../model/lookup.ts';
import type { Package } from '../model/package.ts';

/** What packages are looked up in, and until when. */
export interface DependentSearch {
  readonly project: Pick<ProjectNames, 'dependentOf'>;
  /** As `performance.now()` counts: lockfiles are read in what is left of the time that all questions have. */
  readonly deadline: number;
}

/**
 * Adds to what is known of packages which declared one brings them, as a lockfile says. The grade is given by then, and
 * stays: a lockfile is evidence, and never an approval.
 *
 * @param subjects The package of each item, in the same order; null where nothing is to be said of it.
 */
export async function withDependents(
  knowledge: readonly PackageEvidence[],
  subjects: readonly (Package | null)[],
  search: DependentSearch,
): Promise<readonly PackageEvidence[]> {
  const extended: PackageEvidence[] = [];
  for (const [at, item] of knowledge.entries()) {
    const evidence = await dependentEvidence(subjects[at] ?? null, search);
    extended.push(evidence === null ? item : { ...item, evidence: [...item.evidence, evidence] });
  }
  return extended;
}

async function dependentEvidence(
  subject: Package | null,
  { project, deadline }: DependentSearch,
): Promise<Evidence | null> {
  if (subject === null || performance.now() >= deadline) return null;
  const dependent = await project.dependentOf(subject);
  if (dependent === null) return null;
  const { name, file } = dependent;
  return {
    fact: 'dependency-of',
    source: file,
    state: 'present',
    value: name,
    asOf: new Date().toISOString(),
  };
}
