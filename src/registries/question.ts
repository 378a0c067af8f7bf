import type { Evidence } from '../model/evidence.ts';
import type { OutsideFacts } from '../model/outside.ts';
import type { Package } from '../model/package.ts';

/** One unapproved package, and what is asked about it. */
export interface RegistryQuestion {
  readonly package: Package;
  /** Python modules that are imported and would have to come from it; empty for a dependency line. */
  readonly modules: readonly string[];
  /** The known name that it looks like. */
  readonly imitation: { readonly target: Package; readonly why: string } | null;
  readonly wellKnown: boolean;
}

/** What is known from outside about one package: for the grade, and for reports. */
export interface RegistryKnowledge {
  readonly facts: OutsideFacts;
  readonly evidence: readonly Evidence[];
}
