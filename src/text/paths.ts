import { posix } from 'node:path';

/** @returns The folders from a file's own to the root (`''`), nearest first. */
export function foldersAbove(file: string): readonly string[] {
  return [...foldersBelowRoot(file), ''];
}

/** The folders above a path, nearest first, without the root. */
export function* foldersBelowRoot(path: string): Generator<string, void> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    yield path.slice(0, end);
}

/** @returns The folder of a path relative to the root; `''` is the root. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '' : path.slice(0, end);
}

/**
 * Joins a path relative to the repository's root with a path as written in one of its files.
 *
 * @returns The path relative to the root (`''` is the root itself), or undefined where it leaves the repository, or is so
 *   long that no system opens it.
 */
export function joinPath(folder: string, path: string): string | undefined {
  if (folder.length + path.length > LONGEST_PATH) return undefined;
  const joined = posix.normalize(`./${folder}/${path}`).replace(/\/$/, '');
  if (joined === '..' || joined.startsWith('../')) return undefined;
  return joined === '.' ? '' : joined;
}

/** Linux's PATH_MAX, which is the longest. Normalising takes the square of a path's length. */
const LONGEST_PATH = 4_096;

/** @returns The path of an entry of a folder, where `''` is the root. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** @returns Whether a path is a folder's own or lies below it. */
export function isWithin(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
