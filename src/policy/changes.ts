import { loosenedConfig } from '../config/loosened.ts';
import type { Files } from '../model/language.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Scope } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import { loosened, type WhitelistState } from '../whitelist/diff.ts';
import { readPolicy, type Policy, type PolicyOptions } from './policy.ts';

/**
 * Every way in which a change loosens policy. In a merge, what one of the parents had is nothing new.
 * Nothing is read unless the change touches a file of the policy.
 *
 * @param policy The policy that judges, which may be that of the base.
 */
export async function policyChanges(
  scope: Scope,
  policy: Policy,
  options: PolicyOptions,
): Promise<readonly PolicyChange[]> {
  if (scope.bases.length === 0 || !touchesPolicy(scope, policy)) return [];
  const next = filesOf(scope.next);
  const after = scope.policy === scope.next ? policy : await readPolicy(next, options);
  const perBase = await Promise.all(
    scope.bases.map(async (base) => {
      const files = filesOf(base);
      const before = await readPolicy(files, options);
      return [...loosened(stateOf(before), stateOf(after)), ...(await loosenedConfig(before, after))];
    }),
  );
  const [first = [], ...others] = perBase;
  return first.filter(({ what }) =>
    others.every((changes) => changes.some((change) => change.what === what)),
  );
}
