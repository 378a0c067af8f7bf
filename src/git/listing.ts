import { runGit, type Git } from './git.ts';
import { decodePath, pathsIn, splitZ } from './paths.ts';

/** A regular file of the index or a tree. */
export interface ListedFile {
  readonly path: string;
  readonly oid: string;
}

/** @returns The regular files of the index at stage 0: no symbolic links, no submodules. */
export async function listIndex(git: Git): Promise<ListedFile[]> {
  return regularFiles(await runGit(git, ['ls-files', '-s', '-z']), /^100\d{3} ([0-9a-f]+) 0$/);
}

/** @returns The regular files of a tree or commit. */
export async function listTree(git: Git, tree: string): Promise<ListedFile[]> {
  return regularFiles(
    await runGit(git, ['ls-tree', '-r', '-z', '--full-tree', tree]),
    /^100\d{3} blob ([0-9a-f]+)$/,
  );
}

/** @returns The paths that git tracks and those that it neither tracks nor ignores. */
export async function listWorkTree(git: Git): Promise<string[]> {
  const output = await runGit(git, ['ls-files', '-z', '-c', '-o', '--exclude-standard']);
  return [...new Set(pathsIn(output))];
}

/** @returns The paths that git neither tracks nor ignores. */
export async function listUntracked(git: Git): Promise<string[]> {
  return pathsIn(await runGit(git, ['ls-files', '-z', '-o', '--exclude-standard']));
}

function regularFiles(output: Buffer, head: RegExp): ListedFile[] {
  const files: ListedFile[] = [];
  for (const field of splitZ(output)) {
    const tab = field.indexOf(0x09);
    const found = head.exec(field.toString('latin1', 0, tab));
    if (found?.[1]) files.push({ path: decodePath(field.subarray(tab + 1)), oid: found[1] });
  }
  return files;
}
