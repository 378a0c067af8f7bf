import type { ManifestContents } from '../model/manifest.ts';
import { emptyDraft, inOrder } from './draft.ts';
import { addExtensions, addOverrides, addTable } from './npm-dependencies.ts';
import { select, textsAt } from './syntax/tree.ts';
import { readYaml } from './syntax/yaml.ts';

/**
 * Reads the members, catalogs and overrides of a pnpm workspace
 * (https://pnpm.io/pnpm-workspace_yaml, https://pnpm.io/catalogs, https://pnpm.io/settings#overrides), and what it
 * loads into the package manager itself (https://pnpm.io/config-dependencies).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text);
  const draft = emptyDraft(broken);
  draft.members.push(...textsAt(root, 'packages').map(({ value }) => value));
  for (const path of [['catalog'], ['catalogs', '*'], ['configDependencies']]) {
    for (const table of select(root, ...path)) addTable(draft, table, () => false);
  }
  for (const table of select(root, 'overrides')) addOverrides(draft, table);
  for (const table of select(root, 'packageExtensions')) addExtensions(draft, table);
  return inOrder(draft);
}
