import { namesNotIn, takesAllNames } from './bound-names.ts';
import type { FileLookup } from './lookup.ts';
import { compiledPaths, relativePath, sourcePaths } from './module-paths.ts';
import { join } from './roots.ts';

/** An import as a scan knows it. */
interface ScannedRelative {
  readonly file: string;
  readonly specifier: string;
  readonly names: readonly string[];
}

/**
 * Asks for the files of a relative import where they most likely are, and reads a package's own file only for names that are
 * no modules of it.
 *
 * @returns Whether the import leads to what exists. Where it does not, more than the likely places has to be looked at.
 */
export async function isRelativeFound(
  { file, specifier, names }: ScannedRelative,
  lookup: FileLookup,
): Promise<boolean> {
  const target = relativePath(file, specifier);
  if (target === undefined) return true;
  const { path, isFolder } = target;
  const [init = '', module = ''] = sourcePaths(path);
  if (!isFolder) {
    const present = await lookup.having([init, module]);
    if (present.size === 0) return (await lookup.having(compiledPaths(path))).size > 0;
    if (!present.has(init)) return true;
  }
  return areNamesFound(names, path, lookup);
}

/**
 * @param folder A package's.
 * @returns Whether all the names are modules of the package, or may be names that its own file has.
 */
export async function areNamesFound(
  names: readonly string[],
  folder: string,
  lookup: FileLookup,
): Promise<boolean> {
  const present = await lookup.having(names.flatMap((name) => sourcePaths(join(folder, name))));
  const furtherNames = names.filter(
    (name) => !sourcePaths(join(folder, name)).some((path) => present.has(path)),
  );
  if (furtherNames.length === 0) return true;
  const file = join(folder, '__init__.py');
  const text = await lookup.text(file);
  return text !== undefined && (await mayHaveNames(furtherNames, { file, text }, lookup));
}

/**
 * @param file A package's own, by its path and text.
 * @returns Whether the package may have the names, itself or out of modules from which it takes all names.
 */
export async function mayHaveNames(
  names: readonly string[],
  file: { readonly file: string; readonly text: string },
  lookup: FileLookup,
): Promise<boolean> {
  const furtherNames = namesNotIn(file.text, names);
  if (furtherNames.length === 0 || !takesAllNames(file.text)) return furtherNames.length === 0;
  const { namesNotTaken } = await starImports();
  return (await namesNotTaken(furtherNames, file, lookup)).length === 0;
}

/** Few packages take all names of a module, and only names that would else be missing are looked for there. */
const starImports = () => import('./star-imports.ts');
