import type { Fault } from './fault.ts';
import type { Finding, ScopeName } from './finding.ts';
import type { GradedChange } from './policy.ts';

/** Everything one run of `check` has to say. */
export interface Report<Id extends string = string> {
  readonly scope: ScopeName;
  /** How many files were read for imports or dependency lines. */
  readonly files: number;
  readonly lookups: 'asked' | 'cached' | 'offline' | 'none';
  readonly findings: readonly Finding<Id>[];
  readonly policyChanges: readonly GradedChange[];
  readonly faults: readonly Fault[];
  /** Remarks that are neither findings nor faults, one sentence each. */
  readonly notes: readonly string[];
}
