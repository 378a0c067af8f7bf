import type { Snapshot } from '../model/snapshot.ts';
import { decodeText } from '../text/decode.ts';
import { workspaceMatcher } from '../text/globs.ts';
import { foldersAbove, inFolder } from '../text/paths.ts';

/** https://github.com/github-linguist/linguist/blob/main/docs/overrides.md#using-gitattributes */
const MARK = /(?:^|\s)(-?)linguist-(?:vendored|generated)(?:=(\w+))?(?=\s|$)/g;

/**
 * Tells whether states of the project say that nobody here wrote a file: in their `.gitattributes`, or because it is
 * the program that Yarn's settings name.
 *
 * @param path - Relative to the repository's root.
 * @returns What says so in each state, in words; null where one does not, and without a state.
 */
export async function vendoredReason(path: string, states: readonly Snapshot[]): Promise<string | null> {
  let reason: string | null = null;
  for (const state of states) {
    reason = (await marks(path, state))
      ? '.gitattributes says that it is vendored or generated'
      : await yarnReason(path, state);
    if (reason === null) return null;
  }
  return reason;
}

/** A nested project has a Yarn of its own: https://yarnpkg.com/configuration/yarnrc#yarnPath */
async function yarnReason(path: string, state: Snapshot): Promise<string | null> {
  const at = path.indexOf('/.yarn/releases/');
  if (at < 0) return null;
  const settings = inFolder(path.slice(0, at), '.yarnrc.yml');
  const read = await state.read(settings);
  if (read.kind !== 'bytes') return null;
  const names = /^yarnPath:[ \t]*["']?(?:\.\/)?(\.yarn\/releases\/[^\s"'#]+)/m.exec(decodeText(read.bytes));
  return names?.[1] === path.slice(at + 1) ? `it is the Yarn that ${settings} names` : null;
}

/** The nearest file decides, and in it the last line. */
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
