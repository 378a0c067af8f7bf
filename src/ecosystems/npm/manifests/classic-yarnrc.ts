import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { withoutCredentials } from '../../shared/source-location.ts';
import { classicRegistryOf, classicSettings } from '../classic-yarnrc.ts';
import { addFurtherSettings, addRegistry } from './npm-registry.ts';
import { brokenBytes } from './npmrc.ts';

/**
 * Reads the registries of Yarn 1's settings, and the place of archives
 * (https://classic.yarnpkg.com/en/docs/yarnrc), and the further files of settings that they name.
 */
export async function read(text: string): Promise<ManifestContents> {
  const draft = newManifest(brokenBytes(text));
  for (const { key, value, span } of await classicSettings(text)) {
    const registry = classicRegistryOf(key);
    if (registry !== null) addRegistry(draft, { url: value, scope: registry.scope, span });
    // What is there under the name of an archive comes before the registry: https://classic.yarnpkg.com/en/docs/yarnrc#toc-yarn-offline-mirror
    if (key === 'yarn-offline-mirror' && value !== '' && value !== 'false')
      draft.registries.push({ what: 'a place of archives', value: withoutCredentials(value), span });
    // https://classic.yarnpkg.com/en/docs/cli/#toc-use-yarnrc
    if (!/^--(?:[^.]+\.)?use-yarnrc$/.test(key)) continue;
    addFurtherSettings(draft, { path: value, span });
    (draft.further ??= []).push({ kind: 'settings', path: value, span });
  }
  return normalise(draft);
}
