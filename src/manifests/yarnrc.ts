import type { ManifestContents } from '../model/manifest.ts';
import { emptyDraft, inOrder } from './draft.ts';
import { addRegistryNode } from './npm-registry.ts';
import { entriesAt, select } from './syntax/tree.ts';
import { readYaml } from './syntax/yaml.ts';

/** Reads the registries of Yarn's settings (https://yarnpkg.com/configuration/yarnrc#npmRegistryServer). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text);
  const draft = emptyDraft(broken);
  for (const node of select(root, 'npmRegistryServer')) {
    addRegistryNode(draft, node, { key: 'npmRegistryServer' });
  }
  for (const { key, value } of entriesAt(root, 'npmScopes')) {
    if (value.kind === 'table')
      addRegistryNode(draft, value, { key: 'npmRegistryServer', scope: `@${key.value}` });
  }
  return inOrder(draft);
}
