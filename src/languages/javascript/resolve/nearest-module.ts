import { posix } from 'node:path';
import { closestMatch } from '../../../text/nearest.ts';
import { folderOf, inFolder } from '../../../text/paths.ts';
import type { TrackedNames } from '../../shared/tracked-names.ts';
import type { Sought } from './absences.ts';
import { isDeclaration, isProgram } from './targets.ts';

/** What is known of the project's files. */
interface Tree {
  readonly names: TrackedNames;
  /** The files that bear a name. */
  readonly named: (name: string) => Promise<readonly string[]>;
  /** What {@link modulesByName} makes of all paths. */
  readonly modules: () => Promise<ReadonlyMap<string, readonly string[]>>;
}

/**
 * Looks for the module that was probably meant.
 *
 * @param otherCase The file that bears the name but for the case of its letters; null where none does.
 * @returns Its specifier as the importing file would write it: that file, else the one beside that is spelled nearest, else
 *   the only one of the project that bears the name; null where there is none.
 */
export async function nearestModule(
  sought: Sought,
  otherCase: string | null,
  { names, named, modules }: Tree,
): Promise<string | null> {
  if (otherCase !== null) return specifierFor(otherCase, sought);
  for (const path of sought.paths) {
    const name = posix.basename(path);
    const folder = folderOf(path);
    const ending = posix.extname(name);
    const siblings = [...(await names.inFolder(folder))];
    const spellings = siblings.flatMap((file) => [file, moduleName(file)]);
    const closest = closestMatch(
      name,
      spellings.filter(
        (spelling) => spelling !== name && (ending === '' || posix.extname(spelling) === ending),
      ),
    );
    const file = siblings.find((sibling) => sibling === closest || moduleName(sibling) === closest);
    const candidate = file === undefined ? undefined : inFolder(folder, file);
    if (candidate !== undefined && candidate !== sought.file) return specifierFor(candidate, sought);
  }
  const [path] = sought.paths;
  const name = posix.basename(path);
  if (/^(?:index|\.{0,2})(?:\.[^/]*)?$/.test(name)) return null;
  const alike = new Set([...(await named(name)), ...((await modules()).get(moduleName(name)) ?? [])]);
  alike.delete(sought.file);
  const [file] = alike;
  return file !== undefined && alike.size === 1 ? specifierFor(file, sought) : null;
}

/** @returns The programs among the paths by the name of the module that each is, by itself or as the index of its folder. */
export function modulesByName(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const modules = new Map<string, string[]>();
  for (const path of paths) {
    if (!isProgram(path) && !/\.(?:vue|svelte|astro)$/.test(path)) continue;
    const stem = moduleName(posix.basename(path));
    const name = stem === 'index' ? posix.basename(folderOf(path)) : stem;
    const files = modules.get(name);
    if (files) files.push(path);
    else modules.set(name, [path]);
  }
  return modules;
}

function moduleName(file: string): string {
  return isDeclaration(file) ? file.replace(/\.d\.[cm]?ts$/, '') : file.replace(/\.[cm]?[jt]sx?$/, '');
}

/** @returns How the importing file writes a file of the project: from its own folder, or below the alias that it used; null where that does not lead there. */
function specifierFor(module: string, { paths: [path], specifier, file }: Sought): string | null {
  const target = spelledLike(module, path);
  if (specifier.startsWith('.')) {
    const relative = posix.relative(folderOf(file) || '.', target);
    if (relative === '') return './';
    return relative.startsWith('.') ? relative : `./${relative}`;
  }
  let common = 0;
  while (common < specifier.length && specifier.at(-1 - common) === path.at(-1 - common)) common += 1;
  const start = specifier.slice(0, specifier.length - common);
  const folder = path.slice(0, path.length - common);
  return target.startsWith(folder) ? start + target.slice(folder.length) : null;
}

/** Endings are written where the import writes one, and `index` is where it does. */
function spelledLike(module: string, path: string): string {
  const ending = /\.[cm]?[jt]sx?$/.exec(path)?.[0];
  if (!isProgram(module) && !isDeclaration(module)) return module;
  const stem = inFolder(folderOf(module), moduleName(posix.basename(module)));
  if (ending !== undefined) return /\.[cm]?jsx?$/.test(ending) ? stem + ending : module;
  return posix.basename(path) === 'index' ? stem : stem.replace(/\/index$/, '');
}
