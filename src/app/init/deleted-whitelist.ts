import nodePath from 'node:path';
import { GitError, runGit } from '../../git/git.ts';
import type { ProjectLocation } from '../../snapshots/scope-request.ts';
import { readIfThere } from '../read-if-there.ts';
import { UsageError } from '../usage-error.ts';

/**
 * @param file The whitelist, relative to the root.
 * @returns Whether the work tree has a whitelist.
 * @throws UsageError where it was deleted and the deletion is not committed.
 */
export async function hasWhitelist({ root, repository }: ProjectLocation, file: string): Promise<boolean> {
  if ((await readIfThere(nodePath.join(root, file))) !== null) return true;
  if (repository === null || !(await isCommitted(repository.git, file))) return false;
  throw new UsageError(
    `${file} is in HEAD and missing from the work tree`,
    `Bring it back with \`git restore ${file}\`. A new one would approve what was never decided.`,
  );
}

async function isCommitted(git: Parameters<typeof runGit>[0], file: string): Promise<boolean> {
  try {
    await runGit(git, ['objectId', `HEAD:${file}`]);
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}
