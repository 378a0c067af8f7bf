import { GitError, runGit, type Git } from '../git/git.ts';
import { UsageError } from './usage.ts';

/**
 * @returns Who decides, as git writes authors: `Ada L <ada@example.org>`.
 * @throws UsageError when git does not know who that is.
 */
export async function authorOf(git: Git): Promise<string> {
  try {
    const ident = (await runGit(git, ['var', 'GIT_AUTHOR_IDENT'])).toString('utf8');
    return ident.replace(/ \d+ [-+]\d{4}\s*$/, '').trim();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UsageError(
      'git does not know who decides',
      'Tell it with `git config user.name "…"` and `git config user.email "…"`.',
    );
  }
}
