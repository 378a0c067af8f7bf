import { ModuleMap } from './module-map.ts';
import { shippedModules } from './data/index.ts';

/** Every distribution that is known without a project; the same for all of them, so it is read once. */
export const bundledModuleMap = new ModuleMap(shippedModules.join('\n'));
