import { nextAuthor } from '../git/authors.ts';
import type { Git } from '../git/git.ts';
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
