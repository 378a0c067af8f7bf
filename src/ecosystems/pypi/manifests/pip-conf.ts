import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode } from './python-dependencies.ts';
import { readIni } from '../../../documents/ini.ts';
import { wordsOf } from '../../../documents/document.ts';

/** What the options of pip's commands are for, by their names; pip takes `_` for `-`. */
const options = new Map([
  ['index-url', 'an index'],
  ['pypi-url', 'an index'],
  ['extra-index-url', 'an extra index'],
  ['find-links', 'a place of archives'],
  ['trusted-host', 'a trusted host'],
]);

/** Reads pip's settings, of whatever command (https://pip.pypa.io/en/stable/topics/configuration/). */
export function read(text: string): Promise<ManifestContents> {
  const { options: settings, broken } = readIni(text);
  const draft = newManifest(broken);
  for (const { key, lines } of settings) {
    const what = options.get(key.replaceAll('_', '-'));
    if (what === undefined) continue;
    for (const word of lines.flatMap(wordsOf)) addIndexNode(draft, what, word);
  }
  return Promise.resolve(normalise(draft));
}
