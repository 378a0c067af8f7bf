import { findEcosystem } from '../ecosystems/index.ts';
import type { EcosystemId } from '../model/package.ts';
import type { PopularNames } from '../model/popular-names.ts';

/** The widely used packages of some ecosystems. */
export type PopularLists = ReadonlyMap<EcosystemId, PopularNames>;

/** Loads the widely used packages of some ecosystems; an ecosystem without a list adds nothing. */
export async function loadPopular(ids: Iterable<EcosystemId>): Promise<PopularLists> {
  const lists = new Map<EcosystemId, PopularNames>();
  for (const id of ids) {
    const list = await findEcosystem(id)?.popular?.();
    if (list !== undefined) lists.set(id, list);
  }
  return lists;
}
