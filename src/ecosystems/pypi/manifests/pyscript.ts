import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addRequirement, PLAIN } from './python-dependencies.ts';
import { readJson } from '../../../documents/json.ts';
import { readToml } from '../../../documents/toml.ts';
import { textsAt } from '../../../documents/document.ts';

/**
 * Reads the settings of PyScript, which has `packages` installed where a page is shown: TOML, or the same in JSON
 * (https://docs.pyscript.net/latest/user-guide/configuration/#packages, read on 2026-11-30).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await (text.trimStart().startsWith('{') ? readJson(text) : readToml(text));
  const draft = newManifest(broken);
  for (const item of textsAt(root, 'packages')) addRequirement(draft, item, PLAIN);
  return normalise(draft);
}
