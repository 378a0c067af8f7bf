import { findEcosystem } from '../ecosystems/index.ts';
import type { EcosystemId } from '../model/package.ts';
import type { PopularNames } from '../model/popular-names.ts';

/** The widely used packages of some ecosystems. */
export type PopularLists = ReadonlyMap<EcosystemId, PopularNames>;

export const NO_NAMES: PopularNames = { names: [], modules: new Map() };

/** Loads the widely used packages of some ecosystems; where one has no list, its top packages are all that is known. */
export async function loadPopular(ids: Iterable<EcosystemId>): Promise<PopularLists> {
  const lists = new Map<EcosystemId, PopularNames>();
  for (const id of ids) {
    const ecosystem = findEcosystem(id);
    if (ecosystem !== undefined) lists.set(id, (await ecosystem.popular?.()) ?? NO_NAMES);
  }
  return lists;
}
