import { realpath } from 'node:fs/promises';
import nodePath from 'node:path';
import { isFileError } from '../git/git.ts';
import { listTracked } from '../git/listing.ts';
import type { Installation } from '../model/installed.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import { installedFiles } from './installed-files.ts';
import type { ProcessContext } from './process.ts';

/** @returns Where packages are installed for a project, as far as no commit says what lies there. */
export function installationOf(
  { root, repository }: ProjectLocation,
  { env }: Pick<ProcessContext, 'env'>,
): Installation {
  let tracked: ReturnType<typeof listTracked> | undefined;
  const isTracked = async (folder: string) => {
    if (repository === null) return false;
    tracked ??= listTracked(repository.git);
    const { files, links } = await tracked;
    const paths = [pathFrom(root, folder), pathFrom(await realPath(root), await realPath(folder))];
    return paths.some((path) =>
      [...files, ...links].some((file) => file === path || file.startsWith(`${path}/`)),
    );
  };
  return { root, env, files: installedFiles, isTracked };
}

/** What lies outside has a path that git tracks nowhere. */
function pathFrom(root: string, folder: string): string {
  return nodePath.relative(root, folder).replaceAll('\\', '/');
}

/** The path without symbolic links; as it is where it leads nowhere. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isFileError(error)) return path;
    throw error;
  }
}
