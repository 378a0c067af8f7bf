import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { withoutCredentials } from '../../shared/source-location.ts';
import { addExtensions, addTable } from './npm-dependencies.ts';
import { addRegistryNode } from './npm-registry.ts';
import type { TextNode } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';
import { readYaml } from '../../../documents/yaml.ts';

/**
 * Reads the registries of Yarn's settings (https://yarnpkg.com/configuration/yarnrc#npmRegistryServer), and the
 * dependencies that they give to packages (https://yarnpkg.com/configuration/yarnrc#packageExtensions).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text);
  const draft = newManifest([...broken, ...lockfileMark(text)]);
  for (const node of select(root, 'npmRegistryServer')) {
    addRegistryNode(draft, node, { key: 'npmRegistryServer' });
  }
  for (const { key, value } of entriesAt(root, 'npmScopes')) {
    if (value.kind === 'table')
      addRegistryNode(draft, value, { key: 'npmRegistryServer', scope: `@${key.value}` });
  }
  for (const table of select(root, 'packageExtensions')) addExtensions(draft, table);
  for (const protocol of textsAt(root, 'defaultProtocol')) addDefaultProtocol(draft, protocol);
  for (const path of [['catalog'], ['catalogs', '*']]) {
    for (const table of select(root, ...path)) addTable(draft, table, () => false);
  }
  // https://yarnpkg.com/configuration/yarnrc#enableTransparentWorkspaces
  if (textsAt(root, 'enableTransparentWorkspaces').some(({ value }) => value === 'false'))
    draft.linking = { version: null, linksRanges: false };
  return normalise(draft);
}

/**
 * Yarn puts it before every range and tag that has no protocol of its own, so that anything may stand in it: `npm:name@`,
 * the address of an archive (https://yarnpkg.com/configuration/yarnrc#defaultProtocol).
 */
function addDefaultProtocol(draft: ManifestBuilder, { value, span }: TextNode): void {
  if (value === 'npm:' || value === '') return;
  draft.registries.push({ what: 'what stands before every range', value: withoutCredentials(value), span });
}

/**
 * A text that begins as a lockfile of Yarn 1 does is no YAML to Yarn, which reads it in the format of that
 * (https://github.com/yarnpkg/berry/blob/master/packages/yarnpkg-parsers/sources/syml.ts, read on 2026-11-29).
 */
function lockfileMark(text: string): ManifestContents['broken'] {
  const mark = /^(?:#.*\r?\n)*?#\s+yarn\s+lockfile\s+v1\r?\n/i.exec(text)?.[0];
  if (mark === undefined) return [];
  const message = 'Yarn takes it for a lockfile of Yarn 1, and no YAML: delete “# yarn lockfile v1”';
  return [{ message, offset: mark.toLowerCase().lastIndexOf('#') }];
}
