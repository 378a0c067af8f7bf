import { packageOf } from '../ecosystems/index.ts';
import { packageLabel } from '../model/package.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Policy } from '../policy/policy.ts';
import { isScopePattern } from '../whitelist/key.ts';
import type { Declarations } from '../declarations/declarations.ts';

/** The manifests of the state that is judged, and of those that it is compared with. */
export interface DeclaredStates {
  readonly head: Declarations;
  readonly bases: readonly Declarations[];
}

/**
 * Whoever approves a scope approves names that nobody has read yet. The first dependency line of each is listed, so
 * that a reviewer reads it.
 *
 * @returns One change for each package that the head declares, no base does, and a whole scope approves.
 */
export async function newScopeMembers(
  { head, bases }: DeclaredStates,
  { decide }: Pick<Policy, 'decide'>,
): Promise<readonly PolicyChange[]> {
  const declaredBefore = (await Promise.all(bases.map((base) => base.lines()))).flat();
  const baseLabels = new Set(declaredBefore.map(({ dependency }) => labelOf(dependency)));
  const members = new Map<string, PolicyChange>();
  for (const { dependency, at } of await head.lines()) {
    const subject = packageOf(dependency.ecosystem, dependency.name ?? dependency.specifier);
    const label = packageLabel(subject);
    const decision = decide(subject);
    const isMember = decision.kind === 'approved' && isScopePattern(decision.entry.name);
    // One that comes from elsewhere is stopped as a foreign source, which an approval of its scope never covers.
    if (dependency.source.kind !== 'registry') continue;
    if (!isMember || baseLabels.has(label) || members.has(label)) continue;
    const what = `first declared ${label}, which is approved as part of ${packageLabel(decision.entry)}`;
    members.set(label, {
      kind: 'member',
      subject: label,
      ...at,
      what,
      approves: subject,
      by: null,
      reason: null,
    });
  }
  return [...members.values()];
}

function labelOf({
  ecosystem,
  name,
  specifier,
}: {
  ecosystem: string;
  name: string | null;
  specifier: string;
}): string {
  return packageLabel(packageOf(ecosystem, name ?? specifier));
}
