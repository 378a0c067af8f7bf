import type { Fault } from '../model/fault.ts';
import type { Change, Snapshot } from '../model/snapshot.ts';
import { foldersAbove } from '../text/folders-above.ts';
import type { ScopeRequest } from './scope-request.ts';

/**
 * @returns Every file that a request names: paths are literal, a file or a folder with everything below it. A fault
 *   where one leads nowhere.
 */
export async function changesBelow(
  next: Snapshot,
  request: Extract<ScopeRequest, { kind: 'paths' | 'all' }>,
): Promise<Change[] | Fault> {
  const listed = await next.list();
  if (request.kind === 'all') return listed.map((path) => ({ path, previous: [] }));
  const chosen = new Set<string>();
  for (const asked of request.paths) {
    const below = listed.filter((path) => asked === '' || path === asked || path.startsWith(`${asked}/`));
    if (below.length === 0 && (await next.read(asked)).kind === 'absent') return noSuchPath(asked);
    for (const path of below.length > 0 ? below : [asked]) chosen.add(path);
  }
  return [...chosen].map((path) => ({ path, previous: [] }));
}

/** @returns Whether a path is one of these, or in one of these folders. The root is ''. */
export function isBelow(wanted: ReadonlySet<string>, path: string): boolean {
  if (wanted.has('') || wanted.has(path)) return true;
  for (const folder of foldersAbove(path)) if (wanted.has(folder)) return true;
  return false;
}

function noSuchPath(path: string): Fault {
  return {
    kind: 'usage',
    file: path,
    line: null,
    column: null,
    message: 'there is no such file or folder, or git ignores everything in it',
    next: 'Paths are taken literally, without wildcards. Nothing was checked.',
  };
}
