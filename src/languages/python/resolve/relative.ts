import { mayHaveNames } from './bound-names.ts';
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
  const text = await lookup.text(join(folder, '__init__.py'));
  return text !== undefined && mayHaveNames(text, furtherNames);
}
