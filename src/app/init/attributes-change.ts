import nodePath from 'node:path';
import { runGit } from '../../git/git.ts';
import { changeOf, type FileChange } from '../../hook-managers/file-change.ts';
import type { ProjectLocation } from '../../snapshots/scope-request.ts';
import { readIfThere } from '../read-if-there.ts';
import { mergeLine, withLine } from './attributes.ts';

/** The file of a repository's root that says how git merges its files. */
export const ATTRIBUTES = '.gitattributes';

/**
 * Attributes that are set elsewhere, or by another pattern, are as good: git itself is asked.
 *
 * @param whitelist Relative to the root.
 * @returns The edit that lets git join two whitelists; none where it does so already, and outside of a repository.
 */
export async function attributesChange(
  { root, repository }: ProjectLocation,
  whitelist: string,
): Promise<readonly FileChange[]> {
  if (repository === null) return [];
  const output = await runGit(repository.git, ['attribute', 'merge', '--', whitelist]);
  if (output.toString('utf8').split('\0')[2] !== 'unspecified') return [];
  const file = nodePath.join(root, ATTRIBUTES);
  const currentText = await readIfThere(file);
  const newText = withLine(currentText, mergeLine(whitelist));
  return changeOf({ file, before: currentText, after: newText, executable: false });
}
