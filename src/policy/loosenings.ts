import { ecosystems } from '../ecosystems/index.ts';
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

/** @returns What leads from one state to another. */
type Compare = (base: Snapshot, head: Snapshot) => Promise<readonly Loosening[]>;

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
  const changes = await states.toldOf(scope, new Set());
  const keys = new Set(changes.map(changeKey));
  const changesOfMerges = await mapWithin(MERGES_AT_ONCE, merges, (merge) => states.toldOf(merge, keys));
  const all = firstOfEach([...changes, ...changesOfMerges.flat()]);
  return { changes: toldChanges(all), notes: [...states.notes] };
}

/** What several comparisons tell is the same loosening: the scope's own words come first. */
function firstOfEach(changes: readonly Loosening[]): readonly Loosening[] {
  const firstByKey = new Map(changes.toReversed().map((change) => [changeKey(change), change]));
  return changes.filter((change) => firstByKey.get(changeKey(change)) === change);
}

/** The policies of states, each read once. */
class PolicyStates {
  /** What could not be compared. */
  readonly notes = new Set<string>();
  readonly #scope: Scope;
  readonly #comparison: ComparisonOptions;
  readonly #policies = new Map<Snapshot, Promise<Policy>>();
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
   * @param toldBefore The keys of what need not be told again: most of what a merge brings is new to its range.
   * @returns What a state loosens (see `toldKeys`), as far as it still is so in the scope's head, with its place there.
   */
  async toldOf(merge: Merge, toldBefore: ReadonlySet<string>): Promise<readonly Loosening[]> {
    const forks = await this.#forksOf(merge, toldBefore);
    if (forks === null) return [];
    const compare = await this.#comparer([...this.#differing(merge), merge.head, ...forks]);
    const perBase = await this.#perBase(merge, compare);
    const takenFrom = async (base: Snapshot) =>
      (await Promise.all(forks.map((fork) => compare(base, fork)))).flat();
    const keys = toldKeys(perBase, await Promise.all(merge.bases.map(takenFrom)));
    const changes = merge.bases.map(async (base, at) => {
      const keysOfBase = keys[at];
      if (!keysOfBase || keysOfBase.size === 0) return [];
      return (await compare(base, this.#scope.head)).filter((change) => keysOfBase.has(changeKey(change)));
    });
    return (await Promise.all(changes)).flat();
  }

  /** @returns null where nothing is looser than in a base: then git is not asked. */
  async #forksOf(merge: Merge, toldBefore: ReadonlySet<string>): Promise<readonly Snapshot[] | null> {
    const compare = await this.#comparer([...this.#differing(merge), merge.head]);
    const perBase = await this.#perBase(merge, compare);
    if (perBase.flat().every((change) => toldBefore.has(changeKey(change)))) return null;
    return merge.bases.length > 1 ? merge.forks() : [];
  }

  #perBase(merge: Merge, compare: Compare): Promise<readonly (readonly Loosening[])[]> {
    const differing = this.#differing(merge);
    return Promise.all(
      merge.bases.map(async (base) => (differing.includes(base) ? compare(base, merge.head) : [])),
    );
  }

  /** @returns The bases whose policy is not known to be the same. */
  #differing({ head, bases }: Merge): readonly Snapshot[] {
    return head === this.#scope.head ? bases.filter((base) => !this.#equal.has(base)) : bases;
  }

  /** Each comparison asks about what any of these states names: otherwise one could not be held against another. */
  async #comparer(states: readonly Snapshot[]): Promise<Compare> {
    const policies = await Promise.all(states.map((state) => this.#policy(state)));
    const named = policies.flatMap(({ whitelist }) => whitelist.entries);
    const cache = new Map<Snapshot, Map<Snapshot, ReturnType<Compare>>>();
    return (base, head) => {
      const ofBase = cache.get(base) ?? new Map<Snapshot, ReturnType<Compare>>();
      cache.set(base, ofBase);
      const changes = ofBase.get(head) ?? this.#compare(base, head, named);
      ofBase.set(head, changes);
      return changes;
    };
  }

  async #compare(base: Snapshot, head: Snapshot, named: readonly Package[]): Promise<readonly Loosening[]> {
    const [basePolicy, headPolicy] = await Promise.all([this.#policy(base), this.#policy(head)]);
    if (this.#isUnread(base, basePolicy) || this.#isUnread(head, headPolicy)) return [];
    const { options, declared } = this.#comparison;
    const isTrusted = [basePolicy, headPolicy].some(({ trustIn }) =>
      ecosystems.some(({ id }) => trustIn(id) === 'manifests'),
    );
    const context = { today: options.today, declared: isTrusted ? await declared(base) : [], named };
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
      `${snapshot.label}: ${file} can’t be read there (${fault.message}), so what its merges bring back is unknown`,
    );
    return true;
  }
}

function trustedState({ whitelist, trustIn }: Policy) {
  const { file, exists, entries, covers } = whitelist;
  return { file, exists, entries, covers, trustIn };
}
