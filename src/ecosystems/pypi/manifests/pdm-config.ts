import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode, INDEX, LINKS, SECOND_INDEX } from './python-dependencies.ts';
import { readToml } from '../../../documents/toml.ts';
import { select, textsAt } from '../../../documents/document.ts';

/**
 * Reads the settings that PDM has for a project: its main index, and further ones by their names
 * (https://pdm-project.org/latest/reference/configuration/, read on 2026-11-30). Where `pdm publish` puts packages says
 * nothing of where they come from.
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  for (const url of textsAt(root, 'pypi', 'url')) addIndexNode(draft, INDEX, url);
  for (const index of select(root, 'pypi', '*')) {
    const isPlace = textsAt(index, 'type').some(({ value }) => value === 'find_links');
    for (const url of textsAt(index, 'url')) addIndexNode(draft, isPlace ? LINKS : SECOND_INDEX, url);
  }
  return normalise(draft);
}
