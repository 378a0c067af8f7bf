import { member, parseJson } from '../documents/values.ts';
import type { Files } from '../model/language.ts';
import { isShellSafe } from '../text/escape.ts';
import { pathIn, upwards } from '../text/upwards.ts';
import { packageManagerOf, type PackageManager } from './package-managers.ts';
import { TOOL } from '../model/tool.ts';

/** Where a repository names this tool, and what runs it there. */
export interface ToolInstallation {
  /** Of the package.json, relative to the root (`''`). Safe in a shell. */
  readonly folder: string;
  readonly manager: PackageManager;
}

/**
 * Looks for the package.json that brings this tool: at the root, then above the working folder, nearest first,
 * then anywhere, highest first.
 *
 * @param from The working folder, relative to the root.
 * @returns null where nothing names it, so that no package manager of the repository has it.
 */
export async function findInstallation(files: Files, from: string): Promise<ToolInstallation | null> {
  const ancestors = upwards(from);
  const preferredFolders = ['', ...ancestors.filter((folder) => folder !== '')];
  const folder =
    (await firstNaming(files, preferredFolders)) ?? (await firstNaming(files, await furtherFolders(files)));
  return folder === null ? null : { folder, manager: await packageManagerOf(files, folder) };
}

async function firstNaming(files: Files, folders: readonly string[]): Promise<string | null> {
  const named = await Promise.all(
    folders.map(async (folder) => names(await files.text(pathIn(folder, 'package.json')))),
  );
  return folders.find((_, at) => named[at]) ?? null;
}

/** Folders that somebody installed are not the repository's; those whose names a shell could misread are left out. */
async function furtherFolders(files: Files): Promise<readonly string[]> {
  const depth = (folder: string) => folder.split('/').length;
  return (await files.list())
    .filter((path) => path.endsWith('/package.json'))
    .map((path) => path.slice(0, path.lastIndexOf('/')))
    .filter((folder) => isShellSafe(folder) && !folder.split('/').includes('node_modules'))
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
