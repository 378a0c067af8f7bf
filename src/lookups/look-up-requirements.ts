import { findEcosystem } from '../ecosystems/index.ts';
import type { Fact } from '../model/evidence.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { PinnedPackage } from '../model/policy.ts';
import type { RunContext } from './look-up-packages.ts';
import { lookUpName } from './look-up-packages.ts';

/** A package, and those of which somebody says that they need it, in the versions that are taken. */
export interface RequirementQuestion {
  readonly package: Package;
  readonly neededBy: readonly PinnedPackage[];
}

/**
 * Asks the metadata of packages, in the versions that are taken, whether one of them needs another one.
 *
 * @returns `present` where one of them does, `absent` where all of them are known and none does.
 */
export async function lookUpRequirement(
  { package: subject, neededBy }: RequirementQuestion,
  context: RunContext,
): Promise<Fact<boolean>> {
  const facts = await Promise.all(neededBy.map((parent) => requirementsOf(parent, context)));
  const requirementFacts = facts.flatMap((fact) => (fact.state === 'present' ? [fact] : []));
  const ecosystem = findEcosystem(subject.ecosystem);
  const needing = requirementFacts.find(({ value }) =>
    value.some((name) => (ecosystem?.canonical(name) ?? name) === subject.name),
  );
  if (needing !== undefined) return { ...needing, value: true };
  for (const fact of facts) if (fact.state === 'unknown' || fact.state === 'notAsked') return fact;
  const [first] = requirementFacts;
  return first === undefined
    ? { state: 'unknown', reason: 'no package is said to need it' }
    : { state: 'absent', asOf: first.asOf };
}

async function requirementsOf(
  { package: parent, version }: PinnedPackage,
  context: RunContext,
): Promise<Fact<readonly string[]>> {
  const { answer, versionArchive } = await lookUpName(parent, context, version);
  if (answer.kind === 'unknown' || answer.kind === 'notAsked')
    return { state: answer.kind, reason: answer.reason };
  const archives = context.registries.get(parent.ecosystem)?.archives ?? null;
  if (archives === null)
    return { state: 'unknown', reason: `${packageLabel(parent)} has no metadata to look into` };
  // The registry may write the version otherwise: 3.0.0 is 3.
  const archive = versionArchive?.version === version ? versionArchive.archive : null;
  if (!archive)
    return {
      state: 'unknown',
      reason: `its registry has no archive of ${packageLabel(parent)} ${version ?? ''}`.trimEnd(),
    };
  return archives.requirementsOf(archive, context.clock.now(), context.http.send.bind(context.http));
}
