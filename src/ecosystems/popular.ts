import type { EcosystemId } from '../model/package.ts';
import { topPackages } from './well-known.ts';
import type { PopularList, PopularLists } from '../similar-names/name-index.ts';

/** The well-known packages of one ecosystem. Each list is a module of its own, loaded when it is asked for. */
const lists = new Map<EcosystemId, () => Promise<PopularList>>([
  ['npm', npmPackages],
  ['pypi', pypiPackages],
]);

/**
 * Loads the well-known packages of some ecosystems; an ecosystem without a list adds nothing.
 *
 * PyPI's list is kept here by hand, together with the module of a distribution whose name doesn't tell it.
 * npm's comes from https://github.com/wooorm/npm-high-impact, the names that everybody has met from here.
 */
export async function popularPackages(wanted: Iterable<EcosystemId>): Promise<PopularLists> {
  const found = new Map<EcosystemId, PopularList>();
  for (const ecosystem of wanted) {
    const list = await lists.get(ecosystem)?.();
    if (list !== undefined) found.set(ecosystem, list);
  }
  return found;
}

async function npmPackages(): Promise<PopularList> {
  const { npmPopular } = await import('./npm/popular.ts');
  return { household: topPackages('npm'), others: npmPopular, modules: new Map() };
}

async function pypiPackages(): Promise<PopularList> {
  const { default: list } = await import('./pypi/popular.json', { with: { type: 'json' } });
  const modules = new Map(Object.entries(list.modules).map(([name, module]) => [name, [module]]));
  return { household: topPackages('pypi'), others: list.others, modules };
}
