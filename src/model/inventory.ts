import type { Fault } from './fault.ts';
import type { Package } from './package.ts';
import type { Origin, Reference } from './reference.ts';
import type { ApprovalStatus, PackageStatus } from './status.ts';

/** A package that the project uses or decided about. */
export interface ListedPackage extends PackageStatus {
  /** How many references lead to it. */
  readonly places: number;
}

/** What is told of one reference: less than what it was judged by, because a project has many. */
export interface ListedReference extends Pick<Reference, 'kind' | 'specifier' | 'names' | 'optional'> {
  readonly file: string;
  /** 1-based; in a notebook, within the cell. */
  readonly line: number;
  readonly column: number;
  readonly cell: number | null;
  readonly language: string;
  readonly origin: Origin['kind'];
  /** null where the reference leads to no package. */
  readonly packageStatus: { readonly package: Package; readonly status: ApprovalStatus['kind'] } | null;
}

/** What `list` knows of a project. */
export interface Inventory {
  /** In the order of their labels. */
  readonly packages: readonly ListedPackage[];
  /** In the order of their places. They are made anew each time that they are read. */
  readonly references: Iterable<ListedReference>;
  readonly faults: readonly Fault[];
  /** Sentences about comments that ignore nothing. */
  readonly notes: readonly string[];
}
