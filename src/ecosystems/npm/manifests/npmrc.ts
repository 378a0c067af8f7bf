import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addRegistry } from './npm-registry.ts';

/** The key of a registry, with the scope that it is for; `=` (npm) or blanks (Yarn 1) follow. */
const key = /^[ \t\ufeff]*(["']?)(@[^\s:="']+:)?registry\1(?=[ \t=])/i;

/**
 * Reads the registry lines of npm's and Yarn 1's settings, which say nothing else about packages
 * (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc, https://classic.yarnpkg.com/en/docs/yarnrc).
 */
export function read(text: string): Promise<ManifestContents> {
  const draft = newManifest(brokenBytes(text));
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    const match = key.exec(line);
    if (match === null) continue;
    const from = match[0].length;
    const url = /[^ \t="';#][^"';#]*/.exec(line.slice(from))?.[0].trimEnd() ?? '';
    const start = index + line.indexOf(url, from);
    addRegistry(draft, { url, scope: match[2]?.slice(0, -1), span: { start, end: start + url.length } });
  }
  // https://pnpm.io/9.x/npmrc#link-workspace-packages
  if (/^[ \t]*link-workspace-packages[ \t]*=[ \t]*(?:true|deep)\b/m.test(text))
    draft.linking = { version: null, linksRanges: true };
  return Promise.resolve(normalise(draft));
}

/** Settings are text: a NUL ends them for one reader and not for another. */
function brokenBytes(text: string): ManifestContents['broken'] {
  const offset = text.indexOf('\0');
  return offset < 0 ? [] : [{ message: 'it holds a NUL character', offset }];
}
