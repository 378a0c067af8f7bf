import type { Fault } from '../model/fault.ts';
import { noHistory, type Change, type Scope, type Snapshot } from '../model/snapshot.ts';
import { changesBelow } from './paths-scope.ts';
import {
  READ_LIMIT,
  buffersOf,
  scopeNameOf,
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
  const onDisk =
    request.kind === 'edits' ? workTreeSnapshot({ root, limit: READ_LIMIT, list, buffers: new Map() }) : next;
  const changes =
    request.kind === 'stdin' || request.kind === 'edits'
      ? pathsOf(request).map((path) => ({ path, previous: [] }))
      : await changesWithoutGit(next, request);
  if ('kind' in changes) return { kind: 'fault', fault: changes };
  const scope: Scope = {
    name: scopeNameOf(request),
    head: next,
    bases: [],
    // What is about to be written approves nothing.
    trustedBases: [onDisk],
    policy: onDisk,
    workTree: null,
    changes,
    touched: null,
    compared: null,
    ...noHistory,
    faults: [],
  };
  return { kind: 'open', scope, close: () => undefined };
}

function pathsOf(request: Extract<ScopeRequest, { kind: 'stdin' | 'edits' }>): readonly string[] {
  return request.kind === 'stdin' ? [request.path] : [...request.buffers.keys()];
}

async function changesWithoutGit(
  next: Snapshot,
  request: Exclude<ScopeRequest, { kind: 'stdin' | 'edits' }>,
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
