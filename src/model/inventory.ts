import type { Fault } from './fault.ts';
import type { PackageStatus, ReferenceWithStatus } from './status.ts';

/** A package that the project uses or decided about. */
export interface ListedPackage extends PackageStatus {
  /** How many references lead to it. */
  readonly places: number;
}

/** What `list` knows of a project. */
export interface Inventory {
  /** In the order of their labels. */
  readonly packages: readonly ListedPackage[];
  /** In the order of their places. */
  readonly references: readonly ReferenceWithStatus[];
  readonly faults: readonly Fault[];
  /** Sentences about comments that ignore nothing. */
  readonly notes: readonly string[];
}
