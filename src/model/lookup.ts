import type { Fact } from './evidence.ts';
import type { PackageEvidence } from './finding.ts';
import type { EcosystemId, Package } from './package.ts';
import type { ModuleClaim, PinnedPackage } from './policy.ts';
import type { PackageRequirement, RepositoryFile } from './registry.ts';
import type { NonEmpty } from './text.ts';
import type { Report } from './report.ts';
import type { DeclarationPlace, UseWithStatus } from './status.ts';

/** A package, and a line that declares it. */
export interface DeclaredPackage {
  readonly package: Package;
  readonly at: DeclarationPlace;
}

/** What manifests declare. */
export interface DeclaredPackages {
  /** What each base declares. */
  readonly trusted: readonly DeclaredPackage[];
  /** What the judged state declares. */
  readonly proposed: readonly DeclaredPackage[];
}

/** The files of a project that say which registry a name belongs to. */
export interface RegistryFiles {
  /** Those of each trusted state before the judged one. */
  readonly trusted: readonly RepositoryFile[];
  /** Those of the judged state. */
  readonly proposed: readonly RepositoryFile[];
  /** @returns The manifests that declare a package, in any of these states. */
  readonly declaredIn: (subject: Package) => readonly string[];
}

/** A declared package, and the lockfile that says of it what it needs. */
export interface LockedDependent {
  readonly name: string;
  readonly file: string;
}

/** The packages that a project names itself. */
export interface ProjectNames {
  /** What the manifests of the base declare; of several bases, what any of them does. */
  readonly declared: readonly Package[];
  /** Where packages are declared. */
  readonly lines: () => Promise<DeclaredPackages>;
  /** The versions of a package that the project has, as written: those of its lockfiles, else what manifests pin. */
  readonly versionsOf: (subject: Package) => Promise<readonly string[]>;
  /**
   * The package that brings one with it: every base declares it, and the graph of a lockfile there leads from it to the other. It
   * is a reason for a name to be in the project, and no decision. null where there is none.
   */
  readonly dependentOf: (subject: Package) => Promise<LockedDependent | null>;
  /**
   * What says where packages are to be asked for.
   *
   * @param programs Those that use what is asked for: their commands and metadata name indexes too.
   */
  readonly registryFiles: (programs: readonly string[]) => Promise<RegistryFiles>;
  /** `registries` of the config of each trusted state before the judged one. */
  readonly baseRegistries: readonly ReadonlyMap<EcosystemId, NonEmpty<string>>[];
  /** `privateNames` of these configs: who takes a name out of them has it sent from the next change on. */
  readonly basePrivateNames: readonly string[];
  /** What the project is called, and its workspaces. */
  readonly own: readonly Package[];
}

/** A package that a change approves or that comes with others, or a module that it gives to one. */
export type ApprovalQuestion =
  | {
      readonly package: Package;
      readonly module: null;
      /** Do these packages need it? */
      readonly neededBy?: readonly PinnedPackage[];
    }
  | ModuleClaim;

/**
 * What names and registries say of packages that nobody approved, and of those that a change approves. The answer has
 * one item for each use, and one for each approval.
 */
export type Lookup = (
  uses: readonly UseWithStatus[],
  project: ProjectNames,
  approvals: readonly ApprovalQuestion[],
) => Promise<{
  readonly knowledge: readonly PackageEvidence[];
  readonly approvals: readonly PackageEvidence[];
  readonly lookups: Report['lookups'];
}>;

/** What packages need, in the order of the question. */
export interface PinnedRequirements {
  readonly facts: readonly Fact<readonly PackageRequirement[]>[];
  readonly lookups: Report['lookups'];
}

/** Asks what packages need, in the versions that a file pins. */
export type RequirementLookup = (
  pins: readonly PinnedPackage[],
  project: ProjectNames,
) => Promise<PinnedRequirements>;
