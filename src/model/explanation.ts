import type { Evidence, Suggestion } from './evidence.ts';
import type { Origin, Step } from './reference.ts';
import type { EcosystemId } from './package.ts';
import type { PackageStatus } from './status.ts';

/** How a specifier is resolved, and what is known about where it leads. */
export interface Explanation {
  readonly specifier: string;
  readonly origin: Origin;
  /** null where the origin is no package. */
  readonly judged: PackageStatus | null;
  readonly steps: readonly Step[];
  readonly evidence: readonly Evidence[];
  readonly suggestions: readonly Suggestion[];
}

/** An explanation with what people read besides. */
export interface ExplanationCard extends Explanation {
  /** The ecosystem in which it is explained. */
  readonly ecosystem: EcosystemId;
  /** The grade of an unapproved package. */
  readonly grade: string | null;
  /** Commands that would decide otherwise. */
  readonly next: readonly string[];
}
