import { changeKey, type PolicyChange } from '../model/policy.ts';

/** @returns The changes that a scope has against each of its bases: in a merge, what a parent had is nothing new. */
export function inEveryBase<Change extends PolicyChange>(
  perBase: readonly (readonly Change[])[],
): readonly Change[] {
  const keys = keysInEveryBase(perBase);
  return (perBase[0] ?? []).filter((change) => keys.has(changeKey(change)));
}

/**
 * Tells what a state loosens: what it loosens against every base, and what it gives back that one base had taken away
 * since it parted from another one.
 *
 * @param perBase What leads from each base to the state.
 * @param takenPerBase What would lead from each base back to where it had parted: what it had taken away.
 * @returns The keys of what is told, among the changes against each base.
 */
export function toldKeys(
  perBase: readonly (readonly PolicyChange[])[],
  takenPerBase: readonly (readonly PolicyChange[])[],
): readonly ReadonlySet<string>[] {
  const everywhere = keysInEveryBase(perBase);
  return perBase.map((changes, at) => {
    const takenKeys = new Set((takenPerBase[at] ?? []).map(changeKey));
    return new Set(changes.map(changeKey).filter((key) => everywhere.has(key) || takenKeys.has(key)));
  });
}

function keysInEveryBase(perBase: readonly (readonly PolicyChange[])[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...otherBases] = perBase.map(
    (changes) => new Set(changes.map(changeKey)),
  );
  return new Set([...first].filter((key) => otherBases.every((keys) => keys.has(key))));
}
