import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addExtensions, addTable } from './npm-dependencies.ts';
import { addRegistryNode } from './npm-registry.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';
import { readYaml } from '../../../documents/yaml.ts';

/**
 * Reads the registries of Yarn's settings (https://yarnpkg.com/configuration/yarnrc#npmRegistryServer), and the
 * dependencies that they give to packages (https://yarnpkg.com/configuration/yarnrc#packageExtensions).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text);
  const draft = newManifest(broken);
  for (const node of select(root, 'npmRegistryServer')) {
    addRegistryNode(draft, node, { key: 'npmRegistryServer' });
  }
  for (const { key, value } of entriesAt(root, 'npmScopes')) {
    if (value.kind === 'table')
      addRegistryNode(draft, value, { key: 'npmRegistryServer', scope: `@${key.value}` });
  }
  for (const table of select(root, 'packageExtensions')) addExtensions(draft, table);
  for (const path of [['catalog'], ['catalogs', '*']]) {
    for (const table of select(root, ...path)) addTable(draft, table, () => false);
  }
  // https://yarnpkg.com/configuration/yarnrc#enableTransparentWorkspaces
  if (textsAt(root, 'enableTransparentWorkspaces').some(({ value }) => value === 'false'))
    draft.linking = { version: null, linksRanges: false };
  return normalise(draft);
}
