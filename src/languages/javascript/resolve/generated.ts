import { workspaceMatcher } from '../../../text/globs.ts';
import type { Origin } from '../../../model/reference.ts';
import type { Folders } from './folders.ts';
import type { Miss } from './look-up.ts';
import { packagePart } from './names.ts';
import { foldersAbove, inFolder } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';

/** More packages than the usual repository has of its own. */
const mostPackages = 500;

/**
 * An alias of the project may lead to a file that git does not hold because something generates it.
 *
 * @param misses The aliases that lead a specifier to no file.
 * @returns The package of the repository that is built there, else that nobody can tell; undefined where no alias leads
 *   to what is generated.
 */
export async function originOfGenerated(
  specifier: string,
  misses: readonly Miss[],
  from: { readonly reader: Reader; readonly folders: Folders },
): Promise<Origin | undefined> {
  for (const { text, paths, isReserved } of misses) {
    if (!isReserved && !(await mayBeGenerated(paths, from.reader))) continue;
    const file = await ownManifest(specifier, from);
    if (file !== undefined) return { kind: 'local', file };
    return { kind: 'unknown', reason: `${text}${isReserved ? '' : ' and which git ignores'}` };
  }
  return undefined;
}

/** Does git ignore one of the paths, or a program that one may be written for without its ending? */
async function mayBeGenerated(paths: readonly string[], reader: Reader): Promise<boolean> {
  const files = paths.flatMap((path) =>
    ['', '.ts', '.tsx', '.js', '.mjs', '.json'].map((ending) => path + ending),
  );
  for (const file of files) if (await isIgnored(file, reader)) return true;
  return false;
}

/**
 * @param path Relative to the repository's root.
 * @returns Whether a .gitignore of the repository leaves the path out: a build or an installer writes it.
 *   https://git-scm.com/docs/gitignore#_pattern_format
 */
async function isIgnored(path: string, reader: Reader): Promise<boolean> {
  let ignored = false;
  for (const folder of foldersAbove(path).toReversed()) {
    const text = (await reader.text(inFolder(folder, '.gitignore'))) ?? '';
    const relativePath = folder === '' ? path : path.slice(folder.length + 1);
    for (const line of text.split(/\r?\n/)) {
      const pattern = line.trim();
      if (pattern === '' || pattern.startsWith('#')) continue;
      const isNegated = pattern.startsWith('!');
      if (isNegated === ignored && matches(isNegated ? pattern.slice(1) : pattern, relativePath))
        ignored = !isNegated;
    }
  }
  return ignored;
}

/** A pattern with a slash that is not its end starts from the folder of its file; what it matches is ignored as a whole. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.replace(/\/$/, '').includes('/');
  const has = workspaceMatcher([isAnchored ? pattern : `**/${pattern}`]);
  return [path, ...foldersAbove(path)].some((part) => part !== '' && has(part));
}

/** @returns The package.json of the repository that bears the name of a specifier's package, wherever it stands. */
async function ownManifest(
  specifier: string,
  { reader, folders }: { readonly reader: Reader; readonly folders: Folders },
): Promise<string | undefined> {
  const name = packagePart(specifier);
  const files = (await reader.list()).filter((path) => /(?:^|\/)package\.json$/.test(path));
  const manifests = await Promise.all(files.slice(0, mostPackages).map((file) => folders.package(file)));
  return manifests.find((manifest) => manifest?.name === name)?.file;
}
