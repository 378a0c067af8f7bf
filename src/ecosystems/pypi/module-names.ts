import type { ModuleNames } from '../../model/module-names.ts';
import { chooseModules, defaultModuleName, isMapped } from './approved-modules.ts';
import { installedModules } from './installed.ts';
import { prefixesOf } from './module-map/module-map.ts';
import { modulesOf, providersOf } from './module-map/modules-of.ts';
import { unknownModules } from './unknown-modules.ts';

/** Which distribution provides which module. */
export const moduleNames: ModuleNames = {
  defaultModuleName,
  modulesOf,
  providersOf,
  moduleAround: (specifier, modules) => prefixesOf(specifier).find((prefix) => modules.includes(prefix)),
  isMapped,
  chooseModules,
  unknownModules,
  installedModules,
};
