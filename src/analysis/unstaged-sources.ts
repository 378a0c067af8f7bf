import type { Elsewhere, OpenSource } from '../model/finding.ts';
import { isApprovedFrom } from '../policy/foreign-source.ts';
import { decisionsIn, unstagedText, type HintSources } from './hints.ts';

/**
 * @returns By the order of the sources: that the whitelist of the work tree approves one for all that comes from there,
 *   which the one that judges does not; null where it does not either.
 */
export async function unstagedSourceApprovals(
  sources: readonly OpenSource[],
  {
    scope: { workTree, policy: policyState },
    states,
    policy,
  }: Pick<HintSources, 'scope' | 'states' | 'policy'>,
): Promise<readonly (Elsewhere | null)[]> {
  const decide = workTree && (await decisionsIn(states.files(workTree), states.files(policyState), policy));
  if (!decide) return [];
  const { whitelistFile } = policy;
  return sources.map(({ named, value }) =>
    named.length > 0 && named.every((subject) => isApprovedFrom(subject, value, decide))
      ? { text: unstagedText('that source', whitelistFile), next: [`git add ${whitelistFile}`] }
      : null,
  );
}
