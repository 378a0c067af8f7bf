import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { select } from '../../../documents/document.ts';
import { readJsonOrTemplate } from '../../../documents/json.ts';
import { addRequirement, PLAIN } from './python-dependencies.ts';

/**
 * Reads the manifest of an integration of Home Assistant, which installs what it requires
 * (https://developers.home-assistant.io/docs/creating_integration_manifest/#requirements). Its `dependencies` are
 * other integrations.
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readJsonOrTemplate(text);
  const draft = newManifest(broken);
  for (const list of select(root, 'requirements')) {
    if (list.kind === 'list')
      for (const item of list.items) if (item.kind === 'text') addRequirement(draft, item, PLAIN);
    if (list.kind !== 'list')
      draft.broken.push({ message: 'expected a list of requirements', offset: list.span.start });
  }
  return normalise(draft);
}
