import type { PackageEvidence } from './finding.ts';
import type { Package } from './package.ts';
import type { Report } from './report.ts';
import type { UseWithStatus } from './status.ts';

/** The packages that a project names itself. */
export interface ProjectNames {
  /** What the manifests of the base declare. */
  readonly declared: readonly Package[];
  /** What the project is called, and its workspaces. */
  readonly own: readonly Package[];
}

/**
 * What names and registries say of packages that nobody approved, and of those that a change approves. The answer has
 * one item for each use, and one for each approval.
 */
export type Lookup = (
  uses: readonly UseWithStatus[],
  project: ProjectNames,
  approvals: readonly Package[],
) => Promise<{
  readonly knowledge: readonly PackageEvidence[];
  readonly approvals: readonly PackageEvidence[];
  readonly lookups: Report['lookups'];
}>;
