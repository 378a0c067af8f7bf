import { npm } from '../names.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addExtensions, addOverrides, addTable } from './npm-dependencies.ts';
import { readJsonOrTemplate } from '../../../documents/json.ts';
import type { Node } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';

/** Reads package.json of npm, pnpm, yarn and bun (https://docs.npmjs.com/cli/v11/configuring-npm/package-json). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readJsonOrTemplate(text);
  const draft = newManifest(broken);
  draft.defines = textsAt(root, 'name')[0]?.value ?? null;
  for (const path of [['workspaces'], ['workspaces', 'packages']]) {
    for (const { value } of textsAt(root, ...path)) draft.members.push(value);
  }
  draft.linking = {
    version: textsAt(root, 'version')[0]?.value ?? null,
    linksRanges: textsAt(root, 'packageManager').some(({ value }) => OLD_PNPM.test(value)) ? true : null,
  };
  addPackageTables(draft, root);
  return normalise(draft);
}

/** Adds what the fields of a package.json declare, override and give to other packages. */
export function addPackageTables(draft: ManifestBuilder, root: Node | undefined): void {
  addTables(draft, root);
  addBundled(draft, root);
  for (const path of [['overrides'], ['resolutions'], ['pnpm', 'overrides']]) {
    for (const table of select(root, ...path)) addOverrides(draft, table);
  }
  for (const table of select(root, 'pnpm', 'packageExtensions')) addExtensions(draft, table);
}

/** pnpm links ranges by itself up to version 8 (https://pnpm.io/9.x/npmrc#link-workspace-packages). */
const OLD_PNPM = /^pnpm@[1-8]\./;

/**
 * Tables from names to values. Four are bun's catalogs (https://bun.com/docs/pm/catalogs), the last one is what
 * pnpm 10 loads into itself (https://pnpm.io/10.x/config-dependencies).
 */
const TABLES: readonly (readonly string[])[] = [
  ['dependencies'],
  ['devDependencies'],
  ['optionalDependencies'],
  ['peerDependencies'],
  ['workspaces', 'catalog'],
  ['workspaces', 'catalogs', '*'],
  ['catalog'],
  ['catalogs', '*'],
  ['pnpm', 'configDependencies'],
];

function addTables(draft: ManifestBuilder, root: Node | undefined): void {
  const optionalPeers = new Set(
    entriesAt(root, 'peerDependenciesMeta')
      .filter(({ value }) =>
        select(value, 'optional').some((node) => node.kind === 'other' && node.raw === 'true'),
      )
      .map(({ key }) => key.value),
  );
  for (const path of TABLES) {
    const [kind] = path;
    const isOptional = (name: string): boolean =>
      kind === 'optionalDependencies' || (kind === 'peerDependencies' && optionalPeers.has(name));
    for (const table of select(root, ...path)) addTable(draft, table, isOptional);
  }
}

/** Bundled dependencies are names alone; `true` means all dependencies, which count anyway. */
function addBundled(draft: ManifestBuilder, root: Node | undefined): void {
  for (const field of ['bundleDependencies', 'bundledDependencies']) {
    for (const { value, span } of textsAt(root, field)) {
      const source = { kind: 'registry' } as const;
      draft.dependencies.push({
        ecosystem: npm.id,
        name: value,
        specifier: value,
        source,
        span,
        optional: false,
      });
    }
  }
}
