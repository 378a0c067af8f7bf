import { configPlaces } from '../../config/find.ts';
import { placeOf } from '../../starts/places.ts';
import { isWhitelistName } from '../../whitelist/file.ts';

/**
 * @param path Relative to the root.
 * @returns Whether a file may say what is approved or start this tool. By its name; whitelists may have any that ends as YAML
 *   does.
 */
export function mayDecide(path: string): boolean {
  return isWhitelistName(path) || configPlaces.includes(path) || placeOf(path) !== undefined || isHook(path);
}

/** @returns Whether a file is a hook that git does not track. */
export function isHook(path: string): boolean {
  return path.startsWith('.git/hooks/');
}
