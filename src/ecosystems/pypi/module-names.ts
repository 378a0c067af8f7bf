import type { ModuleNames } from '../../model/module-names.ts';
import { chooseModules, defaultModuleName, isMapped } from './approved-modules.ts';
import { installedModules } from './installed.ts';
import { unknownModules } from './unknown-modules.ts';

/** Which distribution provides which module. */
export const moduleNames: ModuleNames = {
  defaultModuleName,
  isMapped,
  chooseModules,
  unknownModules,
  installedModules,
};
