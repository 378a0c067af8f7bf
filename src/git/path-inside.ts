import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isWithin } from './git.ts';

/**
 * @returns A path as snapshots name it, relative to the root, or null where it lies outside. Both sides are
 * compared as given and with symbolic links resolved: the root may have been reached through one.
 */
export function pathInside(root: string, cwd: string, path: string): string | null {
  const absolute = resolve(cwd, path);
  if (isWithin(root, absolute)) return slashes(relative(root, absolute));
  const [realRoot, realFolder] = [realpathSync(root), realpathSync(dirname(absolute))];
  const real = join(realFolder, basename(absolute));
  return isWithin(realRoot, real) ? slashes(relative(realRoot, real)) : null;
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
