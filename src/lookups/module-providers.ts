import { findEcosystem, isThisTool } from '../ecosystems/index.ts';
import type { Fact } from '../model/evidence.ts';
import type { Provider } from '../model/finding.ts';
import type { DeclaredPackages, ProjectNames } from '../model/lookup.ts';
import type { ModuleNames, ShownModules } from '../model/module-names.ts';
import { packageLabel, purl, type EcosystemId, type Package } from '../model/package.ts';
import { isInstall } from '../model/reference.ts';
import type { Entry, UseWithStatus } from '../model/status.ts';
import { keyOf, NameIndex } from '../similar-names/name-index.ts';
import { GramIndex } from '../similar-names/ngrams.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { toldModules } from '../similar-names/told-modules.ts';
import { isScopePattern } from '../whitelist/key.ts';
import type { LookupOptions } from './lookup-options.ts';

/** Where the modules of packages are looked for. */
export interface ProviderSearch {
  readonly project: ProjectNames;
  readonly entries: readonly Entry[];
  readonly options: LookupOptions;
  /** What is installed for the project, by the name of the package. */
  readonly installed: (
    ecosystem: EcosystemId,
    names: ReadonlySet<string>,
  ) => Promise<ReadonlyMap<string, ShownModules>>;
}

/** What was found out about the package that an import seems to lead to. */
export interface ProvidedUse {
  readonly provider: Provider | null;
  /** Packages that were looked into. */
  readonly inspected: readonly Package[];
  /** Packages of which nobody could tell what they provide. */
  readonly uninspected: readonly Package[];
}

/** What is installed told, and what is left to ask registries about. */
export interface InstalledProviders {
  /** By the package URL that an import seems to lead to. */
  readonly providers: ReadonlyMap<string, Provider>;
  /** Looks into the archives of registries for the other imports. The answer has an item for each import. */
  readonly archives: () => Promise<ReadonlyMap<string, ProvidedUse>>;
}

/**
 * An import that only its own name leads to a package may be a module of another one that the project knows: `skfem` of
 * `scikit-fem`. Looks for that one in what is installed. What is found grades a finding and decides nothing.
 */
export async function installedProviders(
  uses: readonly UseWithStatus[],
  search: ProviderSearch,
): Promise<InstalledProviders> {
  const searches: EcosystemSearch[] = [];
  for (const id of new Set(uses.map(({ use }) => use.package.ecosystem))) {
    const ecosystemSearch = await searchIn(id, uses, search);
    if (ecosystemSearch !== null) searches.push(ecosystemSearch);
  }
  const providers = searches.flatMap((ecosystemSearch) =>
    ecosystemSearch.imports.flatMap((module): [string, Provider][] => {
      const provider = providerIn(module, ecosystemSearch, ecosystemSearch.installed);
      return provider === undefined ? [] : [[purl(module.package), provider]];
    }),
  );
  return {
    providers: new Map(providers),
    archives: async () => {
      const results = await Promise.all(
        searches.map((ecosystemSearch) => searchArchives(ecosystemSearch, search.options)),
      );
      return new Map(results.flatMap((map) => [...map]));
    },
  };
}

interface WantedModule {
  readonly package: Package;
  readonly module: string;
}

/** A package that may provide more than is known of it. */
interface Candidate {
  readonly provider: Provider;
  /** The version whose modules are recorded; null where nothing is. */
  readonly recorded: string | null;
}

/** What is looked for in one ecosystem, and where. */
interface EcosystemSearch {
  readonly imports: readonly WantedModule[];
  readonly candidates: readonly Candidate[];
  readonly moduleNames: ModuleNames;
  readonly installed: ReadonlyMap<string, ShownModules>;
}

async function searchIn(
  id: EcosystemId,
  uses: readonly UseWithStatus[],
  search: ProviderSearch,
): Promise<EcosystemSearch | null> {
  const ecosystem = findEcosystem(id);
  const moduleNames = await ecosystem?.modules?.();
  if (ecosystem === undefined || moduleNames === undefined) return null;
  const names = new NameIndex([], await loadPopular([id]));
  const isWellKnown = (name: string) => names.tierOf({ ecosystem: id, name }) !== undefined;
  const imports = wantedModules(
    uses.filter(({ use }) => use.package.ecosystem === id && !isWellKnown(use.package.name)),
    moduleNames,
  );
  if (imports.length === 0) return null;
  const providers = [...(await knownProviders(search)), ...installedBy(uses)];
  const candidates = candidatesIn(id, providers, await toldModules(ecosystem));
  const candidateNames = new Set(candidates.map(({ provider }) => provider.package.name));
  const installed = await search.installed(id, candidateNames);
  return { imports, candidates, moduleNames, installed };
}

function wantedModules(uses: readonly UseWithStatus[], moduleNames: ModuleNames): readonly WantedModule[] {
  const imports = new Map<string, WantedModule>();
  for (const { use, status } of uses) {
    const isOpen = status.kind === 'unapproved' ? status.provides === undefined : status.kind === 'in-use';
    const imported = use.references.find(
      ({ form, specifier }) => form === 'module' && moduleNames.isGuess(specifier),
    );
    const key = purl(use.package);
    if (isOpen && imported && !imports.has(key))
      imports.set(key, { package: use.package, module: imported.specifier });
  }
  return [...imports.values()];
}

async function knownProviders({ project, entries }: ProviderSearch): Promise<readonly Candidate[]> {
  return [...decided(entries), ...declared(await project.lines())];
}

/** Packages whose modules nobody recorded, and such of which a newer version may have more. */
function candidatesIn(
  id: EcosystemId,
  providers: readonly Candidate[],
  isTold: (name: string) => boolean,
): readonly Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const candidate of providers) {
    const { ecosystem, name } = candidate.provider.package;
    // This tool is a command: what a program imports is not looked for in it.
    const isOpen =
      ecosystem === id &&
      !isThisTool(candidate.provider.package) &&
      (candidate.recorded !== null || !isTold(name));
    const label = packageLabel(candidate.provider.package);
    if (isOpen && !candidates.has(label)) candidates.set(label, candidate);
  }
  return [...candidates.values()];
}

function decided(entries: readonly Entry[]): readonly Candidate[] {
  return entries
    .filter(({ kind, name }) => (kind === 'approved' || kind === 'baseline') && !isScopePattern(name))
    .map(({ ecosystem, name, file, line, importsOf }) => ({
      provider: { package: { ecosystem, name }, record: 'decided', at: { file, line } },
      recorded: importsOf,
    }));
}

function declared({ trusted, proposed }: DeclaredPackages): readonly Candidate[] {
  return [
    ...trusted.map((line) => ({ provider: { ...line, record: 'declared' as const }, recorded: null })),
    ...proposed.map((line) => ({ provider: { ...line, record: 'proposed' as const }, recorded: null })),
  ];
}

/** What commands of the change install: `%pip install scikit-fem` in a notebook. */
function installedBy(uses: readonly UseWithStatus[]): readonly Candidate[] {
  return uses
    .filter(({ use }) => use.references.some(isInstall))
    .map(({ use }) => ({ provider: { package: use.package, record: 'proposed', at: null }, recorded: null }));
}

/** More archives are not looked into for one run: those come first whose names are like what is imported. */
const MOST_ARCHIVES = 20;

async function searchArchives(
  ecosystemSearch: EcosystemSearch,
  options: LookupOptions,
): Promise<ReadonlyMap<string, ProvidedUse>> {
  const { imports, candidates, installed } = ecosystemSearch;
  const open = imports.filter((module) => providerIn(module, ecosystemSearch, installed) === undefined);
  if (open.length === 0) return new Map();
  const isRead = ({ provider, recorded }: Candidate) => {
    const shown = installed.get(provider.package.name);
    return shown !== undefined && (recorded === null || shown.version === recorded);
  };
  const unread = byLikeness(
    candidates.filter((candidate) => !isRead(candidate)),
    open,
  );
  const facts = await factsOf(unread.slice(0, MOST_ARCHIVES), options);
  const archives = shownIn(facts, unread);
  // What its registry does not have provides nothing.
  const isTold = (subject: Package) =>
    archives.has(subject.name) || facts.get(purl(subject))?.state === 'absent';
  const uninspected = unread
    .filter(({ provider, recorded }) => recorded === null && !isTold(provider.package))
    .map(({ provider }) => provider.package);
  const inspected = candidates
    .map(({ provider }) => provider.package)
    .filter(({ name }) => installed.has(name) || archives.has(name));
  return new Map(
    open.map((module): [string, ProvidedUse] => {
      const provider = providerIn(module, ecosystemSearch, archives) ?? null;
      const otherPackages = uninspected.filter((subject) => purl(subject) !== purl(module.package));
      return [
        purl(module.package),
        { provider, inspected, uninspected: provider === null ? otherPackages : [] },
      ];
    }),
  );
}

async function factsOf(
  candidates: readonly Candidate[],
  options: LookupOptions,
): Promise<ReadonlyMap<string, Fact<ShownModules>>> {
  if (options.lookup !== 'on') return new Map();
  const { modulesFromRegistries } = await import('./index.ts');
  return modulesFromRegistries(
    candidates.map(({ provider }) => provider.package),
    options,
  );
}

function shownIn(
  facts: ReadonlyMap<string, Fact<ShownModules>>,
  candidates: readonly Candidate[],
): ReadonlyMap<string, ShownModules> {
  const shown = new Map<string, ShownModules>();
  for (const { provider } of candidates) {
    const fact = facts.get(purl(provider.package));
    if (fact?.state === 'present') shown.set(provider.package.name, fact.value);
  }
  return shown;
}

function providerIn(
  { package: subject, module }: WantedModule,
  { candidates, moduleNames }: EcosystemSearch,
  shown: ReadonlyMap<string, ShownModules>,
): Provider | undefined {
  return candidates.find(({ provider }) => {
    if (purl(provider.package) === purl(subject)) return false;
    const modules = shown.get(provider.package.name)?.modules ?? [];
    return moduleNames.moduleAround(module, modules) !== undefined;
  })?.provider;
}

/** What is not recorded at all comes before what a newer version may have. */
function byLikeness(
  candidates: readonly Candidate[],
  imports: readonly WantedModule[],
): readonly Candidate[] {
  const packages = candidates.map(({ provider }) => provider.package);
  const index = new GramIndex(packages.map(({ name, ecosystem }) => keyOf(name, ecosystem)));
  const likeness = candidates.map(({ recorded }) => ({ least: recorded === null ? 1 : 0, most: 0 }));
  for (const { module, package: subject } of imports) {
    for (const { at, shared } of index.sharing(keyOf(module, subject.ecosystem), 0)) {
      const best = likeness[at];
      if (best !== undefined) best.most = Math.max(best.most, shared);
    }
  }
  const ranked = candidates.map((candidate, at) => {
    const { least, most } = likeness[at] ?? { least: 0, most: 0 };
    return { candidate, rank: least + most };
  });
  return ranked.sort((left, right) => right.rank - left.rank).map(({ candidate }) => candidate);
}
