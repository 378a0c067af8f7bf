import type { Fault } from './fault.ts';
import type { Evidence } from './evidence.ts';
import type { Finding, ScopeName } from './finding.ts';
import type { Package } from './package.ts';
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
  /** What waits for a decision in the whitelist of the state that is checked; left out where nobody looked. */
  readonly requests?: readonly PackageRequest[];
}

/** A requested package that the state uses, or that the change requests: what a reviewer needs who decides about it. */
export interface PackageRequest {
  readonly package: Package;
  /** The line of the request. */
  readonly file: string;
  readonly line: number;
  /** What registries said of it in this run: `exists` only if nothing else was said at any place. */
  readonly grade: string;
  readonly evidence: readonly Evidence[];
  /** Is a line with a reason and an author the whole decision? Not of a package from elsewhere, or with own modules. */
  readonly isPlain: boolean;
  /** With which a person approves it, or learns what is to be done instead. */
  readonly commands: readonly string[];
  /** The policy of the base judges: a decision in the change counts from the next change on. */
  readonly isBaseJudging: boolean;
}
