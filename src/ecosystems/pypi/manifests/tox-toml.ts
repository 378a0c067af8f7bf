import { readTomlOrTemplate } from '../../../documents/toml.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import { within } from './hatch.ts';
import { contentsOf } from './pyproject.ts';

/** Reads tox.toml, the table `tool.tox` of pyproject.toml in a file of its own (https://tox.wiki/en/latest/config.html#tox-toml). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readTomlOrTemplate(text);
  return contentsOf({ root: root && within('tool', within('tox', root)), broken });
}
