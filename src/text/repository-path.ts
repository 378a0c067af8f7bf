import { escapesRoot } from './inside.ts';

declare const checked: unique symbol;

/**
 * A path as snapshots name files: from the repository's root, with `/`, without `.`, `..` and empty parts. Two that
 * differ are two files, in git's trees as well as on disk. Nothing but this file makes one of a text.
 */
export type RepositoryPath = string & { readonly [checked]: true };

/** What became of a path that somebody wrote. `reason` is to be read after the path. */
export type PathReading =
  | { readonly kind: 'path'; readonly path: RepositoryPath }
  | { readonly kind: 'wrong'; readonly reason: string };

/**
 * Reads a path of the repository as people write it: `./team/w.yaml`, `team//w.yaml`, `team/w.yaml/.` are one file, as
 * they are for an operating system (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap04.html#tag_04_16).
 *
 * @param text From the root, with `/`.
 * @returns The path, or what is wrong with it.
 */
export function readPath(text: string): PathReading {
  const path = plainPath(text);
  const reason = flawOf(text);
  if (reason === undefined && isRepositoryPath(path)) return { kind: 'path', path };
  return { kind: 'wrong', reason: reason ?? 'is not a path' };
}

/** @returns Whether a text is the path that {@link readPath} gives for it. */
export function isRepositoryPath(text: string): text is RepositoryPath {
  return text === plainPath(text) && flawOf(text) === undefined;
}

/**
 * @param text A path that stands in this program.
 * @throws Error where it is none: a mistake of ours.
 */
export function pathLiteral(text: string): RepositoryPath {
  if (isRepositoryPath(text)) return text;
  throw new Error(`${text} is not a path in the repository`);
}

/** @returns Whether git could track a file under this name: it has no `.`, `..` or empty part, and no `.git`. */
export function mayBeTracked(path: string): boolean {
  return !path.split('/').some((part) => part === '' || part === '.' || part === '..' || isGitFolder(part));
}

/**
 * A glob is no path: of what means nothing, only that is taken away which no pattern can mean.
 *
 * @returns The glob without `./` at its start, and with one `/` where there are several.
 */
export function plainGlob(glob: string): string {
  return glob.replace(/^(?:\.\/+)+/, '').replace(/\/{2,}/g, '/');
}

function plainPath(text: string): string {
  return text
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Linux's PATH_MAX, which is the longest of the systems. */
const LONGEST_PATH = 4_096;

function flawOf(text: string): string | undefined {
  const escape = escapesRoot(text);
  if (escape !== undefined) return escape;
  if (text.length > LONGEST_PATH) return 'is longer than any system allows';
  const path = plainPath(text);
  if (path === '') return 'is the repository’s root, not a file';
  if (path.split('/').some(isGitFolder)) return 'is in .git, where nothing is tracked';
  return hasUnseen(path) ? 'has an invisible character' : escapesRoot(path);
}

/** git takes it for its own in any case (`verify_path` of https://github.com/git/git/blob/master/read-cache.c). */
function isGitFolder(part: string): boolean {
  return part.toLowerCase() === '.git';
}

/**
 * Characters that reorder or break the line that shows a path, or that no file name can hold: lone surrogates, which
 * stand in our paths for bytes that are not UTF-8, would be other characters on disk than in git's trees. The tables
 * take a millisecond to build, so most paths are told by their letters.
 */
function hasUnseen(path: string): boolean {
  return !/^[ -~]*$/.test(path) && /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(path);
}
