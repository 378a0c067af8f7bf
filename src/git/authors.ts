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

/**
 * A commit with its parents, the first one first, and everybody whom it names: its author, its committer, and who is said
 * to have written it with them.
 */
export interface SignedCommit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly identities: readonly string[];
}

/**
 * Lists the commits of a range that change one of the files, on every branch that was merged into it.
 *
 * @param range `from..to`. @param paths Taken literally, relative to the repository's root.
 * @returns The newest first.
 */
export async function changersOf(
  git: Git,
  range: string,
  paths: readonly string[],
): Promise<readonly SignedCommit[]> {
  const output = (await runGit(git, ['changers', range, '--', ...paths])).toString('utf8');
  // No message holds the character that stands before each commit.
  return output
    .split('\0')
    .slice(1)
    .map((text) => {
      const [revisions = '', author = '', committer = ''] = text.split('\n', 3);
      const [commit = '', ...parents] = revisions.trim().split(' ');
      const coauthors = [...text.matchAll(/^[ \t]*Co-authored-by:(.*)$/gim)].map(([, coauthor = '']) =>
        coauthor.trim(),
      );
      return { commit, parents, identities: [author, committer, ...coauthors] };
    });
}
