import { GitError, runGit, type Git } from './git.ts';

/** @returns Who writes the next commit, as git writes authors; null where git does not know. */
export async function nextAuthor(git: Git): Promise<string | null> {
  try {
    const ident = (await runGit(git, ['author'])).toString('utf8');
    return ident.replace(/ \d+ [-+]\d{4}\s*$/, '').trim();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

/** @returns Who wrote the newest commit of a range (`from..to`) that changes a file; null where none does. */
export async function lastAuthor(git: Git, range: string, path: string): Promise<string | null> {
  const [, author] = (await runGit(git, ['lastChange', range, '--', path])).toString('utf8').split('\n');
  return author?.trim() ? author.trim() : null;
}
