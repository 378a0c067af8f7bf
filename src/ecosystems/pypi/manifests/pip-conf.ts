import type { Inclusion, ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import {
  addIndexNode,
  addRequirement,
  EXTRA_INDEX,
  HOST,
  INDEX,
  LINKS,
  PLAIN,
  type IndexLine,
} from './python-dependencies.ts';
import { readConfigParser } from '../../../documents/configparser.ts';
import { pipOptionName } from '../pip-options.ts';
import { wordsOf, type TextNode } from '../../../documents/document.ts';

/** What the options of pip's commands are for, by their names. */
const options = new Map<string, IndexLine>([
  ['index-url', INDEX],
  ['pypi-url', INDEX],
  ['extra-index-url', EXTRA_INDEX],
  ['find-links', LINKS],
  ['trusted-host', HOST],
]);

/** Reads pip's settings, of whatever command (https://pip.pypa.io/en/stable/topics/configuration/). */
export function read(text: string): Promise<ManifestContents> {
  const { options: settings, broken } = readConfigParser(text);
  const draft = newManifest(broken);
  for (const { key, lines } of settings) {
    const option = pipOptionName(key);
    const words = lines.flatMap(wordsOf);
    if (option === 'no-index' && words.some(({ value }) => isYes(value))) draft.withoutIndex.push({});
    // pip takes the lists and requirements of its commands from here as well (`_update_defaults` of its `parser.py`).
    if (option === 'requirement') for (const word of words) draft.includes.push(inclusionOf(word));
    if (option === 'constraint') for (const word of words) draft.constraints.push(inclusionOf(word));
    if (option === 'editable') for (const word of words) addRequirement(draft, word, PLAIN);
    const line = options.get(option);
    if (line === undefined) continue;
    for (const word of words) addIndexNode(draft, line, word);
  }
  return Promise.resolve(normalise(draft));
}

function inclusionOf({ value, span }: TextNode): Inclusion {
  return { path: value, span };
}

/** As pip reads a switch (`strtobool` of its `utils/misc.py`). */
function isYes(value: string): boolean {
  return /^(?:y|yes|t|true|on|1)$/i.test(value);
}
