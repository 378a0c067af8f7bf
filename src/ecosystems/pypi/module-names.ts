import type { ModuleNames } from '../../model/module-names.ts';
import { chooseModules, defaultModuleName, isGuess, isMapped } from './approved-modules.ts';
import { installedModules } from './installed.ts';
import { prefixesOf } from './module-map/module-map.ts';
import { bundledModuleMap } from './module-map/shipped.ts';
import { modulesOf, providersLike, providersOf } from './module-map/modules-of.ts';

/** Which distribution provides which module. */
export const moduleNames: ModuleNames = {
  defaultModuleName,
  modulesOf,
  providersOf,
  providersLike,
  moduleAround: (specifier, modules) => prefixesOf(specifier).find((prefix) => modules.includes(prefix)),
  allModulesOf: (name) => bundledModuleMap.allModulesOf(name),
  isMapped,
  isGuess,
  chooseModules,
  installedModules,
};
