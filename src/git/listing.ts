import { readFields, type Git } from './git.ts';
import { decodePath } from './paths.ts';

/** A regular file of the index or a tree. */
export interface ListedFile {
  readonly path: string;
  readonly oid: string;
}

/** @returns The regular files of the index at stage 0: no symbolic links, no submodules. */
export function listIndex(git: Git): Promise<ListedFile[]> {
  return regularFiles(git, ['ls-files', '-s', '-z'], /^100\d{3} ([0-9a-f]+) 0$/);
}

/** @returns The regular files of a tree or commit. */
export function listTree(git: Git, tree: string): Promise<ListedFile[]> {
  return regularFiles(git, ['ls-tree', '-r', '-z', '--full-tree', tree], /^100\d{3} blob ([0-9a-f]+)$/);
}

/** @returns The paths that git tracks and those that it neither tracks nor ignores. */
export async function listWorkTree(git: Git): Promise<string[]> {
  return [...new Set(await listPaths(git, ['ls-files', '-z', '-c', '-o', '--exclude-standard']))];
}

/** @returns The paths that git neither tracks nor ignores. */
export function listUntracked(git: Git): Promise<string[]> {
  return listPaths(git, ['ls-files', '-z', '-o', '--exclude-standard']);
}

/** @returns The paths that a command of git writes with `-z`. */
export async function listPaths(git: Git, args: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  await readFields(git, args, (field) => paths.push(decodePath(field)));
  return paths;
}

/** @param head Matches what stands before the tab, with the object id as its group. */
async function regularFiles(git: Git, args: readonly string[], head: RegExp): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  await readFields(git, args, (field) => {
    const tab = field.indexOf(0x09);
    const found = head.exec(field.toString('latin1', 0, tab));
    if (found?.[1]) files.push({ path: decodePath(field.subarray(tab + 1)), oid: found[1] });
  });
  return files;
}
