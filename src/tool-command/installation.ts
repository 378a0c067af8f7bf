import { member, parseJson } from '../documents/values.ts';
import type { Files } from '../model/language.ts';
import { isShellSafe } from '../text/escape.ts';
import { pathIn, upwards } from '../text/upwards.ts';
import { packageManagerOf, type PackageManager } from './package-managers.ts';
import { pythonInstallation } from './python-managers.ts';
import { TOOL } from '../model/tool.ts';

/** Where a repository names this tool, and what runs it there. */
export interface ToolInstallation {
  /** Of the manifest, relative to the root (`''`). Safe in a shell. */
  readonly folder: string;
  /** The manifest that names it, relative to that folder: `package.json`. */
  readonly manifest: string;
  readonly manager: PackageManager;
}

/**
 * Looks for the manifest that brings this tool: at the root, then above the working folder, nearest first, then
 * anywhere, highest first. In one folder a package.json comes before a manifest of Python.
 *
 * @param from The working folder, relative to the root.
 * @returns null where nothing names it, so that no package manager of the repository has it.
 */
export async function findInstallation(files: Files, from: string): Promise<ToolInstallation | null> {
  const ancestors = upwards(from);
  const preferredFolders = ['', ...ancestors.filter((folder) => folder !== '')];
  return (
    (await firstInstallation(files, preferredFolders)) ??
    (await firstInstallation(files, await furtherFolders(files)))
  );
}

async function firstInstallation(files: Files, folders: readonly string[]): Promise<ToolInstallation | null> {
  const texts = await Promise.all(folders.map((folder) => files.text(pathIn(folder, 'package.json'))));
  for (const [at, folder] of folders.entries()) {
    if (names(texts[at]))
      return { folder, manifest: 'package.json', manager: await packageManagerOf(files, folder) };
    const installation = await pythonInstallation(files, folder);
    if (installation) return { folder, ...installation };
  }
  return null;
}

/** Folders that somebody installed are not the repository's; those whose names a shell could misread are left out. */
async function furtherFolders(files: Files): Promise<readonly string[]> {
  const depth = (folder: string) => folder.split('/').length;
  return (await files.list())
    .filter((path) => /\/(?:package\.json|pyproject\.toml)$/.test(path))
    .map((path) => path.slice(0, path.lastIndexOf('/')))
    .filter((folder) => isShellSafe(folder) && !/(?:^|\/)(?:node_modules|site-packages)(?:\/|$)/.test(folder))
    .sort((left, right) => depth(left) - depth(right) || (left < right ? -1 : 1));
}

function names(text: string | undefined): boolean {
  if (!text?.includes(TOOL)) return false;
  const manifest = parseJson(text.replace(/^\uFEFF/, ''));
  const tables = ['devDependencies', 'dependencies', 'optionalDependencies'];
  return (
    member(manifest, 'name') === TOOL ||
    tables.some((table) => member(member(manifest, table), TOOL) !== undefined)
  );
}
