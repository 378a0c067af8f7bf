import { aliasRules, type AliasRule } from './alias-rules.ts';
import type { Folders } from './folders.ts';
import type { SpecifierMapping } from './lead.ts';
import { settingsIn } from './literals/configuration.ts';
import type { SettingsProgram } from './literals/program.ts';
import type { Entry, Value } from './literals/value.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';
import { readPrograms } from './settings-programs.ts';

/** https://metrobundler.dev/docs/package-exports/#resolvermainfields (read on 2026-11-30) */
const FIELD_OF_METRO = 'react-native';

/** Settings that map specifiers, and those that name folders to look for modules in. */
const maps: ReadonlySet<string> = new Set([
  ...['alias', 'entries', 'moduleNameMapper', '_moduleAliases', 'extraNodeModules', 'browser', 'paths'],
  FIELD_OF_METRO,
]);
const roots: ReadonlySet<string> = new Set(['modules', 'modulePaths', 'moduleDirectories', 'root']);
const settings: ReadonlySet<string> = new Set([...maps, ...roots, 'rootDir', 'baseUrl']);

/** Settings whose names mean something else in other files. */
const placesOfMaps: ReadonlyMap<string, RegExp> = new Map([
  ['browser', /(?:^|\/)package\.json$/],
  [FIELD_OF_METRO, /(?:^|\/)package\.json$/],
  ['paths', /(?:^|\/)\.swcrc$/],
]);

/** What the literal settings of one file do to a specifier. */
export type Mapping = (specifier: string) => SpecifierMapping | undefined;

/** Settings of one file, and the folders that its relative paths may start from. */
interface Origin {
  readonly file: string;
  readonly source: string;
  readonly folders: readonly string[];
}

/**
 * @returns What the literal settings of a configuration file, and of those that it takes settings from, do to
 *   specifiers.
 */
export async function readMappings(
  file: string,
  reader: Reader,
  folders: Folders,
): Promise<readonly Mapping[]> {
  const [manifest] = await folders.packages(file);
  // Tools are started where their package is.
  const workingFolder = manifest?.folder ?? folderOf(file);
  const programs = await readPrograms(file, workingFolder, reader);
  return programs.flatMap((program) => mappingsOf(program, workingFolder));
}

function mappingsOf(program: SettingsProgram, workingFolder: string): readonly Mapping[] {
  const { file, source } = program;
  const entries = settingsIn(program, settings);
  const folders = [...new Set([baseOf(file, entries), folderOf(file), workingFolder])];
  const origin = { file, source, folders };
  return entries.flatMap(({ key, value, start }): readonly Mapping[] => {
    if (roots.has(key)) return rootMappings(origin, { key, value, start });
    if (!maps.has(key) || placesOfMaps.get(key)?.test(file) === false) return [];
    if (key === FIELD_OF_METRO && !isField(program, start)) return [];
    const rules = aliasRules(value, { folders, isJest: key === 'moduleNameMapper', start });
    return rules.map((rule) => aliasMapping(origin, rule));
  });
}

/** A package may be called so, and tables of versions and overrides have it as a key; the field stands in no other table. */
function isField({ tokens }: SettingsProgram, start: number): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token.start >= start) break;
    if (token.kind === 'other') depth += Number(token.value === '{') - Number(token.value === '}');
  }
  return depth === 1;
}

function aliasMapping({ file, source }: Origin, rule: AliasRule): Mapping {
  return (specifier) => {
    const targets = rule.apply(specifier);
    if (targets === undefined) return undefined;
    return { file, key: rule.key, line: () => lineAt(source, rule.start), targets, weight: 'alias' };
  };
}

function rootMappings({ file, source, folders }: Origin, { key, value, start }: Entry): readonly Mapping[] {
  // Nuxt's `modules` are packages, and a `root` that is no list is where Vite serves from.
  if (value.kind !== 'array' || (key === 'modules' && file.includes('nuxt.config'))) return [];
  return value.items.flatMap((item): readonly Mapping[] => {
    const targets = rootsOf(item, folders);
    if (targets.length === 0) return [];
    return [
      (specifier) => ({
        file,
        key,
        line: () => lineAt(source, start),
        targets: targets.map((root) => ({ kind: 'path', path: joinPath(root, specifier) })),
        weight: 'root',
      }),
    ];
  });
}

function rootsOf(value: Value, folders: readonly string[]): readonly string[] {
  if (value.kind === 'path') return value.path === undefined ? [] : [value.path];
  if (value.kind !== 'string' || value.value === 'node_modules') return [];
  const path = value.value.replace('<rootDir>', '.');
  return folders.flatMap((folder) => joinPath(folder, path) ?? []);
}

/** The folder that paths of a file start from: its own, unless Jest's `rootDir` or `baseUrl` of SWC says otherwise. */
function baseOf(file: string, entries: readonly Entry[]): string {
  const folder = folderOf(file);
  const base = entries.find(({ key }) => key === 'rootDir' || key === 'baseUrl')?.value;
  if (base?.kind === 'path') return base.path ?? folder;
  return base?.kind === 'string'
    ? (joinPath(folder, base.value.replace('<rootDir>', '.')) ?? folder)
    : folder;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
