import type { NamePlaces } from '../../model/registry.ts';

/** @returns The folder of a file, relative to the root; '' at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** @returns Whether a file lies in a folder, or in one below it. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/**
 * Settings in a folder speak of what is declared or used in it; those at the root speak of everything.
 *
 * @param path The file of the settings.
 */
export function concernsFolder(
  path: string,
  placesOf: (name: string) => NamePlaces,
): (name: string) => boolean {
  const folder = folderOf(path);
  if (folder === '') return () => true;
  return (name) => {
    const { declared, used } = placesOf(name);
    return [...declared, ...used].some((place) => isBelow(place, folder));
  };
}
