import type { PopularNames } from '../../model/popular-names.ts';
import list from './popular.json' with { type: 'json' };

/** Kept here by hand, together with the module of a distribution whose name doesn't tell it. */
export const pypiPopular: PopularNames = {
  names: list.others,
  modules: new Map(Object.entries(list.modules).map(([name, module]) => [name, [module]])),
};
