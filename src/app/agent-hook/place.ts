import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { isFileError } from '../../git/git.ts';
import { pathInside } from '../../git/path-inside.ts';
import { configPlaces, isManifestPlace } from '../../config/find.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';
import type { ProjectLocation } from '../../snapshots/scope-request.ts';
import { decodeText } from '../../text/decode.ts';
import { locateProject } from '../locate.ts';
import type { ProposalOptions } from '../proposed.ts';
import type { HookCall } from './answer.ts';

/** @returns The project of a folder, which may not be there yet, and how what happens in it is judged. */
export function placeAt(folder: string, { context }: Pick<HookCall, 'context'>): ProposalOptions {
  let existing = resolve(context.cwd, folder);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const inFolder = { ...context, cwd: existing };
  return { context: inFolder, location: locateProject(inFolder, 'base'), online: true };
}

/** @returns A path without symbolic links, of which the end may not be there yet. @param path Absolute. */
export function realPath(path: string): string {
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  return join(realpathSync(existing), relative(existing, path));
}

/**
 * @param path Absolute, or relative to the root. A link counts as what it leads to.
 * @returns A path relative to the root of a project; null outside of it.
 */
export function pathIn({ root }: ProjectLocation, path: string): string | null {
  try {
    const real = relative(realpathSync(root), realPath(resolve(root, path)));
    // What a link leads out of the project for is known by the name that it has in it.
    if (!isAbsolute(real) && !/^\.\.(?:[\\/]|$)/.test(real)) return real.replaceAll('\\', '/');
    return pathInside(root, root, path);
  } catch (error) {
    // A folder that is not there yet has no other name.
    if (isFileError(error)) return null;
    throw error;
  }
}

/**
 * An agent waits, and Node takes a millisecond to load what reads files in the background. Of a pipe, which may never end,
 * nothing is read.
 *
 * @returns The text of a file; null where there is none that could be edited.
 */
export function textOnDisk(path: string): string | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
      ? decodeText(readFileSync(path))
      : null;
  } catch (error) {
    if (isFileError(error)) return null;
    throw error;
  }
}

/** @returns Whether a project has a whitelist of the usual name, or a config, so that somebody wants it checked. */
export function isAdopted({ root }: ProjectLocation): boolean {
  if (existsSync(resolve(root, 'approved-packages.yaml'))) return true;
  for (const place of configPlaces) {
    const text = textOnDisk(resolve(root, place));
    if (text !== null && (!isManifestPlace(place) || text.includes(SETTINGS_NAME))) return true;
  }
  return false;
}
