import { isAbsolute } from 'node:path';
import type { InitializeParams } from 'vscode-languageserver';
import { fileOfUri } from './locate.ts';

/**
 * An editor that knows no workspace of several folders names its only one in another way, of which a later one replaced the
 * first.
 *
 * @returns The folders of the workspace, absolute.
 */
/* eslint-disable @typescript-eslint/no-deprecated -- such editors are still in use */
export function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.flatMap(({ uri }) => folderOf(uri));
  if (typeof rootUri === 'string') return folderOf(rootUri);
  return typeof rootPath === 'string' && isAbsolute(rootPath) ? [rootPath] : [];
}
/* eslint-enable @typescript-eslint/no-deprecated */

/** @returns The folder of a URI of a workspace; none for other schemes. */
export function folderOf(uri: string): string[] {
  const folder = fileOfUri(uri);
  return folder === null ? [] : [folder];
}
