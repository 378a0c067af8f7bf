import { readConfigParser, type IniOption } from '../../../documents/configparser.ts';
import { partSpan, type TextNode } from '../../../documents/document.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise, type ManifestBuilder } from '../../shared/manifest-builder.ts';
import { PLAIN } from './python-dependencies.ts';
import { addRequirementLine } from './requirement-lines.ts';

/**
 * Reads tox.ini: what tox installs into its environments, and what it needs itself (https://tox.wiki/en/latest/config.html#deps,
 * https://tox.wiki/en/latest/config.html#requires).
 */
export function read(text: string): Promise<ManifestContents> {
  const { options, broken } = readConfigParser(text);
  const draft = newManifest(broken);
  for (const line of options.filter(declares).flatMap(({ lines }) => lines)) addLine(draft, line);
  return Promise.resolve(normalise(draft));
}

function declares({ section, key }: IniOption): boolean {
  return section === 'tox' ? key === 'requires' : /^testenv(?::|$)/.test(section) && key === 'deps';
}

/**
 * `py39,lint-!ci: requests # why` holds for some environments (`FACTOR_PATTERN` of
 * https://github.com/tox-dev/tox/blob/4.30.0/src/tox/config/loader/ini/factor.py). What tox puts in place of braces is known
 * to tox alone.
 */
function addLine(draft: ManifestBuilder, line: TextNode): void {
  const start = /^[\w {}.!,-]+:(?=\s)/.exec(line.value)?.[0].length ?? 0;
  const [text = ''] = line.value.slice(start).split(/(?<!\S)#/, 1);
  if (text.trim() === '' || text.includes('{')) return;
  const spanOf = (part: { readonly start: number; readonly end: number }) =>
    partSpan(line, { start: part.start + start, end: part.end + start });
  addRequirementLine(draft, { text, spanOf }, PLAIN);
}
