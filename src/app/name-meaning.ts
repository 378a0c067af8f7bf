import { findEcosystem } from '../ecosystems/index.ts';
import type { ModuleNames, ModuleProviders } from '../model/module-names.ts';
import { packageLabel, type EcosystemId, type Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import { readPolicy } from '../policy/policy.ts';
import { NameIndex } from '../similar-names/name-index.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { Analysis } from '../analysis/analyse.ts';
import { filesOf } from '../snapshots/files.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** What a bare name means where imports call another package so. */
export interface NameMeaning {
  /** As a person typed it. */
  readonly word: string;
  /** The package whose own name it is. */
  readonly named: Package;
  /** The packages that provide the module of this name, the usual one first; the named one is not among them. */
  readonly providers: readonly Package[];
}

/** Where a name is typed. */
export type NamePlace = Pick<WhitelistSession, 'project'>;

/**
 * Finds out what imports of the project mean by a name: by the bundled map, and by `imports` of what the base has
 * approved or in its baseline. What is requested, or what the change adds, has no say, or who writes it would choose
 * what a person approves.
 *
 * @param word A bare name, without an ecosystem.
 * @returns null where the package of this name is meant.
 */
export async function nameMeaning(
  word: string,
  named: Package,
  { project }: NamePlace,
): Promise<NameMeaning | null> {
  const ecosystem = findEcosystem(named.ecosystem);
  const moduleNames = await ecosystem?.modules?.();
  const module = ecosystem?.importableModule(word);
  if (moduleNames === undefined || module === undefined) return null;
  const listed = listedProviders(module, moduleNames, await baseEntries(named.ecosystem, project));
  const mapped = moduleNames.providersOf(module);
  const longest = Math.max(listed?.module.length ?? 0, mapped?.module.length ?? 0);
  const names = [mapped, listed].flatMap((claim) => (claim?.module.length === longest ? claim.packages : []));
  if (names.length === 0 || names.includes(named.name)) return null;
  const providers = [...new Set(names)].map((name) => ({ ecosystem: named.ecosystem, name }));
  return { word, named, providers };
}

async function baseEntries(
  ecosystem: EcosystemId,
  { scope, policyOptions }: NamePlace['project'],
): Promise<readonly Entry[]> {
  const policies = await Promise.all(
    scope.trustedBases.map((base) => readPolicy(filesOf(base), policyOptions)),
  );
  return policies
    .flatMap(({ whitelist }) => whitelist.entries)
    .filter((entry) => entry.ecosystem === ecosystem && ['approved', 'baseline'].includes(entry.kind));
}

/** @returns The longest module of the entries that a module is, or lies in, and the packages that have it. */
function listedProviders(
  module: string,
  moduleNames: ModuleNames,
  entries: readonly Entry[],
): ModuleProviders | undefined {
  const around = moduleNames.moduleAround(
    module,
    entries.flatMap(({ imports }) => imports),
  );
  if (around === undefined) return undefined;
  const packages = entries.filter(({ imports }) => imports.includes(around)).map(({ name }) => name);
  return { module: around, packages };
}

/**
 * @returns The one package that imports call so.
 * @throws UsageError where several provide the module, and where the name is also that of a package that the project
 *   decided about or declares, or that is widely used: it shows them.
 */
export async function onlyProvider(meaning: NameMeaning, { project }: NamePlace): Promise<Package> {
  const { word, named, providers } = meaning;
  const [only, ...alternatives] = providers;
  const labels = providers.map(packageLabel).join(', ');
  const advice = `(For the distribution ${word}: ${packageLabel(named)}.)`;
  if (only === undefined || alternatives.length > 0)
    throw new UsageError(
      [`${word} is a module of several packages: ${labels}`, 'Nothing was written.'],
      `Name the one that is meant. ${advice}`,
    );
  if (!(await isKnownName(named, project))) return only;
  throw new UsageError(
    [
      `${word} is a module of ${labels}, and ${packageLabel(named)} is a known package`,
      'Nothing was written.',
    ],
    `Name the one that is meant: ${labels} or ${packageLabel(named)}.`,
  );
}

/** Did the project decide about a package of this name, or does its base declare it, or is it widely used? */
async function isKnownName(named: Package, project: NamePlace['project']): Promise<boolean> {
  const { knownIn } = await import('../lookups/project-lookup.ts');
  const { scope, analysisOptions, policy } = project;
  const names = await new Analysis(scope, analysisOptions).projectNames();
  const index = new NameIndex(knownIn(names, policy), await loadPopular([named.ecosystem]));
  return index.tierOf(named) !== undefined;
}

/** @returns A sentence that says whose module a name is, and how its own package is written. */
export function meaningText({ word, named }: NameMeaning, provider: Package, consequence: string): string {
  return `${word} is a module of ${provider.name}${consequence} (For the distribution ${word}: ${packageLabel(named)}.)`;
}
