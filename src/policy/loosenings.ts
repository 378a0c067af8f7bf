import { loosenedConfig } from '../config/diff.ts';
import type { Package } from '../model/package.ts';
import { changeKey, type Loosening, type PolicyChange } from '../model/policy.ts';
import type { Merge, Scope, Snapshot } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import { mapWithin } from '../text/map-within.ts';
import { looseningsOf, toldChanges } from '../whitelist/diff.ts';
import type { PolicyPair } from './changes.ts';
import { toldKeys } from './every-base.ts';
import { readPolicy, type Policy, type PolicyOptions } from './policy.ts';

/** How the policies of two states are compared. */
export interface ComparisonOptions {
  readonly options: PolicyOptions;
  /** What the manifests of a state declare. */
  readonly declared: (snapshot: Snapshot) => Promise<readonly Package[]>;
}

/** What a scope loosens, and sentences about states that could not be compared. */
export interface LoosenedPolicy {
  readonly changes: readonly PolicyChange[];
  readonly notes: readonly string[];
}

/** Merges that are looked at at once: each may start git. */
const MERGES_AT_ONCE = 4;

/**
 * Compares the policies of a scope, and of the merges in it, with those before.
 *
 * @param pairs The policies of each base and of the head; null where a base has the policy of the head.
 */
export async function loosenedPolicy(
  scope: Scope,
  { pairs, merges }: { readonly pairs: readonly (PolicyPair | null)[]; readonly merges: readonly Merge[] },
  comparison: ComparisonOptions,
): Promise<LoosenedPolicy> {
  const states = new PolicyStates(scope, pairs, comparison);
  const own = await states.toldOf(scope);
  const ofMerges = await mapWithin(MERGES_AT_ONCE, merges, (merge) => states.toldOf(merge));
  const firstByKey = new Map([...own, ...ofMerges.flat()].toReversed().map((one) => [changeKey(one), one]));
  const told = [...own, ...ofMerges.flat()].filter((one) => firstByKey.get(changeKey(one)) === one);
  return { changes: toldChanges(told), notes: [...states.notes] };
}

/** The policies of states, each read once. */
class PolicyStates {
  /** What could not be compared. */
  readonly notes = new Set<string>();
  readonly #scope: Scope;
  readonly #comparison: ComparisonOptions;
  readonly #policies = new Map<Snapshot, Promise<Policy>>();
  readonly #compared = new Map<Snapshot, Map<Snapshot, Promise<readonly Loosening[]>>>();
  /** Bases whose policy is that of the scope's head. */
  readonly #equal: ReadonlySet<Snapshot>;

  constructor(scope: Scope, pairs: readonly (PolicyPair | null)[], comparison: ComparisonOptions) {
    this.#scope = scope;
    this.#comparison = comparison;
    this.#equal = new Set(scope.bases.filter((_, at) => pairs[at] === null));
    for (const [at, base] of scope.bases.entries()) {
      const pair = pairs[at] ?? null;
      if (pair === null) continue;
      this.#policies.set(base, Promise.resolve(pair.basePolicy));
      this.#policies.set(scope.head, Promise.resolve(pair.nextPolicy));
    }
  }

  /**
   * @returns What a state loosens (see `toldKeys`), as far as it still is so in the scope's head, with its place there.
   */
  async toldOf(merge: Merge): Promise<readonly Loosening[]> {
    const perBase = await Promise.all(merge.bases.map((base) => this.#loosenings(base, merge.head)));
    const isAsked = merge.bases.length > 1 && perBase.some((changes) => changes.length > 0);
    const forks = isAsked ? await merge.forks() : [];
    const taken = await Promise.all(merge.bases.map((base) => this.#takenAway(base, forks)));
    const keys = toldKeys(perBase, taken);
    const told = merge.bases.map(async (base, at) => {
      if (keys[at]?.size === 0) return [];
      const changes = await this.#loosenings(base, this.#scope.head);
      return changes.filter((change) => keys[at]?.has(changeKey(change)));
    });
    return (await Promise.all(told)).flat();
  }

  async #takenAway(base: Snapshot, forks: readonly Snapshot[]): Promise<readonly Loosening[]> {
    return (await Promise.all(forks.map((fork) => this.#loosenings(base, fork)))).flat();
  }

  /** What leads from one state to another is asked several times. */
  #loosenings(base: Snapshot, head: Snapshot): Promise<readonly Loosening[]> {
    const changes = this.#compared.get(base) ?? new Map<Snapshot, Promise<readonly Loosening[]>>();
    this.#compared.set(base, changes);
    const found = changes.get(head) ?? this.#compare(base, head);
    changes.set(head, found);
    return found;
  }

  async #compare(base: Snapshot, head: Snapshot): Promise<readonly Loosening[]> {
    if (head === this.#scope.head && this.#equal.has(base)) return [];
    const [basePolicy, headPolicy] = await Promise.all([this.#policy(base), this.#policy(head)]);
    if (this.#isUnread(base, basePolicy) || this.#isUnread(head, headPolicy)) return [];
    const { options, declared } = this.#comparison;
    const isTrusted = [basePolicy, headPolicy].some(({ trust }) => trust === 'manifests');
    const context = { today: options.today, declared: isTrusted ? await declared(base) : [] };
    return [
      ...looseningsOf(trustedState(basePolicy), trustedState(headPolicy), context),
      ...loosenedConfig(basePolicy.config, headPolicy.config, options.rules).map((change) => ({
        ...change,
        impliedBy: null,
      })),
    ];
  }

  #policy(snapshot: Snapshot): Promise<Policy> {
    const cached = this.#policies.get(snapshot);
    if (cached) return cached;
    const policy = readPolicy(filesOf(snapshot), this.#comparison.options);
    this.#policies.set(snapshot, policy);
    return policy;
  }

  /**
   * What history holds nobody can mend, and half a whitelist would look as if the rest had been taken away. The states
   * of the scope itself are compared as far as they can be read.
   */
  #isUnread(snapshot: Snapshot, { faults: [fault] }: Policy): boolean {
    const { head, bases } = this.#scope;
    if (fault === undefined || snapshot === head || bases.includes(snapshot)) return false;
    const file = fault.file ?? 'the policy';
    this.notes.add(
      `${snapshot.label}: ${file} can’t be read there (${fault.message}), so nobody knows what its merges bring back`,
    );
    return true;
  }
}

function trustedState({ whitelist, trust }: Policy) {
  const { file, exists, entries } = whitelist;
  return { file, exists, entries, trust };
}
