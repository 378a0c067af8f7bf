import type { Fault } from '../model/fault.ts';
import type { Change, Snapshot } from '../model/snapshot.ts';
import { foldersBelowRoot } from '../text/paths.ts';
import type { ScopeRequest } from './scope-request.ts';

/**
 * @returns Every file that a request names, or of the project where it names none: paths are literal, a file or a folder
 *   with everything below it. A fault where one leads nowhere.
 */
export async function changesBelow(
  next: Snapshot,
  request: Extract<ScopeRequest, { kind: 'paths' | 'all' }>,
): Promise<Change[] | Fault> {
  const listed = await next.list();
  if (request.paths === undefined) return listed.map(unchanged);
  const chosen = new Set<string>();
  for (const requestedPath of request.paths) {
    const matches = listed.filter(
      (path) => requestedPath === '' || path === requestedPath || path.startsWith(`${requestedPath}/`),
    );
    if (matches.length === 0 && (await next.read(requestedPath)).kind === 'absent')
      return noSuchPath(requestedPath);
    for (const path of matches.length > 0 ? matches : [requestedPath]) chosen.add(path);
  }
  return [...chosen].map(unchanged);
}

/** A project has a hundred thousand files: what none of them has is there once. */
const noPaths: readonly (readonly string[])[] = [];

function unchanged(path: string): Change {
  return { path, previous: noPaths };
}

/** @returns Whether a path is one of these, or in one of these folders. The root is ''. */
export function isBelow(requestedPaths: ReadonlySet<string>, path: string): boolean {
  if (requestedPaths.has('') || requestedPaths.has(path)) return true;
  for (const folder of foldersBelowRoot(path)) if (requestedPaths.has(folder)) return true;
  return false;
}

function noSuchPath(path: string): Fault {
  return {
    kind: 'usage',
    file: path,
    line: null,
    column: null,
    message: 'there is no such file or folder, or git ignores everything in it',
    next: 'Write a path that is there, without wildcards. Nothing was checked.',
  };
}
