import { readFields, type Git } from './git.ts';
import { decodePath } from './paths.ts';

/** A regular file of the index or a tree, or a symbolic link. */
export interface ListedFile {
  readonly path: string;
  readonly oid: string;
  readonly isLink: boolean;
}

/** @returns The files and links of the index at stage 0: no submodules. */
export function listIndex(git: Git): Promise<ListedFile[]> {
  return blobs(git, ['ls-files', '-s', '-z'], /^1[02]0\d{3} ([0-9a-f]+) 0$/);
}

/** @returns The files and links of a tree or commit. */
export function listTree(git: Git, tree: string): Promise<ListedFile[]> {
  return blobs(git, ['ls-tree', '-r', '-z', '--full-tree', tree], /^1[02]0\d{3} blob ([0-9a-f]+)$/);
}

/** What a work tree holds, as git knows it. Untracked links are among the files. */
export interface WorkTreeList {
  readonly files: readonly string[];
  readonly links: readonly string[];
}

/** @returns The paths that git tracks, without submodules, and those that it neither tracks nor ignores. */
export async function listWorkTree(git: Git): Promise<WorkTreeList> {
  // A file with conflicts stands there several times.
  const [files, links] = [new Set<string>(), new Set<string>()];
  const [untracked] = await Promise.all([
    listUntracked(git),
    readFields(git, ['ls-files', '-s', '-z'], (field) => {
      const mode = field.toString('latin1', 0, '100'.length);
      const paths = mode === '100' ? files : mode === '120' ? links : null;
      paths?.add(decodePath(field.subarray(field.indexOf(0x09) + 1)));
    }),
  ]);
  return { files: [...files, ...untracked], links: [...links] };
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
async function blobs(git: Git, args: readonly string[], head: RegExp): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  await readFields(git, args, (field) => {
    const tab = field.indexOf(0x09);
    const found = head.exec(field.toString('latin1', 0, tab));
    if (!found?.[1]) return;
    const isLink = found[0].startsWith('120');
    files.push({ path: decodePath(field.subarray(tab + 1)), oid: found[1], isLink });
  });
  return files;
}
