import { GitError, readFields, type Git } from './git.ts';

/**
 * Takes away the programs that git passes files of the work tree through (`filter.<name>.clean` and
 * `.process`, https://git-scm.com/docs/gitattributes#_filter): a repository's attributes choose the files, and
 * its config the programs. Finding renames starts them.
 *
 * @returns git with those settings emptied, in the environment, where a name may hold any character.
 */
export async function withoutFilters(git: Git): Promise<Git> {
  const names = await filterSettings(git);
  if (names.length === 0) return git;
  const first = Number(git.env['GIT_CONFIG_COUNT'] ?? 0) || 0;
  const settings = names.flatMap((name, at) => [
    [`GIT_CONFIG_KEY_${first + at}`, name] as const,
    [`GIT_CONFIG_VALUE_${first + at}`, name.endsWith('.required') ? 'false' : ''] as const,
  ]);
  const env = { ...git.env, ...Object.fromEntries(settings), GIT_CONFIG_COUNT: String(first + names.length) };
  return { ...git, env };
}

async function filterSettings(git: Git): Promise<string[]> {
  const names = new Set<string>();
  const pattern = '^filter\\..*\\.(clean|process|required)$';
  try {
    const args = ['config', '-z', '--name-only', '--get-regexp', pattern];
    await readFields(git, args, (name) => names.add(name.toString('utf8')));
    return [...names];
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return [];
    throw error;
  }
}
