import { pypi } from './names.ts';
import { bundledModuleMap } from './module-map/shipped.ts';
import { packagingArtifacts } from './packaging-artifacts.ts';

/**
 * Chooses, of the modules that distributions were found to provide, those that resolution would not lead
 * back to them: `imports` of the whitelist says it for these.
 *
 * @param installed Modules by canonical name.
 * @param declared Canonical names of everything that is declared: a module that the shipped list gives to
 * one of them stays with it.
 */
export function unknownModules(
  installed: ReadonlyMap<string, readonly string[]>,
  declared: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, readonly string[]>();
  for (const [distribution, modules] of installed) {
    const unresolvedModules = modules.filter((module) => {
      const provided = bundledModuleMap.longest(module);
      if (provided) {
        const { distributions } = provided;
        return !distributions.includes(distribution) && !distributions.some((name) => declared.has(name));
      }
      const top = module.split('.', 1)[0] ?? module;
      return pypi.canonical(top) !== distribution && !packagingArtifacts.has(top);
    });
    const shown = unresolvedModules.filter((module) => !module.startsWith('_'));
    const chosen =
      shown.length > 0 || modules.some((module) => !module.startsWith('_')) ? shown : unresolvedModules;
    if (chosen.length > 0) result.set(distribution, chosen);
  }
  return result;
}
