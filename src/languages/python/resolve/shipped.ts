import { Catalogue } from './catalogue.ts';
import { shippedModules } from './modules/index.ts';

/** Every distribution that is known without a project; the same for all of them, so it is read once. */
export const shipped = new Catalogue(shippedModules.join('\n'));
