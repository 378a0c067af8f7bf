import { pypi } from './names.ts';
import { bundledModuleMap } from './module-map/shipped.ts';
import { distributionsOf } from './module-map/modules-of.ts';
import type { ChosenModules, KnownNames } from '../../model/module-names.ts';
import { packagingArtifacts } from './packaging-artifacts.ts';

/** @returns The module that a distribution of this name has unless somebody says otherwise. */
export function defaultModuleName(distribution: string): string {
  return distribution.replaceAll('-', '_');
}

/** @returns Whether the shipped map lists the modules of a distribution. */
export function isMapped(distribution: string): boolean {
  return bundledModuleMap.lists(distribution);
}

/**
 * Chooses, of the modules that a version of a distribution showed, those that its entry is to record. A module that
 * belongs to another distribution is left out: who approves one package does not approve the imports of another.
 *
 * @param distribution Canonical name.
 */
export function chooseModules(
  distribution: string,
  modules: readonly string[],
  names: KnownNames,
): ChosenModules {
  const usual = modules.filter((module) => !packagingArtifacts.has(topOf(module)));
  const open = usual.filter((module) => !module.startsWith('_'));
  const candidates = open.length > 0 ? open : usual;
  const foreign = candidates.filter((module) => isHeldByAnother(module, distribution, names));
  const imports = candidates.filter((module) => !foreign.includes(module));
  const isTold = isMapped(distribution) || names.isWellKnown(distribution);
  return {
    imports: isTold && imports.every((module) => leadsTo(module, distribution)) ? [] : imports,
    foreign,
  };
}

/** @returns Whether nothing but the name of a module tells which distribution provides it. */
export function isGuess(module: string): boolean {
  return bundledModuleMap.longest(module) === undefined && !bundledModuleMap.isNamespace(module);
}

function isHeldByAnother(module: string, distribution: string, { isHeld }: KnownNames): boolean {
  const listed = distributionsOf(module);
  if (listed.length > 0) return !listed.includes(distribution);
  const top = topOf(module);
  return pypi.canonical(top) !== distribution && !bundledModuleMap.isNamespace(top) && isHeld(top);
}

/** Would an import of the module lead to the distribution, whatever is recorded? */
function leadsTo(module: string, distribution: string): boolean {
  const listed = distributionsOf(module);
  return listed.length > 0 ? listed.includes(distribution) : pypi.canonical(topOf(module)) === distribution;
}

function topOf(module: string): string {
  return module.split('.', 1)[0] ?? module;
}
