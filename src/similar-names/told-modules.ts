import type { Ecosystem } from '../model/ecosystem.ts';
import { NameIndex } from './name-index.ts';
import { loadPopular } from './popular.ts';

/**
 * @returns Whether the modules of a package need no record: the bundled map lists one, or so many use the package that
 *   they were looked at when the map was made.
 */
export async function toldModules(ecosystem: Ecosystem): Promise<(name: string) => boolean> {
  const moduleNames = await ecosystem.modules?.();
  const names = new NameIndex([], await loadPopular([ecosystem.id]));
  return (name) =>
    moduleNames?.isMapped(name) !== false || names.tierOf({ ecosystem: ecosystem.id, name }) !== undefined;
}
