import { statSync } from 'node:fs';
import nodePath from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { GitError, isFileError, isWithin, type Git } from '../git/git.ts';
import { decodePath } from '../git/paths.ts';
import type { Repository } from '../git/repository.ts';
import { pathInside } from '../git/path-inside.ts';
import { containers } from '../containers/index.ts';
import { languages } from '../languages/index.ts';
import { gitFault } from '../app/git-fault.ts';
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
      /** The path of its file; null for a text that was never saved. */
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

/** Extensions of texts that were never saved, by the editor's name for their language. */
const extensionsByEditorId: ReadonlyMap<string, string> = new Map([
  ...languages.flatMap(({ editorIds }) => [...editorIds]),
  ...containers.flatMap(({ editorId, extensions: [extension = ''] }) =>
    editorId === null ? [] : [[editorId, extension] as const],
  ),
]);

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
    const location = projectOf(file, workspace);
    const path = pathInside(location.root, location.root, file);
    const saved = text.uri.startsWith('untitled:') ? null : path;
    return path === null ? null : { kind: 'place', location, path, file: saved };
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
  const extension = extensionsByEditorId.get(languageId);
  if (!uri.startsWith('untitled:')) return fileOfUri(uri);
  return first === undefined || extension === undefined
    ? null
    : nodePath.join(first, `untitled.${extension}`);
}

function projectOf(file: string, { folders, repository, git }: Workspace): ProjectLocation {
  const folder = nodePath.dirname(file);
  const paths = repository(folder);
  if (paths) return { root: paths.root, repository: { git: git(paths.root), paths }, policyFrom: 'head' };
  const around = folders
    .filter((candidate) => isFolder(candidate) && isWithin(candidate, file))
    .toSorted((left, right) => right.length - left.length)[0];
  return around === undefined
    ? { root: folder, repository: null, policyFrom: 'head', shallow: true }
    : { root: around, repository: null, policyFrom: 'head' };
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
