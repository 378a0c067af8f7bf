import type { Snapshot } from '../model/snapshot.ts';
import { decodeText } from '../text/decode.ts';
import { workspaceMatcher } from '../text/globs.ts';
import { foldersAbove, inFolder } from '../text/paths.ts';

/** https://github.com/github-linguist/linguist/blob/main/docs/overrides.md#using-gitattributes */
const MARK = /(?:^|\s)(-?)linguist-(?:vendored|generated)(?:=(\w+))?(?=\s|$)/g;

/**
 * Tells whether states of the project mark a file as one that nobody here wrote, in their `.gitattributes`.
 *
 * @param path - Relative to the repository's root.
 * @returns Whether each state does; false without a state. The nearest file decides, and in it the last line.
 */
export async function isMarkedVendored(path: string, states: readonly Snapshot[]): Promise<boolean> {
  for (const state of states) if (!(await marks(path, state))) return false;
  return states.length > 0;
}

async function marks(path: string, state: Snapshot): Promise<boolean> {
  for (const folder of foldersAbove(path)) {
    const read = await state.read(inFolder(folder, '.gitattributes'));
    if (read.kind !== 'bytes') continue;
    const relativePath = folder === '' ? path : path.slice(folder.length + 1);
    const mark = decodeText(read.bytes)
      .split(/\r?\n/)
      .map((line) => markOf(line, relativePath))
      .findLast((value) => value !== undefined);
    if (mark !== undefined) return mark;
  }
  return false;
}

/** What a line says of a path; undefined where it says nothing of it. */
function markOf(line: string, path: string): boolean | undefined {
  const [pattern = ''] = line.trim().split(/\s/, 1);
  if (pattern === '' || pattern.startsWith('#') || !matches(pattern, path)) return undefined;
  const mark = [...line.matchAll(MARK)].at(-1);
  return mark === undefined ? undefined : mark[1] === '' && mark[2] !== 'false';
}

/** A pattern without a slash is of a name in any folder: https://git-scm.com/docs/gitattributes#_description */
function matches(pattern: string, path: string): boolean {
  return workspaceMatcher([pattern.includes('/') ? pattern.replace(/^\//, '') : `**/${pattern}`])(path);
}
