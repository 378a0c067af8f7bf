import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { ForeignSource } from '../model/finding.ts';
import type { Dependency, ManifestFormat, RegistryLine } from '../model/manifest.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { isInstall, type Reference, type SourceLine } from '../model/reference.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Policy } from '../policy/policy.ts';
import type { Declarations } from '../declarations/declarations.ts';
import { leadsToOwnFolder, type OwnFolders } from '../declarations/own-folders.ts';
import { isListedRegistry } from '../policy/foreign-source.ts';
import { foreignDependency, foreignRegistry, type SourcePlace } from './foreign-sources.ts';
import { isServedBy } from './served-packages.ts';

type LanguageReference = Reference & { readonly language: string };

/** What a program refers to, apart from what it says of where packages come from. */
export interface ProgramSources {
  readonly references: readonly LanguageReference[];
  readonly sources: readonly ForeignSource[];
}

/** What is known besides a program's text. */
export interface ProgramInspection {
  /** The manifests of the states that count as decided before, and what the program itself says there. */
  readonly trusted: readonly Pick<Declarations, 'hasLine' | 'hasRegistry'>[];
  readonly head: Snapshot;
  readonly formats: readonly ManifestFormat[];
  readonly policy: Policy;
}

/**
 * Reads what the commands and the metadata of a program say of where packages come from, by the rules for lines of
 * manifests: what a manifest of a base or the program at the base says as well is nothing new.
 *
 * @returns The sources, and the references that are left: what comes from elsewhere is not the registry's package.
 */
export async function programSources(
  file: string,
  references: readonly LanguageReference[],
  inspection: ProgramInspection,
): Promise<ProgramSources> {
  const located = references.flatMap((reference) => {
    const { origin } = reference;
    return origin.kind === 'unknown' && origin.line !== undefined ? [{ reference, line: origin.line }] : [];
  });
  const lines = located.map(({ line }) => line);
  const sources = located.map(({ reference, line }) =>
    sourceOf(line, { ...placeOf(reference, file), lines, inspection }),
  );
  const isLine = new Set<LanguageReference>(located.map(({ reference }) => reference));
  return {
    references: references.filter(
      (reference) => !isLine.has(reference) && !isTakenElsewhere(reference, inspection),
    ),
    sources: (await Promise.all(sources)).filter((source) => source !== undefined),
  };
}

function placeOf({ language, place, excerpt }: LanguageReference, file: string): SourcePlace {
  return { file, language, place, excerpt };
}

/** A package that a command or the metadata take from elsewhere; what the config's own indexes serve is approved by name. */
function isTakenElsewhere(reference: LanguageReference, { policy }: ProgramInspection): boolean {
  const { origin } = reference;
  if (origin.kind !== 'package' || !isInstall(reference)) return false;
  const label = packageLabel(origin.package);
  return (origin.lines ?? []).some(({ ecosystem, name, source }) => {
    if (name === null || source.kind !== 'foreign') return false;
    const isListed =
      source.isIndex === true && isListedRegistry(source.value, policy.config.registries.get(ecosystem));
    return packageLabel(packageOf(ecosystem, name)) === label && !isListed;
  });
}

interface LineContext extends SourcePlace {
  /** All that the program newly says. */
  readonly lines: readonly SourceLine[];
  readonly inspection: ProgramInspection;
}

async function sourceOf(
  line: SourceLine,
  { lines, inspection, ...where }: LineContext,
): Promise<ForeignSource | undefined> {
  const { trusted } = inspection;
  if (line.kind === 'dependency') {
    const isKnown = await some(trusted, (base) => base.hasLine(line.dependency, where.file));
    if (isKnown || (await leadsToOwnFolder(line.dependency, where.file, foldersOf(inspection))))
      return undefined;
    return foreignDependency(line.dependency, where);
  }
  const { registry, ecosystem } = line;
  if (await some(trusted, (base) => base.hasRegistry(registry, where.file))) return undefined;
  const served = servedBy(registry, lines);
  const isUnused = registry.registry?.use.kind === 'bound' && served.length === 0;
  return isUnused ? undefined : foreignRegistry(registry, where, { served, wasBound: false, ecosystem });
}

function foldersOf({ formats, policy: { ignores }, head }: ProgramInspection): OwnFolders {
  return { formats, ignores, existing: (paths) => head.having(paths) };
}

/** The packages that the program binds to an index which serves these alone. */
function servedBy({ registry }: RegistryLine, lines: readonly SourceLine[]): readonly Package[] {
  if (registry?.use.kind !== 'bound') return [];
  const bound = lines.flatMap((line): Dependency[] =>
    line.kind === 'dependency' && isServedBy(line.dependency, registry.address) ? [line.dependency] : [],
  );
  const packages = bound.flatMap(({ ecosystem, name }) =>
    name !== null && findEcosystem(ecosystem)?.valid(name) === true ? [packageOf(ecosystem, name)] : [],
  );
  return [...new Map(packages.map((subject) => [packageLabel(subject), subject])).values()];
}

async function some<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await holds(item)) return true;
  return false;
}
