import type { Request } from './calls.ts';
import { readFields, type Git } from './git.ts';
import { decodePath } from './paths.ts';

/**
 * One changed file in the words of git's raw diff format (https://git-scm.com/docs/diff-format). An
 * object id is null where git does not know it yet (a file of the work tree).
 */
export interface ChangedFile {
  readonly path: string;
  readonly type: FileType;
  readonly oid: string | null;
  /** What it was in the base; null for an added file. */
  readonly old: { readonly path: string; readonly type: FileType; readonly oid: string | null } | null;
  readonly state: 'present' | 'removed' | 'unmerged';
}

/** A regular file, a symbolic link, or anything else: a submodule, nothing. */
export type FileType = 'file' | 'link' | 'other';

/** @returns What the index changes against a tree. Files that are only intended to be added are left out. */
export function stagedChanges(git: Git, base: string): Promise<ChangedFile[]> {
  return readRaw(git, ['stagedChanges', base, '--']);
}

/** @returns What the work tree's tracked files change against a tree. */
export function workTreeChanges(git: Git, base: string): Promise<ChangedFile[]> {
  return readRaw(git, ['workTreeChanges', base, '--']);
}

/** @returns What one tree changes against another. */
export function treeChanges(git: Git, base: string, next: string): Promise<ChangedFile[]> {
  return readRaw(git, ['treeChanges', base, next, '--']);
}

/** Reads `:oldmode newmode oldoid newoid status\0path\0[newpath\0]…`. */
async function readRaw(git: Git, request: Request): Promise<ChangedFile[]> {
  const changes: ChangedFile[] = [];
  let head: Head | null = null;
  let oldPath: string | null = null;
  await readFields(git, request, (field) => {
    if (head === null) {
      head = readHead(field);
    } else if (head.isMove && oldPath === null) {
      oldPath = decodePath(field);
    } else {
      const path = decodePath(field);
      changes.push(changeOf(head, path, oldPath ?? path));
      head = oldPath = null;
    }
  });
  return changes;
}

interface Head {
  readonly oldType: FileType;
  readonly newType: FileType;
  readonly oldOid: string | null;
  readonly newOid: string | null;
  readonly status: string;
  /** Two paths follow, the old one first. */
  readonly isMove: boolean;
}

function changeOf(head: Head, path: string, oldPath: string): ChangedFile {
  const { oldType, newType, oldOid, newOid, status } = head;
  const old = status === 'A' || status === 'U' ? null : { path: oldPath, type: oldType, oid: oldOid };
  return { path, type: newType, oid: newOid, old, state: stateOf(status) };
}

/** Each part is cut from the bytes: a piece of a text would keep all of it in memory. */
function readHead(head: Buffer): Head {
  const newMode = ':100644 '.length;
  const oldStart = ':100644 100644 '.length;
  const newStart = head.indexOf(' ', oldStart) + 1;
  const end = head.indexOf(' ', newStart);
  const status = head.toString('latin1', end + 1, end + 2);
  return {
    oldType: typeOf(head, 1),
    newType: typeOf(head, newMode),
    oldOid: knownOid(head.toString('latin1', oldStart, newStart - 1)),
    newOid: knownOid(head.toString('latin1', newStart, end)),
    status,
    isMove: status === 'R' || status === 'C',
  };
}

/** @param at Where a mode begins: 100644 and 100755 are files, 120000 is a link, 160000 a submodule. */
export function typeOf(head: Buffer, at: number): FileType {
  const kind = head.toString('latin1', at, at + 3);
  return kind === '100' ? 'file' : kind === '120' ? 'link' : 'other';
}

function stateOf(status: string): ChangedFile['state'] {
  if (status === 'U') return 'unmerged';
  return status === 'D' ? 'removed' : 'present';
}

function knownOid(oid: string): string | null {
  return /^0+$/.test(oid) ? null : oid;
}
