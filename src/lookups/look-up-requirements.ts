import { array, object, string } from 'valibot';
import { findEcosystem } from '../ecosystems/index.ts';
import type { Fact } from '../model/evidence.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { PinnedPackage } from '../model/policy.ts';
import type { Archive, PackageRequirement } from '../model/registry.ts';
import type { CacheKey, Schema } from './cache.ts';
import { isPast } from './freshness.ts';
import { lookUpName, type RunContext } from './look-up-name.ts';

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
  const needing = requirementFacts.find(({ value }) => value.some(({ name }) => name === subject.name));
  if (needing !== undefined) return { ...needing, value: true };
  for (const fact of facts) if (fact.state === 'unknown' || fact.state === 'notAsked') return fact;
  const [first] = requirementFacts;
  return first === undefined
    ? { state: 'unknown', reason: 'no package is said to need it' }
    : { state: 'absent', asOf: first.asOf };
}

/**
 * Asks what a package needs, in the version that is taken.
 *
 * @returns With canonical names; a reason where nobody can tell.
 */
export async function requirementsOf(
  { package: parent, version }: PinnedPackage,
  context: RunContext,
): Promise<Fact<readonly PackageRequirement[]>> {
  const { answer, versionArchive } = await lookUpName(parent, context, version);
  if (answer.kind === 'unknown' || answer.kind === 'notAsked')
    return { state: answer.kind, reason: answer.reason };
  // The registry may write the version otherwise: 3.0.0 is 3.
  const archive = versionArchive?.version === version ? versionArchive.archive : null;
  if (!archive)
    return {
      state: 'unknown',
      reason: `its registry has no archive of ${packageLabel(parent)} ${version ?? ''}`.trimEnd(),
    };
  return requirementsIn(archive, parent, context);
}

/** An archive never changes. */
async function requirementsIn(
  archive: Archive,
  { ecosystem, name }: Package,
  context: RunContext,
): Promise<Fact<readonly PackageRequirement[]>> {
  const archives = context.registries.get(ecosystem)?.archives ?? null;
  if (archives === null) return { state: 'unknown', reason: `${name} has no metadata to look into` };
  const key: CacheKey = { place: `${archive.url}.metadata`, identity: null, name };
  const cached = await context.cache.readValue(key, requirementsSchema);
  if (cached !== null && isPast(cached.asOf, context.clock.now()))
    return { state: 'present', value: cached.requirements, asOf: cached.asOf };
  const send = context.http.send.bind(context.http);
  const fact = await archives.requirementsOf(archive, context.clock.now(), send);
  if (fact.state !== 'present') return fact;
  const canonical = (text: string) => findEcosystem(ecosystem)?.canonical(text) ?? text;
  const requirements = fact.value.map((requirement) => ({
    ...requirement,
    name: canonical(requirement.name),
  }));
  await context.cache.writeValue(key, { requirements, asOf: fact.asOf });
  return { ...fact, value: requirements };
}

const requirementsSchema: Schema<{ requirements: PackageRequirement[]; asOf: string }> = object({
  requirements: array(object({ name: string(), extras: array(string()), onlyWith: array(string()) })),
  asOf: string(),
});
