import type { Fault } from '../model/fault.ts';
import { noHistory, type Change, type Scope, type Snapshot } from '../model/snapshot.ts';
import { changesBelow } from './paths-scope.ts';
import {
  READ_LIMIT,
  buffersOf,
  type ProjectLocation,
  type OpenedScope,
  type ScopeRequest,
} from './scope-request.ts';
import { filesIn, workTreeSnapshot } from './worktree.ts';

/** Opens a scope in a folder that no repository holds: there is no state before, and the files themselves decide. */
export async function openWithoutGit(
  request: ScopeRequest,
  { root, shallow }: ProjectLocation,
): Promise<OpenedScope> {
  const list = shallow ? () => filesIn(root) : null;
  const next = workTreeSnapshot({ root, limit: READ_LIMIT, list, buffers: buffersOf(request) });
  const changes =
    request.kind === 'stdin'
      ? [{ path: request.path, previous: [] }]
      : await changesWithoutGit(next, request);
  if ('kind' in changes) return { kind: 'fault', fault: changes };
  const scope: Scope = {
    name: request.kind,
    head: next,
    bases: [],
    trustedBases: [next],
    policy: next,
    workTree: null,
    changes,
    touched: null,
    compared: null,
    ...noHistory,
    faults: [],
  };
  return { kind: 'open', scope, close: () => undefined };
}

async function changesWithoutGit(
  next: Snapshot,
  request: Exclude<ScopeRequest, { kind: 'stdin' }>,
): Promise<Change[] | Fault> {
  if (request.kind === 'paths' || request.kind === 'all') return changesBelow(next, request);
  return {
    kind: 'git',
    file: null,
    line: null,
    column: null,
    message: 'this folder is not in a git repository, so there is no change to look at',
    next: 'Name files or folders, or use --all, to check everything that they import.',
  };
}
