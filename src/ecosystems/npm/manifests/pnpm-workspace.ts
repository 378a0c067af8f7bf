import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addExtensions, addOverrides, addTable } from './npm-dependencies.ts';
import { addRegistry, addRegistryNode } from './npm-registry.ts';
import type { Entry, Node } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';
import { readYaml } from '../../../documents/yaml.ts';

/**
 * Reads the members, catalogs and overrides of a pnpm workspace
 * (https://pnpm.io/pnpm-workspace_yaml, https://pnpm.io/catalogs, https://pnpm.io/settings#overrides), and what it
 * loads into the package manager itself (https://pnpm.io/config-dependencies), and the registries that it asks
 * (https://pnpm.io/registries, https://pnpm.io/settings#registry-settings).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text);
  const draft = newManifest(broken);
  for (const { value } of textsAt(root, 'packages')) draft.members.push(value);
  // Without `true` or `deep`, only `workspace:` leads to a member: https://pnpm.io/settings#linkworkspacepackages
  const links = textsAt(root, 'linkWorkspacePackages');
  draft.linking = { version: null, linksRanges: links.some(({ value }) => /^(?:true|deep)$/.test(value)) };
  for (const path of [['catalog'], ['catalogs', '*'], ['configDependencies']]) {
    for (const table of select(root, ...path)) addTable(draft, table, () => false);
  }
  for (const table of select(root, 'overrides')) addOverrides(draft, table);
  for (const table of select(root, 'packageExtensions')) addExtensions(draft, table);
  addRegistries(draft, root);
  return normalise(draft);
}

function addRegistries(draft: ManifestBuilder, root: Node | undefined): void {
  for (const node of select(root, 'registry')) addRegistryNode(draft, node, { key: 'url' });
  for (const entry of entriesAt(root, 'registries')) addDeclared(draft, entry);
  for (const { key, value } of entriesAt(root, 'namedRegistries'))
    addRegistryNode(draft, value, { key: 'url', scope: `${key.value}:` });
}

/** `@scope: url`, `default: url`; or, from pnpm 11.23, `url: { scopes: ["@scope"], prefix: work }`. */
function addDeclared(draft: ManifestBuilder, { key, value }: Entry): void {
  if (value.kind === 'text') {
    const scope = key.value === 'default' ? {} : { scope: key.value };
    addRegistryNode(draft, value, { key: 'url', ...scope });
    return;
  }
  const scopes = [
    ...textsAt(value, 'scopes').map((scope) => (scope.value === '@' ? undefined : scope.value)),
    ...textsAt(value, 'prefix').map((prefix) => `${prefix.value}:`),
  ];
  for (const scope of scopes) addRegistry(draft, { url: key.value, scope, span: key.span });
}
