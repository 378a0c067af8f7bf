import { editFile, removeFile } from './edit-file.ts';
import { readIfThere } from './read-if-there.ts';
import type { WhitelistSession } from './whitelist-session.ts';
import type { EditedPath } from './write-decisions.ts';

/**
 * Puts the files of one edit back as they were before it; what was made is removed. Where somebody has edited one of them
 * since, all of them stay as they are.
 *
 * @returns The path of a file that was edited since; null where everything was put back.
 */
export async function takeBack(
  edited: readonly EditedPath[],
  session: Pick<WhitelistSession, 'edited'>,
): Promise<string | null> {
  for (const { path, after: newText } of edited)
    if ((await readIfThere(session.edited(path).file)) !== newText) return path;
  for (const { path, before: oldText, after: newText } of edited.toReversed()) {
    const isRestored =
      oldText === null
        ? await removeFile(session.edited(path), newText)
        : await editFile(session.edited(path), (text) => Promise.resolve(text === newText ? oldText : null));
    if (!isRestored) return path;
  }
  return null;
}
