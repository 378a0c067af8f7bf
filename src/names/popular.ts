import type { EcosystemId } from '../model/package.ts';
import type { KnownPackage, PopularPackages } from './known.ts';

/** The well-known packages of one ecosystem. Each list is a module of its own, loaded when it is asked for. */
const lists = new Map<EcosystemId, () => Promise<PopularPackages>>([
  ['npm', npmPackages],
  ['pypi', pypiPackages],
]);

/**
 * Loads the well-known packages of some ecosystems; an ecosystem without a list adds nothing.
 *
 * PyPI's list is kept here by hand, together with the module of a distribution whose name doesn't tell it.
 * npm's comes from https://github.com/wooorm/npm-high-impact, the names that everybody has met from here.
 */
export async function popularPackages(wanted: Iterable<EcosystemId>): Promise<PopularPackages> {
  const household: KnownPackage[] = [];
  const others: KnownPackage[] = [];
  for (const ecosystem of wanted) {
    const list = await lists.get(ecosystem)?.();
    household.push(...(list?.household ?? []));
    others.push(...(list?.others ?? []));
  }
  return { household, others };
}

async function npmPackages(): Promise<PopularPackages> {
  const { default: household } = await import('./npm-household.json', { with: { type: 'json' } });
  const { npmHighImpact } = await import('npm-high-impact');
  const known = (name: string): KnownPackage => ({ ecosystem: 'npm', name, modules: [] });
  return { household: household.map(known), others: npmHighImpact.map(known) };
}

async function pypiPackages(): Promise<PopularPackages> {
  const { default: list } = await import('./pypi-popular.json', { with: { type: 'json' } });
  const modules = new Map<string, string>(Object.entries(list.modules));
  const known = (name: string): KnownPackage => {
    const module = modules.get(name);
    return { ecosystem: 'pypi', name, modules: module === undefined ? [] : [module] };
  };
  return { household: list.household.map(known), others: list.others.map(known) };
}
