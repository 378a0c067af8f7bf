import type { ManifestContents } from '../../../model/manifest.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import type { TextNode } from '../../../documents/document.ts';
import { select, textsAt } from '../../../documents/document.ts';
import { addRegistry, addRegistryNode } from './npm-registry.ts';
import { readJson } from '../../../documents/json.ts';

/**
 * Reads the members that Lerna links (https://lerna.js.org/docs/api-reference/configuration#packages), and the registry that
 * `lerna bootstrap` installs from (https://github.com/lerna/lerna/tree/v6.6.2/libs/commands/bootstrap#readme). Where
 * `lerna publish` puts packages says nothing of where they come from.
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readJson(text);
  const draft = newManifest(broken);
  for (const { value } of textsAt(root, 'packages')) draft.members.push(value);
  for (const settings of [...select(root), ...select(root, 'command', 'bootstrap')]) {
    for (const registry of select(settings, 'registry')) addRegistryNode(draft, registry, { key: 'url' });
    addOptions(draft, textsAt(settings, 'npmClientArgs'));
  }
  return normalise(draft);
}

/** `--registry=…`, `--registry …` and those of scopes, `--@acme:registry=…`. */
function addOptions(draft: ManifestBuilder, options: readonly TextNode[]): void {
  for (const [at, { value, span }] of options.entries()) {
    const match = OPTION.exec(value);
    if (match === null) continue;
    const [, scope, attached = options[at + 1]?.value ?? ''] = match;
    addRegistry(draft, { url: attached, scope, span });
  }
}

const OPTION = /^--(?:(@[^:=]+):)?registry(?:=(.*))?$/s;
