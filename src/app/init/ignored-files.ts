import { readdir } from 'node:fs/promises';
import nodePath from 'node:path';
import { isFileError, type Git } from '../../git/git.ts';
import { listIgnoredPaths } from '../../git/listing.ts';

/** Folders that hold other people's code, caches, or copies of the sources. */
const passedOver =
  /^(?:node_modules|bower_components|site-packages|__pycache__|venv|env|dist|build|target|\..*)$/;

/** More files than generated code has. */
const MOST = 20_000;

/**
 * Lists the files that git ignores, without environments, caches and build output.
 *
 * @param root The work tree's top folder, absolute. @param ignores Does the config pass over a path?
 * @returns Paths relative to the root, with `/`; the first ones where there are very many.
 */
export async function listIgnored(
  git: Git,
  root: string,
  ignores: (path: string) => boolean,
): Promise<readonly string[]> {
  const open = await listIgnoredPaths(git);
  const files: string[] = [];
  for (let path = open.pop(); path !== undefined && files.length < MOST; path = open.pop()) {
    const folder = path.endsWith('/') ? path.slice(0, -1) : null;
    if (folder === null) {
      if (!ignores(path)) files.push(path);
    } else if (!passedOver.test(nodePath.posix.basename(folder))) {
      for (const inner of await below(root, folder)) open.push(inner);
    }
  }
  return files;
}

/** What stands in a folder, folders with a final `/`; nothing where it is a virtual environment. */
async function below(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(nodePath.join(root, folder), { withFileTypes: true });
    if (entries.some(({ name }) => name === 'pyvenv.cfg')) return [];
    return entries.flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return [`${path}/`];
      return entry.isFile() ? [path] : [];
    });
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
