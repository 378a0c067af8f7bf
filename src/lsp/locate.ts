import nodePath from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findGit, isWithin } from '../git/git.ts';
import { findRepository } from '../git/repository.ts';
import { pathInside } from '../git/path-inside.ts';
import { containers } from '../containers/index.ts';
import { languages } from '../languages/index.ts';
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

/** What finding a project takes. `folders` are the workspace's, absolute. */
export interface Workspace {
  readonly folders: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
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
export function locate(text: OpenText, workspace: Workspace): DocumentLocation | null {
  const file = fileOf(text, workspace.folders);
  if (file === null) return null;
  const location = groundOf(file, workspace);
  const path = pathInside(location.root, location.root, file);
  return path === null ? null : { location, path };
}

/** @returns The absolute path of a URI, or null where it is no file's. */
export function fileOfUri(uri: string): string | null {
  if (!uri.startsWith('file:')) return null;
  try {
    return fileURLToPath(uri);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
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

function groundOf(file: string, { folders, env }: Workspace): ProjectLocation {
  const folder = nodePath.dirname(file);
  const paths = findRepository(folder, env);
  if (paths)
    return {
      root: paths.root,
      repository: { git: findGit(paths.root, env), paths },
      policyFrom: 'head',
    };
  const around = folders
    .filter((candidate) => isWithin(candidate, file))
    .toSorted((left, right) => right.length - left.length)[0];
  return around === undefined
    ? { root: folder, repository: null, policyFrom: 'head', shallow: true }
    : { root: around, repository: null, policyFrom: 'head' };
}
