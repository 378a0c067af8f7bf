import { configPlaces } from '../config/find.ts';
import { loosenedConfig } from '../config/diff.ts';
import type { Files } from '../model/language.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Scope } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import { loosened } from '../whitelist/diff.ts';
import { readPolicy, type Policy, type PolicyOptions } from './policy.ts';

/**
 * Every way in which a change loosens policy. In a merge, what one of the parents had is nothing new.
 *
 * @param policy The policy that judges, which may be that of the base.
 */
export async function policyChanges(
  scope: Scope,
  policy: Policy,
  options: PolicyOptions,
): Promise<readonly PolicyChange[]> {
  const next = filesOf(scope.next);
  const perBase = await Promise.all(
    scope.bases.map(async (base) => {
      const files = filesOf(base);
      if (await equalIn([next, files], policyFiles(policy))) return [];
      const [before, after] = [await readPolicy(files, options), await readPolicy(next, options)];
      return [
        ...loosened(before.whitelist, after.whitelist),
        ...loosenedConfig(before.config, after.config, options.rules),
      ];
    }),
  );
  const [first = [], ...others] = perBase;
  return first.filter(({ what }) =>
    others.every((changes) => changes.some((change) => change.what === what)),
  );
}

/** The files that a policy was read from, and those that it would have been read from had they existed. */
function policyFiles({ config, whitelist }: Policy): string[] {
  const own = config.source ? [config.source.file] : [];
  return [...new Set([...configPlaces, ...own, ...whitelist.files])];
}

/** Most changes leave the policy alone: equal texts need no reading. */
async function equalIn([one, other]: readonly [Files, Files], paths: readonly string[]): Promise<boolean> {
  const equal = await Promise.all(
    paths.map(async (path) => (await one.text(path)) === (await other.text(path))),
  );
  return !equal.includes(false);
}
