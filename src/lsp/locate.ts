import { realpathSync, statSync } from 'node:fs';
import nodePath from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { GitError, isFileError, isWithin, type Git } from '../git/git.ts';
import { decodePath, encodePath } from '../git/paths.ts';
import type { Repository } from '../git/repository.ts';
import { gitFault } from '../app/git-fault.ts';
import { extensionOf, isFormOf } from './editor-language.ts';
import type { Fault } from '../model/fault.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';

/** An open text as the editor names it. */
export interface OpenText {
  readonly uri: string;
  readonly languageId: string;
}

/** Where an open text belongs: a project, and a path in it as snapshots name it. */
export interface DocumentLocation {
  readonly location: ProjectLocation;
  readonly path: string;
}

/** A place, or why there is none although the text is one of a project. */
export type Located =
  | ({
      readonly kind: 'place';
      /** The path of its file; null for a text that was never saved, or that the file holds in another form. */
      readonly file: string | null;
    } & DocumentLocation)
  | { readonly kind: 'fault'; readonly fault: Fault };

/** What finding a project takes. `folders` are the workspace's, absolute. */
export interface Workspace {
  readonly folders: readonly string[];
  /** The repository around a folder. */
  readonly repository: (folder: string) => Repository | null;
  /** @throws GitError where there is no git. */
  readonly git: (root: string) => Git;
}

/**
 * Finds the project of an open text: the repository around it, else the workspace's folder, else nothing but
 * the folder that it lies in. A text without a file counts as one in the first folder of the workspace.
 *
 * @returns null for a text that has no place on disk and could have none (`git:`, an output panel).
 */
export function locate(text: OpenText, workspace: Workspace): Located | null {
  const file = fileOf(text, workspace.folders);
  if (file === null) return null;
  try {
    const location = projectOf(file, workspace) ?? projectOf(realPath(file), workspace) ?? folderAlone(file);
    const { root } = location;
    const path = pathBelow(root, file) ?? pathBelow(realPath(root), realPath(file));
    if (path === null) return null;
    const isSaved = !text.uri.startsWith('untitled:') && isFormOf(path, text.languageId);
    return { kind: 'place', location, path, file: isSaved ? path : null };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { kind: 'fault', fault: gitFault(error) };
  }
}

/**
 * @returns The absolute path of a URI, or null where it is no file's. Bytes that are no UTF-8 stand there as in the paths
 *   of a snapshot.
 */
export function fileOfUri(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch (error) {
    if (error instanceof URIError) return fileOfBytes(uri);
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A name of a file is bytes; a percent sign that stands for none is itself. On Windows names are text. */
function fileOfBytes(uri: string): string | null {
  if (process.platform === 'win32') return null;
  const bytes = new URL(uri).pathname.replace(/%([\da-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return decodePath(Buffer.from(bytes, 'latin1'));
}

/** @returns The URI of a project's file. */
export function uriOf({ root }: ProjectLocation, path: string): string {
  return pathToFileURL(nodePath.join(root, path)).href;
}

function fileOf({ uri, languageId }: OpenText, [first]: readonly string[]): string | null {
  // A cell that is open without its notebook is no file.
  if (/\.ipynb#/i.test(uri)) return null;
  const extension = extensionOf(languageId);
  if (!uri.startsWith('untitled:')) return fileOfUri(uri);
  return first === undefined || extension === undefined
    ? null
    : nodePath.join(first, `untitled.${extension}`);
}

/** @returns null where a file lies in no repository and no folder of the workspace, as their paths are written. */
function projectOf(file: string, { folders, repository, git }: Workspace): ProjectLocation | null {
  const paths = repository(nodePath.dirname(file));
  if (paths) return { root: paths.root, repository: { git: git(paths.root), paths }, policyFrom: 'head' };
  const [root] = folders
    .filter((folder) => isFolder(folder) && (isWithin(folder, file) || isWithin(realPath(folder), file)))
    .toSorted((left, right) => right.length - left.length);
  return root === undefined ? null : { root, repository: null, policyFrom: 'head' };
}

function folderAlone(file: string): ProjectLocation {
  return { root: nodePath.dirname(file), repository: null, policyFrom: 'head', shallow: true };
}

/** @returns A path as snapshots name it; null for a file outside of a folder. */
export function pathBelow(root: string, file: string): string | null {
  if (!isWithin(root, file)) return null;
  const path = nodePath.relative(root, file);
  return nodePath.sep === '/' ? path : path.replaceAll(nodePath.sep, '/');
}

/** @returns A path without symbolic links, as far as there is something at it. */
export function realPath(path: string): string {
  const folder = nodePath.dirname(path);
  try {
    return decodePath(realpathSync.native(encodePath(path), 'buffer'));
  } catch (error) {
    if (!isFileError(error)) throw error;
    return folder === path ? path : nodePath.join(realPath(folder), nodePath.basename(path));
  }
}

/** A folder of the workspace may be removed while the editor has it open. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}
