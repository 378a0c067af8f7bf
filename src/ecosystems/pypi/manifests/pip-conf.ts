import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addIndexNode, EXTRA_INDEX, HOST, INDEX, LINKS, type IndexLine } from './python-dependencies.ts';
import { readIni } from '../../../documents/ini.ts';
import { wordsOf } from '../../../documents/document.ts';

/** What the options of pip's commands are for, by their names; pip takes `_` for `-`. */
const options = new Map<string, IndexLine>([
  ['index-url', INDEX],
  ['pypi-url', INDEX],
  ['extra-index-url', EXTRA_INDEX],
  ['find-links', LINKS],
  ['trusted-host', HOST],
]);

/** Reads pip's settings, of whatever command (https://pip.pypa.io/en/stable/topics/configuration/). */
export function read(text: string): Promise<ManifestContents> {
  const { options: settings, broken } = readIni(text);
  const draft = newManifest(broken);
  for (const { key, lines } of settings) {
    const line = options.get(key.replaceAll('_', '-'));
    if (line === undefined) continue;
    for (const word of lines.flatMap(wordsOf)) addIndexNode(draft, line, word);
  }
  return Promise.resolve(normalise(draft));
}
