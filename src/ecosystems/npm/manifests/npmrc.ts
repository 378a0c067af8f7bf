import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addFurtherSettings, addRegistry } from './npm-registry.ts';

/** The key of a registry, with the scope that it is for; `=` or blanks follow. */
const key = /^[ \t\ufeff]*(["']?)(@[^\s:="']+:)?registry\1(?=[ \t=])/i;

/** npm takes the places of its other files from a project’s file, too: https://docs.npmjs.com/cli/v11/using-npm/config#userconfig. */
const furtherKey = /^[ \t\ufeff]*(["']?)(?:userconfig|globalconfig)\1(?=[ \t]*=)/;

/**
 * Reads the registry lines of npm's settings, which say nothing else about packages
 * (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc), and the further files of settings that they name.
 */
export function read(text: string): Promise<ManifestContents> {
  const draft = newManifest(brokenBytes(text));
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const match = key.exec(line) ?? furtherKey.exec(line);
    if (match === null) continue;
    const from = match[0].length;
    const value = /[^ \t="';#][^"';#]*/.exec(line.slice(from))?.[0].trimEnd() ?? '';
    const start = index + line.indexOf(value, from);
    const span = { start, end: start + value.length };
    if (furtherKey.test(line)) addFurtherSettings(draft, { path: value, span });
    else addRegistry(draft, { url: value, scope: match[2]?.slice(0, -1), span });
  }
  // https://pnpm.io/9.x/npmrc#link-workspace-packages
  if (/^[ \t]*link-workspace-packages[ \t]*=[ \t]*(?:true|deep)\b/m.test(text))
    draft.linking = { version: null, linksRanges: true };
  return Promise.resolve(normalise(draft));
}

/** Settings are text: a NUL ends them for one reader and not for another. */
export function brokenBytes(text: string): ManifestContents['broken'] {
  const offset = text.indexOf('\0');
  return offset < 0 ? [] : [{ message: 'it holds a NUL character', offset }];
}
