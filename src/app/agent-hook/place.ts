import { existsSync, promises as fs } from 'node:fs';
import { dirname, resolve } from 'node:path';
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

/** @returns A path relative to the root of a project; null outside of it. */
export function pathIn({ root }: ProjectLocation, path: string): string | null {
  try {
    return pathInside(root, root, path);
  } catch (error) {
    // A folder that is not there yet has no other name.
    if (isFileError(error)) return null;
    throw error;
  }
}

/** @returns The text of a file; null where there is none that could be edited. */
export async function textOnDisk(path: string): Promise<string | null> {
  try {
    return decodeText(await fs.readFile(path));
  } catch (error) {
    if (isFileError(error)) return null;
    throw error;
  }
}

/** @returns Whether a project has a whitelist of the usual name, or a config, so that somebody wants it checked. */
export async function isAdopted({ root }: ProjectLocation): Promise<boolean> {
  if (existsSync(resolve(root, 'approved-packages.yaml'))) return true;
  for (const place of configPlaces) {
    const text = await textOnDisk(resolve(root, place));
    if (text !== null && (!isManifestPlace(place) || text.includes(SETTINGS_NAME))) return true;
  }
  return false;
}
