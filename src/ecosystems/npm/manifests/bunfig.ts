import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addRegistryNode } from './npm-registry.ts';
import { readToml } from '../../../documents/toml.ts';
import { entriesAt, select } from '../../../documents/document.ts';

/** Reads the registries of bun's settings (https://bun.com/docs/runtime/bunfig#install-registry). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readToml(text);
  const draft = newManifest(broken);
  for (const node of select(root, 'install', 'registry')) addRegistryNode(draft, node, { key: 'url' });
  for (const { key, value } of entriesAt(root, 'install', 'scopes')) {
    addRegistryNode(draft, value, { key: 'url', scope: `@${key.value.replace(/^@/, '')}` });
  }
  // https://bun.com/docs/runtime/bunfig#install-linkworkspacepackages
  if (
    select(root, 'install', 'linkWorkspacePackages').some(
      (node) => node.kind === 'other' && node.raw === 'false',
    )
  )
    draft.linking = { version: null, linksRanges: false };
  return normalise(draft);
}
