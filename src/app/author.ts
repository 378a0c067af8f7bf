import { nextAuthor } from '../git/authors.ts';
import type { Git } from '../git/git.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import { UsageError } from './usage-error.ts';

/**
 * @returns Who decides, as git writes authors: `Ada L <ada@example.org>`.
 * @throws UsageError when git does not know who that is.
 */
export async function authorOf(git: Git): Promise<string> {
  const author = await nextAuthor(git);
  if (author !== null) return author;
  throw new UsageError(
    'git has no user name or email',
    'Set them with `git config user.name "…"` and `git config user.email "…"`.',
  );
}

/** @returns Who commits next, as git writes authors; null where git knows no name, and outside of a repository. */
export async function nextAuthorOf({ repository }: ProjectLocation): Promise<string | null> {
  return repository === null ? null : nextAuthor(repository.git);
}
