import type { HostFile } from '../hosts/module-files.ts';
import type { FileLookup } from './lookup.ts';

/** So many files are read for one host at most, the topmost first. */
const MOST_FILES = 200;

/** Longer ones show nothing that a short one would not: notebooks hold pictures. */
const LONGEST = 2 * 1024 * 1024;

/** @returns The paths of a host's files, those nearest to the top first, no more than are worth reading. */
export function topmost(paths: readonly string[], files: RegExp, most = MOST_FILES): readonly string[] {
  return paths
    .filter((path) => files.test(path))
    .toSorted((left, right) => depthOf(left) - depthOf(right))
    .slice(0, most);
}

/** @returns A file with its text; undefined where there is none, or too much of it. */
export async function readHostFile(path: string, state: FileLookup): Promise<HostFile | undefined> {
  const text = await state.text(path);
  return text === undefined || text.length > LONGEST ? undefined : { path, text };
}

function depthOf(path: string): number {
  return path.split('/').length;
}
