import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { textsAt } from '../../../documents/document.ts';
import { readJson } from '../../../documents/json.ts';

/** Reads the members that Lerna links (https://lerna.js.org/docs/api-reference/configuration#packages). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readJson(text);
  const draft = newManifest(broken);
  for (const { value } of textsAt(root, 'packages')) draft.members.push(value);
  return normalise(draft);
}
