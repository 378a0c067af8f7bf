import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode, explicitIndex, INDEX, SECOND_INDEX } from './python-dependencies.ts';
import { addPythonTable, indexUrls, isSet, nameOf } from './python-tables.ts';
import { readToml } from '../../../documents/toml.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';

/** Reads Pipenv's Pipfile (https://pipenv.pypa.io/en/latest/pipfile.html). Every table but these is a group of packages. */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  const urls = indexUrls(root, 'source');
  for (const { key, value } of entriesAt(root)) {
    if (!SETTINGS.has(key.value)) addPythonTable(draft, value, urls);
  }
  addSources(draft, root);
  return normalise(draft);
}

/**
 * The first index serves every package, another one what is bound to it
 * (https://pipenv.pypa.io/en/latest/indexes.html).
 */
function addSources(draft: ManifestBuilder, root: Node | undefined): void {
  const isSearched = select(root, 'pipenv').some((table) => isSet(table, 'install_search_all_sources'));
  for (const [at, source] of select(root, 'source', '[]').entries()) {
    const later = isSearched ? SECOND_INDEX : explicitIndex(nameOf(source));
    for (const url of textsAt(source, 'url')) addIndexNode(draft, at === 0 ? INDEX : later, url);
  }
}

const SETTINGS = new Set(['source', 'requires', 'scripts', 'pipenv', 'pipfile', 'build-system']);
