import { typeOf } from './changes.ts';
import { readFields, type Git } from './git.ts';
import { decodePath } from './paths.ts';

/** What a work tree holds, as git knows it. Untracked links are among the files. */
export interface WorkTreeList {
  readonly files: readonly string[];
  readonly links: readonly string[];
}

/** @returns What git tracks, without submodules, and what it neither tracks nor ignores. */
export async function listWorkTree(git: Git): Promise<WorkTreeList> {
  const [{ files, links }, untracked] = await Promise.all([listTracked(git), listUntracked(git)]);
  return { files: [...files, ...untracked], links };
}

/** @returns What the index has, without submodules; files with conflicts too. */
export async function listTracked(git: Git): Promise<WorkTreeList> {
  // A file with conflicts stands there several times.
  const [files, links] = [new Set<string>(), new Set<string>()];
  await readFields(git, ['tracked'], (field) => {
    const mode = field.toString('latin1', 0, '100'.length);
    const paths = mode === '100' ? files : mode === '120' ? links : null;
    paths?.add(decodePath(field.subarray(field.indexOf(0x09) + 1)));
  });
  return { files: [...files], links: [...links] };
}

/** @returns The symbolic links that the index has: of all other files nothing is kept. */
export async function listLinks(git: Git): Promise<readonly string[]> {
  const links: string[] = [];
  await readFields(git, ['tracked'], (field) => {
    if (typeOf(field, 0) === 'link') links.push(decodePath(field.subarray(field.indexOf(0x09) + 1)));
  });
  return [...new Set(links)];
}

/** @returns The paths that git neither tracks nor ignores. */
export function listUntracked(git: Git): Promise<string[]> {
  return listPaths(git, 'untracked');
}

/** @returns In one go the paths of everything that git tracks, and those that it neither tracks nor ignores. */
export function listAll(git: Git): Promise<string[]> {
  return listPaths(git, 'listed');
}

/** @returns The files that git ignores, and the folders, with a final `/`, in which it ignores everything. */
export function listIgnoredPaths(git: Git): Promise<string[]> {
  return listPaths(git, 'ignored');
}

async function listPaths(git: Git, call: 'untracked' | 'listed' | 'ignored'): Promise<string[]> {
  const paths: string[] = [];
  await readFields(git, [call], (field) => paths.push(decodePath(field)));
  return paths;
}
