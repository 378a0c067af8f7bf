import { Declarations } from '../declarations/declarations.ts';
import type { Fault } from '../model/fault.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { noHistory, type Scope, type Snapshot } from '../model/snapshot.ts';
import type { Entry } from '../model/status.ts';
import type { PolicyPair } from '../policy/changes.ts';
import type { Policy } from '../policy/policy.ts';
import { filesOf } from '../snapshots/files.ts';
import { Analysis, type AnalysisOptions } from './analyse.ts';

/** An entry that does not count, and the state that knows nothing of its package. */
export interface UnfoundedEntry {
  readonly entry: Entry;
  readonly base: Snapshot;
}

/**
 * Looks at what a change adds to the baseline. It is a record of what was there before: a package belongs to it that
 * every base declares, or refers to in a program. Before the first commit there is no state to ask.
 *
 * @param pairs The policies of each base and of the head; null where a base has the policy of the head.
 * @returns The entries of which that is not so.
 */
export async function unfoundedEntries(
  scope: Scope,
  pairs: readonly (PolicyPair | null)[],
  options: Omit<AnalysisOptions, 'policy' | 'onProgress'>,
): Promise<readonly UnfoundedEntry[]> {
  const added = addedEntries(pairs);
  if (added.length === 0) return [];
  const perBase = scope.bases.map(async (base, at) => {
    const pair = pairs[at];
    if (!pair || (await base.list()).length === 0) return [];
    const entries = await unknownIn(base, added, { ...options, policy: pair.basePolicy });
    return entries.map((entry) => ({ entry, base }));
  });
  const unfounded = (await Promise.all(perBase)).flat();
  return added.flatMap((entry) => unfounded.find((candidate) => candidate.entry === entry) ?? []);
}

/** @returns A policy for which these entries do not count. */
export function withoutEntries(policy: Policy, unfounded: readonly UnfoundedEntry[]): Policy {
  if (unfounded.length === 0) return policy;
  const labels = new Set(unfounded.map(({ entry }) => packageLabel(entry)));
  return {
    ...policy,
    decide: (subject) => {
      const decision = policy.decide(subject);
      const counts = decision.kind !== 'baseline' || !labels.has(packageLabel(decision.entry));
      return counts ? decision : { kind: 'unapproved', requested: null };
    },
  };
}

/** @returns What is wrong with such an entry. */
export function unfoundedFault({ entry, base }: UnfoundedEntry): Fault {
  return {
    kind: 'whitelist',
    file: entry.file,
    line: entry.line,
    column: null,
    message: `${packageLabel(entry)} cannot be in the baseline: ${base.label} neither declares nor uses it`,
    next: 'Remove the entry; a person can approve the package if it is needed.',
  };
}

/** What no base has in its baseline. */
function addedEntries(pairs: readonly (PolicyPair | null)[]): readonly Entry[] {
  const [first] = pairs;
  if (!first || pairs.includes(null)) return [];
  const baseLabels = new Set(pairs.flatMap((pair) => baselineOf(pair?.basePolicy).map(packageLabel)));
  return baselineOf(first.nextPolicy).filter((entry) => !baseLabels.has(packageLabel(entry)));
}

function baselineOf(policy: Policy | undefined): readonly Entry[] {
  return policy?.whitelist.entries.filter(({ kind }) => kind === 'baseline') ?? [];
}

/** Programs are read only for what no manifest names. */
async function unknownIn(
  base: Snapshot,
  entries: readonly Entry[],
  options: AnalysisOptions,
): Promise<readonly Entry[]> {
  const declared = await new Declarations(
    filesOf(base),
    options.manifests,
    options.policy.ignores,
  ).declared();
  const undeclared = without(entries, declared);
  return undeclared.length === 0 ? [] : without(undeclared, await usedIn(base, options));
}

function without(entries: readonly Entry[], packages: readonly Package[]): readonly Entry[] {
  const labels = new Set(packages.map(packageLabel));
  return entries.filter((entry) => !labels.has(packageLabel(entry)));
}

/** @returns The packages that the programs of a state refer to, resolved with its own settings. */
async function usedIn(base: Snapshot, options: AnalysisOptions): Promise<readonly Package[]> {
  const changes = (await base.list()).map((path) => ({ path, previous: [] }));
  const everything: Scope = {
    name: 'all',
    head: base,
    bases: [],
    trustedBases: [base],
    policy: base,
    workTree: null,
    changes,
    touched: null,
    compared: null,
    ...noHistory,
    faults: [],
  };
  const { judged: references } = await new Analysis(everything, options).allReferences();
  return references.flatMap(({ reference: { kind, origin } }) =>
    kind === 'dependency' || origin.kind !== 'package' ? [] : [origin.package, ...origin.alternatives],
  );
}
