import { readJson } from '../../documents/jsonc.ts';
import { member, members } from '../../documents/values.ts';
import { largestSettings } from './resolve/literals/configuration.ts';
import { tokensOf } from './resolve/literals/tokens.ts';
import { isSettingsData } from './settings.ts';

/** What settings call that maps specifiers, names folders to look in, or leads to a file that does either. */
const KEY_NAMES =
  'alias(?:es)?|moduleNameMapper|_moduleAliases|imports|importMap|scopes|paths|baseUrl|extends|references|workspaces?|roots?|modules|modulePaths|moduleDirectories|entries|extraNodeModules|browser';
const KEYS = new RegExp(`\\b(?:${KEY_NAMES})\\b`);
const DATA_KEYS = new RegExp(`["']?\\b(?:${KEY_NAMES})["']?\\s*:`);

/** What of a package.json leads specifiers elsewhere; of its scripts, those that name files of settings. */
const MANIFEST_KEYS = [
  'imports',
  'browser',
  'react-native',
  'alias',
  '_moduleAliases',
  'jest',
  'babel',
  'workspaces',
  'exports',
];
const NAMES_SETTINGS = /(?:^|\s)(?:-c|-p|--project|--[\w-]*config)\b|NODE_PATH/;

/** @returns What of a file may say where specifiers lead: two texts with the same part map alike. '' where nothing does. */
export function mappingText(path: string, text: string): string {
  if (/(?:^|\/)package\.json$/.test(path)) return manifestPart(text);
  if (isSettingsData(path)) return DATA_KEYS.test(text) ? text : '';
  return programPart(text);
}

/** What a program sets is read from its tokens: comments, where most of these words stand, and blanks say nothing. */
function programPart(text: string): string {
  // It is not read at all, whatever made it so long.
  if (text.length > largestSettings) return text;
  const tokens = tokensOf(text);
  if (!tokens.some(({ value }) => KEYS.test(value))) return '';
  return JSON.stringify(tokens.map(({ kind, value }) => [kind, value]));
}

/** Dependency lines and the like are judged as what they are. */
function manifestPart(text: string): string {
  const manifest = readJson(text);
  // What can't be read may say anything.
  if (manifest === undefined) return text;
  const scripts = members(member(manifest, 'scripts')).filter(
    ([, script]) => typeof script === 'string' && NAMES_SETTINGS.test(script),
  );
  const parts = MANIFEST_KEYS.map((key) => member(manifest, key));
  if (scripts.length === 0 && parts.every((part) => part === undefined)) return '';
  return JSON.stringify([parts, scripts, member(manifest, 'name')]);
}
