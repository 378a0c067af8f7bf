import { pypi } from './names.ts';
import { distributionsOf, modulesOf } from './module-map/modules-of.ts';
import type { ChosenModules } from '../../model/module-names.ts';
import type { Package } from '../../model/package.ts';
import { packagingArtifacts } from './packaging-artifacts.ts';

/** @returns The module that a distribution of this name has unless somebody says otherwise. */
export function defaultModuleName(distribution: string): string {
  return distribution.replaceAll('-', '_');
}

/** @returns Whether the shipped map says which modules a distribution provides, beyond one of its own name. */
export function isMapped(distribution: string): boolean {
  const modules = modulesOf(distribution);
  return modules.length > 1 || modules[0] !== defaultModuleName(distribution);
}

/**
 * Chooses, of the modules that an environment or a wheel shows, those that an approval should cover. A module
 * that is known to belong to another distribution is left out: who approves one package does not
 * approve the imports of another.
 *
 * @param distribution Canonical name. @param isKnown Is a package well known, or the project's own choice?
 */
export function chooseModules(
  distribution: string,
  modules: readonly string[],
  isKnown: (subject: Package) => boolean,
): ChosenModules {
  const usual = modules.filter((module) => !packagingArtifacts.has(module));
  const open = usual.filter((module) => !module.startsWith('_'));
  const candidates = open.length > 0 ? open : usual;
  const foreign = candidates.filter((module) => providedByAnother(module, distribution, isKnown));
  const imports = candidates.filter((module) => !foreign.includes(module));
  const isDefault = imports.length === 1 && imports[0] === defaultModuleName(distribution);
  return { imports: isDefault ? [] : imports, foreign };
}

function providedByAnother(
  module: string,
  distribution: string,
  isKnown: (subject: Package) => boolean,
): boolean {
  const listed = distributionsOf(module);
  if (listed.length > 0) return !listed.includes(distribution);
  const name = pypi.canonical(module);
  return !module.includes('.') && name !== distribution && isKnown({ ecosystem: 'pypi', name });
}
