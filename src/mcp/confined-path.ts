import { realpathSync } from 'node:fs';
import nodePath from 'node:path';
import { UsageError } from '../app/usage-error.ts';
import { isFileError, isWithin } from '../git/git.ts';

/** What ends a path for the operating system. */
const END = '\0';

/**
 * Keeps what an assistant names within the project: a path that leads out of it is refused, be it absolute, with `..` or
 * through a symbolic link. The file need not exist.
 *
 * @param root The project's root, absolute.
 * @param path Absolute, or relative to the root.
 * @returns The path relative to the root, with `/`; '' for the root itself.
 * @throws UsageError for a path outside.
 */
export function confinedPath(root: string, path: string): string {
  if (path.includes(END)) throw outsideError(path);
  const realRoot = realpathSync(root);
  const absolute = nodePath.resolve(root, path);
  const inRoot = relativeWithin(root, absolute) ?? relativeWithin(realRoot, absolute);
  if (inRoot === null || !isWithin(realRoot, realPath(absolute))) throw outsideError(path);
  return inRoot;
}

/** @returns Where the nearest folder that is there really is, with what of the path is not there yet. */
function realPath(absolute: string): string {
  try {
    return realpathSync(absolute);
  } catch (error) {
    if (!isFileError(error)) throw error;
    const parent = nodePath.dirname(absolute);
    return parent === absolute ? absolute : nodePath.join(realPath(parent), nodePath.basename(absolute));
  }
}

function relativeWithin(folder: string, absolute: string): string | null {
  return isWithin(folder, absolute)
    ? nodePath.relative(folder, absolute).replaceAll(nodePath.sep, '/')
    : null;
}

function outsideError(path: string): UsageError {
  return new UsageError(
    `${path} is outside of the project`,
    'Name a path in the project, relative to its root.',
  );
}
