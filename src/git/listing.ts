import { readFields, type Git } from './git.ts';
import { decodePath } from './paths.ts';

/** @returns The paths of the regular files in the index at stage 0: no links, no submodules. */
export function listIndex(git: Git): Promise<string[]> {
  return regularFiles(git, ['ls-files', '-s', '-z'], /^100\d{3} [0-9a-f]+ 0$/);
}

/** @returns The paths of the regular files in a tree or commit. */
export function listTree(git: Git, tree: string): Promise<string[]> {
  return regularFiles(git, ['ls-tree', '-r', '-z', '--full-tree', tree], /^100\d{3} blob /);
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

/** @param head What stands before the tab of such a file. */
async function regularFiles(git: Git, args: readonly string[], head: RegExp): Promise<string[]> {
  const paths: string[] = [];
  await readFields(git, args, (field) => {
    const tab = field.indexOf(0x09);
    if (head.test(field.toString('latin1', 0, tab))) paths.push(decodePath(field.subarray(tab + 1)));
  });
  return paths;
}
