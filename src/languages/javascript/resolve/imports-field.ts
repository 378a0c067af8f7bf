import type { Folders } from './folders.ts';
import { lineOfKey } from '../../../documents/jsonc.ts';
import { members } from '../../../documents/values.ts';
import { bestKeys, type MappingSource, type Target } from './lead.ts';
import { joinPath } from '../../../text/paths.ts';

/** Folders that builds write to by convention; what a package imports from there is made from `src`. */
export const OUTPUT = /^\.\/(?:dist|build|lib|out|esm|cjs)\//;

/**
 * `imports` of the nearest package.json, under every condition: which one holds depends on who runs the
 * program. https://nodejs.org/api/packages.html#subpath-imports
 */
export function importsFieldSource(folders: Folders): MappingSource {
  return async ({ file, specifier }) => {
    if (!specifier.startsWith('#')) return [];
    const [manifest] = await folders.packages(file);
    const [best] = bestKeys(members(manifest?.imports), specifier);
    if (manifest === undefined || best === undefined) return [];
    const targets = conditionsOf(best.value, 0).flatMap((target) =>
      targetsOf(
        target.replaceAll('*', () => best.star),
        manifest.folder,
      ),
    );
    const line = () => lineOfKey(manifest.source, best.key);
    return [{ file: manifest.file, key: best.key, line, targets, weight: 'binding' }];
  };
}

/** @returns Every target of a value of `exports` or `imports`, under all of its conditions and subpaths. */
export function conditionsOf(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (depth > 16) return [];
  const values = Array.isArray(value) ? value : members(value).map(([, target]) => target);
  return values.flatMap((target: unknown) => conditionsOf(target, depth + 1));
}

function targetsOf(target: string, folder: string): readonly Target[] {
  if (!/^\.{0,2}\//.test(target)) return [{ kind: 'specifier', specifier: target }];
  const paths = OUTPUT.test(target) ? [target, target.replace(OUTPUT, './src/')] : [target];
  return paths.map((path) => ({ kind: 'path', path: joinPath(folder, path) }));
}
