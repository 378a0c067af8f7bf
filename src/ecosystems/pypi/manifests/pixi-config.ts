import type { ManifestContents } from '../../../model/manifest.ts';
import { withoutCredentials } from '../../shared/source-location.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { isUsualChannel } from './channels.ts';
import { addIndexNode, EXTRA_INDEX, INDEX } from './python-dependencies.ts';
import { readToml } from '../../../documents/toml.ts';
import { entriesAt, textsAt } from '../../../documents/document.ts';

/**
 * Reads pixi's settings: the indexes, and the mirrors that stand in for channels
 * (https://pixi.sh/latest/reference/pixi_configuration/, read on 2026-11-30). `default-channels` are for new projects alone.
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  for (const url of textsAt(root, 'pypi-config', 'index-url')) addIndexNode(draft, INDEX, url);
  for (const url of textsAt(root, 'pypi-config', 'extra-index-urls')) addIndexNode(draft, EXTRA_INDEX, url);
  for (const { key, value } of entriesAt(root, 'mirrors')) {
    for (const { value: mirror, span } of textsAt(value)) {
      if (mirror.trim() === '' || mirror === key.value || isUsualChannel(mirror)) continue;
      draft.registries.push({ what: 'a mirror', value: withoutCredentials(mirror), span });
    }
  }
  return normalise(draft);
}
