import { workspaceMatcher } from '../../../text/globs.ts';
import type { Folders } from './folders.ts';
import { packagePart } from './names.ts';
import { foldersAbove, inFolder } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';

/** More packages than the usual repository has of its own. */
const mostPackages = 500;

/**
 * @param path Relative to the repository's root.
 * @returns Whether a .gitignore of the repository leaves the path out: a build or an installer writes it.
 *   https://git-scm.com/docs/gitignore#_pattern_format
 */
export async function isIgnored(path: string, reader: Reader): Promise<boolean> {
  let ignored = false;
  for (const folder of foldersAbove(path).toReversed()) {
    const text = (await reader.text(inFolder(folder, '.gitignore'))) ?? '';
    const rest = folder === '' ? path : path.slice(folder.length + 1);
    for (const line of text.split(/\r?\n/)) {
      const pattern = line.trim();
      if (pattern === '' || pattern.startsWith('#')) continue;
      const isNegated = pattern.startsWith('!');
      if (isNegated === ignored && matches(isNegated ? pattern.slice(1) : pattern, rest)) ignored = !isNegated;
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
export async function ownManifest(
  specifier: string,
  { reader, folders }: { readonly reader: Reader; readonly folders: Folders },
): Promise<string | undefined> {
  const name = packagePart(specifier);
  const files = (await reader.list()).filter((path) => /(?:^|\/)package\.json$/.test(path));
  const manifests = await Promise.all(files.slice(0, mostPackages).map((file) => folders.package(file)));
  return manifests.find((manifest) => manifest?.name === name)?.file;
}
