import { aliasRules, type AliasRule } from './alias-rules.ts';
import type { SpecifierMapping } from './lead.ts';
import { settingsOf } from './literals/configuration.ts';
import type { Entry, Value } from './literals/value.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';

/** Settings that map specifiers, and those that name folders to look for modules in. */
const maps: ReadonlySet<string> = new Set(['alias', 'entries', 'moduleNameMapper', '_moduleAliases']);
const roots: ReadonlySet<string> = new Set(['modules', 'modulePaths', 'moduleDirectories', 'root']);
const settings: ReadonlySet<string> = new Set([...maps, ...roots, 'rootDir']);

/** What the literal settings of one file do to a specifier. */
export type Mapping = (specifier: string) => SpecifierMapping | undefined;

/** @returns What the literal settings in the text of a configuration file do to specifiers. */
export function mappingsOf(file: string, text: string): readonly Mapping[] {
  const entries = settingsOf(text, folderOf(file), settings);
  const folder = baseOf(file, entries);
  return entries.flatMap(({ key, value, start }): readonly Mapping[] => {
    if (roots.has(key)) return rootMappings({ file, folder, text }, { key, value, start });
    if (!maps.has(key)) return [];
    const rules = aliasRules(value, { folder, isJest: key === 'moduleNameMapper', start });
    return rules.map((rule) => aliasMapping(file, text, rule));
  });
}

function aliasMapping(file: string, text: string, rule: AliasRule): Mapping {
  return (specifier) => {
    const targets = rule.apply(specifier);
    if (targets === undefined) return undefined;
    return { file, key: rule.key, line: () => lineAt(text, rule.start), targets, weight: 'alias' };
  };
}

function rootMappings(
  at: { readonly file: string; readonly folder: string; readonly text: string },
  { key, value, start }: Entry,
): readonly Mapping[] {
  // Nuxt's `modules` are packages, and a `root` that is no list is where Vite serves from.
  if (value.kind !== 'array' || (key === 'modules' && at.file.includes('nuxt.config'))) return [];
  return value.items.flatMap((item): readonly Mapping[] => {
    const root = rootOf(item, at.folder);
    if (root === undefined) return [];
    return [
      (specifier) => ({
        file: at.file,
        key,
        line: () => lineAt(at.text, start),
        targets: [{ kind: 'path', path: joinPath(root, specifier) }],
        weight: 'root',
      }),
    ];
  });
}

function rootOf(value: Value, folder: string): string | undefined {
  if (value.kind === 'path') return value.path;
  if (value.kind !== 'string' || value.value === 'node_modules') return undefined;
  return joinPath(folder, value.value.replace('<rootDir>', '.'));
}

/** The folder that paths of a file start from: its own, unless Jest's `rootDir` says otherwise. */
function baseOf(file: string, entries: readonly Entry[]): string {
  const folder = folderOf(file);
  const root =
    /(?:^|\/)jest\.config\.[^/]*$/.test(file) && entries.find(({ key }) => key === 'rootDir')?.value;
  if (root && root.kind === 'path') return root.path ?? folder;
  return root && root.kind === 'string' ? (joinPath(folder, root.value) ?? folder) : folder;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
