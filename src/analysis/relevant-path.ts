import { configPlaces } from '../config/find.ts';
import { formatOf, hasManifestName, type ManifestFormats } from '../declarations/read.ts';
import type { Declarations } from '../declarations/declarations.ts';
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
    formatOf(path, manifests.formats) !== undefined ||
    manifests.mayBeNamed(path) ||
    manifests.naming.mayName(path) ||
    configPlaces.includes(path) ||
    isWhitelistName(path) ||
    placeOf(path) !== undefined
  );
}

/** What of a scope's manifests is known besides the paths that it compares. */
interface ManifestLookup {
  /** Those at the ends of links. */
  readonly linkedPaths: readonly string[];
  readonly manifests: ManifestFormats;
  /** The manifests of the state that is judged, and of those before. */
  readonly states: readonly Declarations[];
}

/** @returns The manifests that a scope adds, edits or removes; none where it is compared with nothing. */
export async function touchedManifests(
  { compared, bases }: Pick<Scope, 'compared' | 'bases'>,
  { linkedPaths, manifests: { formats, mayBeNamed }, states }: ManifestLookup,
): Promise<readonly string[]> {
  if (bases.length === 0) return [];
  const touched: string[] = [];
  for (const path of new Set([...(compared ?? []), ...linkedPaths])) {
    if (hasManifestName(path, formats) || (mayBeNamed(path) && (await isManifest(path, states))))
      touched.push(path);
  }
  return touched;
}

async function isManifest(path: string, states: readonly Declarations[]): Promise<boolean> {
  for (const state of states) if ((await state.formatAt(path)) !== undefined) return true;
  return false;
}
