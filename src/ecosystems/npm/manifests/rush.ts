import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { textsAt } from '../../../documents/document.ts';
import { readJson } from '../../../documents/json.ts';

/** Reads the projects that Rush links (https://rushjs.io/pages/configs/rush_json/). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readJson(text);
  const draft = newManifest(broken);
  for (const { value } of textsAt(root, 'projects', '[]', 'projectFolder')) draft.members.push(value);
  return normalise(draft);
}
