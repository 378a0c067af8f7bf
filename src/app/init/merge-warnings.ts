import { runGit } from '../../git/git.ts';
import type { InitContext } from './context.ts';

/**
 * @returns What in the whitelist a union merge could tear apart, or has left: entries over several lines, packages and
 *   keys that stand twice. Nothing where git asks people about conflicts.
 */
export async function mergeWarnings({ policy, git }: InitContext): Promise<readonly string[]> {
  const { warnings } = policy.whitelist;
  if (warnings.length === 0) return [];
  const output = await runGit(git, ['attribute', 'merge', '--', policy.whitelistFile]);
  return output.toString('utf8').split('\0')[2] === 'union' ? warnings : [];
}
