import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode } from './python-dependencies.ts';
import { addPythonTable, indexUrls } from './python-tables.ts';
import { readToml } from '../../../documents/toml.ts';
import { entriesAt, textsAt } from '../../../documents/document.ts';

/** Reads Pipenv's Pipfile (https://pipenv.pypa.io/en/latest/pipfile.html). Every table but these is a group of packages. */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  const urls = indexUrls(root, 'source');
  for (const { key, value } of entriesAt(root)) {
    if (!SETTINGS.has(key.value)) addPythonTable(draft, value, urls);
  }
  for (const url of textsAt(root, 'source', '[]', 'url')) addIndexNode(draft, 'an index', url);
  return normalise(draft);
}

const SETTINGS = new Set(['source', 'requires', 'scripts', 'pipenv', 'pipfile', 'build-system']);
