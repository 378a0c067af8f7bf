import { readNpmIni } from '../../../documents/npm-ini.ts';
import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addFurtherSettings, addRegistry } from './npm-registry.ts';

/** npm takes the places of its other files from a project’s file, too: https://docs.npmjs.com/cli/v11/using-npm/config#userconfig. */
const FURTHER = ['userconfig', 'globalconfig'];

/**
 * Reads the registry lines of npm's settings, which say nothing else about packages
 * (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc), and the further files of settings that they name. Those of
 * a section count too, where npm looks for none.
 */
export function read(text: string): Promise<ManifestContents> {
  const draft = newManifest(brokenBytes(text));
  for (const { key, value } of readNpmIni(text)) {
    if (value === null || value.value.trim() === '') continue;
    const scope = /^(@[^:]+):/.exec(key.value)?.[1];
    if (isRegistry(key.value)) addRegistry(draft, { url: value.value, scope, span: value.span });
    if (FURTHER.some((name) => canBe(key.value, /^(?<name>.*)$/s, name))) {
      addFurtherSettings(draft, { path: value.value, span: value.span });
      // The shell's own folder, mostly that of the project.
      const path = value.value.replace(/^\$\{PWD\??\}[\\/]/, '');
      (draft.further ??= []).push({ kind: 'settings', path, span: value.span });
    }
    // https://pnpm.io/9.x/npmrc#link-workspace-packages
    if (key.value === 'link-workspace-packages' && /^(?:true|deep)$/.test(value.value))
      draft.linking = { version: null, linksRanges: true };
  }
  return Promise.resolve(normalise(draft));
}

/** The registry of every package, or of those of a scope. */
function isRegistry(key: string): boolean {
  return canBe(key, /^(?:\0*@[^:]*:)?(?<name>.*)$/s, 'registry');
}

/**
 * npm and pnpm put variables into keys as well, and what a variable holds is not to be seen here: `${A?}registry` is
 * `registry` where there is no A, and to pnpm `${A-registry}` is (https://docs.npmjs.com/cli/v11/configuring-npm/npmrc,
 * https://github.com/pnpm/components/tree/main/config/env-replace).
 */
function canBe(key: string, part: RegExp, name: string): boolean {
  const open = key.replace(/\$\{[^${}:-]*:?-([^${}]*)\}/g, '$1').replace(/\$\{[^${}]*\}/g, '\0');
  const pieces = (part.exec(open)?.groups?.['name'] ?? '').toLowerCase().split('\0');
  const [start = ''] = pieces;
  return pieces.length === 1 ? start === name : name.startsWith(start) && name.endsWith(pieces.at(-1) ?? '');
}

/** Settings are text: a NUL ends them for one reader and not for another. */
export function brokenBytes(text: string): ManifestContents['broken'] {
  const offset = text.indexOf('\0');
  return offset < 0 ? [] : [{ message: 'it holds a NUL character', offset }];
}
