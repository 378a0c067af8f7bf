import type { ModuleNames } from '../../model/module-names.ts';
import { chooseModules, defaultModuleName, isGuess, isMapped } from './approved-modules.ts';
import { installedModules } from './installed.ts';
import { prefixesOf } from './module-map/module-map.ts';
import { modulesOf } from './module-map/modules-of.ts';

/** Which distribution provides which module. */
export const moduleNames: ModuleNames = {
  defaultModuleName,
  modulesOf,
  moduleAround: (specifier, modules) => prefixesOf(specifier).find((prefix) => modules.includes(prefix)),
  isMapped,
  isGuess,
  chooseModules,
  installedModules,
};
