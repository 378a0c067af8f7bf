import { withoutFilters } from './filters.ts';
import type { Git } from './git.ts';
import { runGit } from './git.ts';
import { decodePath, splitZ } from './paths.ts';

/**
 * One changed file in the words of git's raw diff format (https://git-scm.com/docs/diff-format). An
 * object id is null where git does not know it yet (a file of the work tree).
 */
export interface ChangedFile {
  readonly path: string;
  readonly mode: string;
  readonly oid: string | null;
  /** Path and object id in the base, null for an added file. */
  readonly old: { readonly path: string; readonly oid: string | null } | null;
  readonly state: 'present' | 'removed' | 'unmerged';
}

/**
 * The rename limit is explicit: the user's `diff.renameLimit` reaches plumbing too and would make the
 * verdict depend on the machine.
 */
const rawDiff = ['--raw', '-z', '--no-abbrev', '-r', '-M', '-l3000', '--no-ext-diff'];

/** @returns What the index changes against a tree. Files that are only intended to be added are left out. */
export async function stagedChanges(git: Git, base: string): Promise<ChangedFile[]> {
  return parseRaw(
    await runGit(git, ['diff-index', '--cached', ...rawDiff, '--ita-invisible-in-index', base, '--']),
  );
}

/** @returns What the work tree's tracked files change against a tree. */
export async function workTreeChanges(git: Git, base: string): Promise<ChangedFile[]> {
  return parseRaw(await runGit(await withoutFilters(git), ['diff-index', ...rawDiff, base, '--']));
}

/** @returns What one tree changes against another. */
export async function treeChanges(git: Git, base: string, next: string): Promise<ChangedFile[]> {
  return parseRaw(await runGit(git, ['diff-tree', ...rawDiff, base, next, '--']));
}

/** Reads `:oldmode newmode oldoid newoid status\0path\0[newpath\0]…`. */
function parseRaw(output: Buffer): ChangedFile[] {
  const changes: ChangedFile[] = [];
  const fields = splitZ(output);
  const nextPath = () => decodePath(fields.next().value ?? Buffer.alloc(0));
  for (let head = fields.next().value; head; head = fields.next().value) {
    const [, mode = '', oldOid = '', newOid = '', status = ''] = head.toString('latin1').split(' ');
    const moved = status.startsWith('R') || status.startsWith('C');
    const oldPath = nextPath();
    const newPath = moved ? nextPath() : oldPath;
    const old = status === 'A' || status === 'U' ? null : { path: oldPath, oid: knownOid(oldOid) };
    changes.push({ path: newPath, mode, oid: knownOid(newOid), old, state: stateOf(status) });
  }
  return changes;
}

function stateOf(status: string): ChangedFile['state'] {
  if (status === 'U') return 'unmerged';
  return status === 'D' ? 'removed' : 'present';
}

function knownOid(oid: string): string | null {
  return /^0+$/.test(oid) ? null : oid;
}
