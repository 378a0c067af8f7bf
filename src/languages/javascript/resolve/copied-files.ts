import { posix } from 'node:path';
import { folderOf, foldersAbove, inFolder, joinPath } from '../../../text/paths.ts';
import type { Sought } from './absences.ts';
import type { Folders } from './folders.ts';
import type { OwnState } from './own-modules.ts';
import type { Reader } from './reader.ts';

/** More files of one name are not compared. */
const MOST_COPIES = 50;

/**
 * Programs may be copied before they run: their paths start from where the copy stands.
 *
 * @returns What says that the importing file is one of them, in words; undefined where nothing does.
 */
export async function copyReason(sought: Sought, { reader, folders }: OwnState): Promise<string | undefined> {
  const template = await templateFolder(sought.file, folders);
  if (template !== undefined) return `what ${template} holds is copied by the package that brings it along`;
  const copy = await copyWithModule(sought, reader);
  return copy === undefined ? undefined : `${copy} is a copy of the file that has it beside`;
}

/** Folders whose files are written for other places, as scaffolding commands call them. */
const TEMPLATE = /(?:^|[-_.])(?:templates?|blueprints?|scaffolds?|skeletons?|boilerplates?)$/i;

/** @returns The outermost folder of templates above a file, where a package with a command of its own brings it along. */
async function templateFolder(file: string, folders: Folders): Promise<string | undefined> {
  const folder = foldersAbove(file).findLast((path) => TEMPLATE.test(posix.basename(path)));
  if (folder === undefined) return undefined;
  const manifests = await folders.packages(inFolder(folder, 'any'));
  return manifests.some(({ isGenerator }) => isGenerator) ? folder : undefined;
}

/** @returns A file of the same name and text that finds the module where it stands. */
async function copyWithModule(
  { file, paths, specifier }: Sought,
  reader: Reader,
): Promise<string | undefined> {
  if (!specifier.startsWith('.')) return undefined;
  const name = posix.basename(file);
  const namesakes = (await reader.named(name)).filter((path) => path !== file);
  const relativePaths = paths.map((path) => posix.relative(folderOf(file), path));
  for (const namesake of namesakes.slice(0, MOST_COPIES)) {
    const modules = relativePaths.flatMap((path) => joinPath(folderOf(namesake), path) ?? []);
    const [module] = await reader.having(modules.flatMap((path) => reader.moduleCandidates(path)));
    if (module !== undefined && (await reader.text(namesake)) === (await reader.text(file))) return namesake;
  }
  return undefined;
}
