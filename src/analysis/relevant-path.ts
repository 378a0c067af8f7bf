import { configPlaces } from '../config/find.ts';
import { formatOf, mayBeIncluded, type ManifestFormats } from '../declarations/read.ts';
import type { Scope } from '../model/snapshot.ts';
import { placeOf } from '../starts/places.ts';
import { isWhitelistName } from '../whitelist/file.ts';
import { kindOf, type SourceKinds } from './source-kinds.ts';

/**
 * Could a file hold imports, dependency lines, policy or a line that starts this tool, say where
 * imports lead, or be a module that others import? Told by its name
 * alone, so that a change which touches only pictures and prose needs neither its text nor a whitelist.
 *
 * @param path Relative to the root, with `/`.
 */
export function isRelevantPath(
  path: string,
  { kinds, manifests }: { kinds: SourceKinds; manifests: ManifestFormats },
): boolean {
  return (
    kindOf(path, kinds) !== undefined ||
    kinds.languages.some(
      (language) => language.importableNames(path).length > 0 || language.mapsNames(path),
    ) ||
    manifests.formats.some((format) => format.matches(path)) ||
    mayBeIncluded(path) ||
    configPlaces.includes(path) ||
    isWhitelistName(path) ||
    placeOf(path) !== undefined
  );
}

/**
 * @param linked Those at the ends of links.
 * @returns The manifests that a scope adds, edits or removes; none where it is compared with nothing.
 */
export function touchedManifests(
  { compared, bases }: Pick<Scope, 'compared' | 'bases'>,
  linked: readonly string[],
  formats: ManifestFormats['formats'],
): readonly string[] {
  if (bases.length === 0) return [];
  return [...(compared ?? []), ...linked].filter(
    (path) => formatOf(path, formats) !== undefined || mayBeIncluded(path),
  );
}
