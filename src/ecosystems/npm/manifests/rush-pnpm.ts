import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { select } from '../../../documents/document.ts';
import { readJson } from '../../../documents/json.ts';
import { addExtensions, addOverrides, addTable } from './npm-dependencies.ts';
import { addPackageTables } from './package-json.ts';

/**
 * Reads what Rush hands on to pnpm for all its projects: overrides, dependencies that it gives to packages, catalogs, and
 * what it writes into the package.json of the whole (https://rushjs.io/pages/configs/pnpm-config_json/).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readJson(text);
  const draft = newManifest(broken);
  for (const table of select(root, 'globalOverrides')) addOverrides(draft, table);
  for (const table of select(root, 'globalPackageExtensions')) addExtensions(draft, table);
  for (const table of select(root, 'globalCatalogs', '*')) addTable(draft, table, () => false);
  for (const fields of select(root, 'unsupportedPackageJsonSettings')) addPackageTables(draft, fields);
  return normalise(draft);
}
