import type { Fact } from '../model/evidence.ts';
import type { PackageEvidence, Provider } from '../model/finding.ts';
import type { ApprovalQuestion, Lookup, ProjectNames } from '../model/lookup.ts';
import { purl, type EcosystemId, type Package } from '../model/package.ts';
import type { Reference, Use } from '../model/reference.ts';
import type { UseWithStatus } from '../model/status.ts';
import type { NonEmpty } from '../model/text.ts';
import type { KnownPackage } from '../similar-names/name-index.ts';
import type { Policy } from '../policy/policy.ts';
import { isUndecided } from '../policy/status.ts';
import { withDependents } from './dependent-evidence.ts';
import { evidenceFor, type UnapprovedPackage } from './evidence-for.ts';
import type { LookupOptions } from './lookup-options.ts';
import { reasonsOf, reservedNames, type ReservedName } from './reserved-names.ts';
import { installedProviders, type ProvidedUse, type ProviderSearch } from './module-providers.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import type { Installation } from '../model/installed.ts';
import type { Machine } from '../model/registry.ts';

/** What the outside is asked with. */
export interface LookupSettings {
  readonly policy: Policy;
  readonly lookup: 'on' | 'off' | 'offline';
  /** For all questions together, in milliseconds. */
  readonly budget: number;
  readonly machine: Machine;
  /** What is installed for the project, of packages of one ecosystem. */
  readonly installed: ProviderSearch['installed'];
  readonly installation: () => Promise<Installation>;
}

/**
 * Asks names and registries about packages that nobody approved: one question for each package. The
 * answers grade findings and suggest what was meant; they decide nothing.
 *
 * @returns One item for each use and for each approval, in their order.
 */
export async function lookUpEvidence(
  { uses, approvals }: QuestionsOfChange,
  project: ProjectNames,
  curiosity: LookupSettings,
): ReturnType<Lookup> {
  const knownPackages = knownIn(project, curiosity.policy);
  const started = performance.now();
  const usesOfPackages = uses.map(({ use }) => use);
  const options = await withSharedAnswers(await lookupOptionsOf(project, curiosity, usesOfPackages));
  const { entries } = curiosity.policy.whitelist;
  const search = { project, entries, options, installed: curiosity.installed };
  const { providers, archives } = await installedProviders(uses, search);
  // A name that the project itself tells to be a module of something else is nobody's business.
  const open = unapprovedIn(uses).filter((subject) => !providers.has(purl(subject.package)));
  const reserved = await reservedNames(
    open.map((question) => question.package),
    { declared: project.declared, entries },
    options,
  );
  const isReserved = (subject: Package) => reserved.some((name) => purl(name.package) === purl(subject));
  const free = open.filter((question) => !isReserved(question.package));
  const [first, inArchives] = await Promise.all([
    evidenceFor([...free, ...approvals.map(questionAbout)], knownPackages, options),
    archives(),
  ]);
  const later = await evidenceFor(
    open.filter((question) => !free.includes(question)),
    knownPackages,
    {
      ...options,
      budget: Math.max(0, options.budget - (performance.now() - started)),
      reserved: reasonsOf(reserved.filter((name) => !isTold(name, inArchives))),
    },
  );
  const knowledge = new Map([...first.knowledge, ...later.knowledge]);
  const lookups = later.lookups === 'asked' || first.lookups === 'none' ? later.lookups : first.lookups;
  const about = (subject: Package) => knowledge.get(purl(subject)) ?? nothing;
  const providedBy = (subject: Package): ProvidedUse | undefined => {
    const provider = providers.get(purl(subject));
    return provider ? { provider, inspected: [], uninspected: [] } : inArchives.get(purl(subject));
  };
  const useEvidence = uses.map((use) =>
    spelledFor(use.use, evidenceOf(use, providedBy(use.use.package), about)),
  );
  return {
    knowledge: await withDependents(
      useEvidence,
      uses.map((use, at) => undecidedSubject(use, useEvidence[at]?.provider)),
      { project, deadline: started + options.budget },
    ),
    approvals: await withRequirements(
      approvals,
      await Promise.all(approvals.map((question) => approvalEvidence(question, about))),
      options,
    ),
    lookups,
  };
}

/** What asks is loaded only where something is asked. */
async function withSharedAnswers(options: LookupOptions): Promise<LookupOptions> {
  if (options.lookup !== 'on') return options;
  const { SharedAnswers } = await import('./shared-answers.ts');
  return { ...options, shared: new SharedAnswers() };
}

/** Whether an archive has told that a package provides other modules. */
function isTold(
  { package: subject, provider }: ReservedName,
  inArchives: ReadonlyMap<string, ProvidedUse>,
): boolean {
  const use = inArchives.get(purl(subject));
  return use?.provider === null && use.inspected.some((inspected) => purl(inspected) === purl(provider));
}

/** @returns The packages that provide what some uses import, by the package URL that the import seems to lead to. */
export async function findProviders(
  uses: readonly UseWithStatus[],
  project: ProjectNames,
  curiosity: LookupSettings,
): Promise<ReadonlyMap<string, Provider>> {
  const options = await lookupOptionsOf(project, curiosity);
  const { entries } = curiosity.policy.whitelist;
  const { providers, archives } = await installedProviders(uses, {
    project,
    entries,
    options,
    installed: curiosity.installed,
  });
  const inArchives = [...(await archives())].flatMap(([key, { provider }]): [string, Provider][] =>
    provider === null ? [] : [[key, provider]],
  );
  return new Map([...providers, ...inArchives]);
}

/** What is said of an import that another package provides is said of that one. */
function evidenceOf(
  { use, status }: UseWithStatus,
  provided: ProvidedUse | undefined,
  about: (subject: Package) => PackageEvidence,
): PackageEvidence {
  if (status.kind === 'unapproved' && status.provides) return missingModule(use, status.provides);
  const provider = provided?.provider ?? null;
  if (provider === null) return withUninspected(about(use.package), provided?.uninspected ?? []);
  return provider.record === 'proposed'
    ? { ...about(provider.package), provider }
    : { grade: 'unrecorded', evidence: [], suggestions: [], provider };
}

/** @returns The package of a use that nobody decided about; null where there is none. */
function undecidedSubject({ use, status }: UseWithStatus, provider: Provider | undefined): Package | null {
  if (!isUndecided(status) || (status.kind === 'unapproved' && status.provides)) return null;
  if (provider === undefined) return use.package;
  return provider.record === 'proposed' ? provider.package : null;
}

/** What nobody could look into may provide the import; which module of it is meant, its name does not tell. */
function withUninspected(evidence: PackageEvidence, uninspected: readonly Package[]): PackageEvidence {
  const keys = new Set(uninspected.map((subject) => purl(subject)));
  const suggestions = evidence.suggestions.filter((suggestion) => !keys.has(purl(suggestion.package)));
  return { ...evidence, suggestions, uninspected };
}

/** A command that installs a package names no module of it. */
function namesModule({ form }: Reference): boolean {
  return form === 'module';
}

/** Manifests, and commands that install, name a package by its own name; programs by what they import. */
function spelledFor({ references }: Use, evidence: PackageEvidence): PackageEvidence {
  if (references.some(namesModule)) return evidence;
  const suggestions = evidence.suggestions.map((meant) => ({ ...meant, specifier: meant.package.name }));
  return { ...evidence, suggestions };
}

/** Of an approval nobody knows how programs import it; a module that is given to a package is looked for in its archive. */
function questionAbout({ package: subject, module }: ApprovalQuestion): UnapprovedPackage {
  return { package: subject, specifier: subject.name, modules: [], isInspected: module !== null };
}

/** A module that the archive of a package does not have is said to be false; of one that it has there is nothing to say. */
async function approvalEvidence(
  { package: subject, module }: ApprovalQuestion,
  about: (subject: Package) => PackageEvidence,
): Promise<PackageEvidence> {
  const evidence = about(subject);
  if (module === null) return evidence;
  const moduleNames = await findEcosystem(subject.ecosystem)?.modules?.();
  const { shown } = evidence;
  const isFalse = shown !== undefined && moduleNames?.moduleAround(module, shown.modules) === undefined;
  return isFalse ? { ...evidence, grade: 'unproven' } : { ...nothing, grade: 'exists' };
}

/** Adds to what is known of packages whether others need them, as a file says. */
async function withRequirements(
  questions: readonly ApprovalQuestion[],
  knowledge: readonly PackageEvidence[],
  options: LookupOptions,
): Promise<readonly PackageEvidence[]> {
  const open = questions.flatMap((question) =>
    question.module === null && question.neededBy !== undefined
      ? [{ question, package: question.package, neededBy: question.neededBy }]
      : [],
  );
  if (open.length === 0 || options.lookup !== 'on') return knowledge;
  const { requirementsFromRegistries } = await import('./index.ts');
  const facts = await requirementsFromRegistries(open, options);
  const factOf = new Map(
    open.map(({ question }, at): [ApprovalQuestion, Fact<boolean> | undefined] => [question, facts[at]]),
  );
  return knowledge.map((evidence, at) => {
    const question = questions[at];
    const fact = question && factOf.get(question);
    if (!fact) return evidence;
    const source = question.package.ecosystem;
    return { ...evidence, evidence: [...evidence.evidence, { fact: 'needed', source, ...fact }] };
  });
}

/** What a change uses, and what it approves. */
export interface QuestionsOfChange {
  readonly uses: readonly UseWithStatus[];
  readonly approvals: readonly ApprovalQuestion[];
}

/** What to import instead of a module that the package does not have. */
function missingModule(
  { package: subject, references: [{ specifier }] }: UseWithStatus['use'],
  [module]: NonEmpty<string>,
): PackageEvidence {
  const suffix = specifier.slice(
    (findEcosystem(subject.ecosystem)?.packagePart(specifier) ?? specifier).length,
  );
  const suggestion = { package: subject, specifier: `${module}${suffix}`, why: `it provides ${module}` };
  return { grade: 'unproven', evidence: [], suggestions: [suggestion] };
}

const nothing: PackageEvidence = { grade: 'not-asked', evidence: [], suggestions: [] };

/** Each unapproved package once, with all that is imported from it. */
function unapprovedIn(uses: readonly UseWithStatus[]): UnapprovedPackage[] {
  const packagesByPurl = new Map<string, UnapprovedPackage>();
  for (const { use, status } of uses) {
    if (!isUndecided(status) || (status.kind === 'unapproved' && status.provides)) continue;
    const imported = use.references.filter(({ kind }) => kind !== 'dependency');
    const previous = packagesByPurl.get(purl(use.package));
    const reference = imported.find(namesModule) ?? imported[0];
    const specifier = reference?.specifier ?? previous?.specifier ?? use.references[0].specifier;
    const hasModules = (findEcosystem(use.package.ecosystem)?.modules ?? null) !== null;
    const modules = hasModules ? imported.filter(namesModule).map((item) => item.specifier) : [];
    const all = [...new Set([...(previous?.modules ?? []), ...modules])];
    const alternatives = alternativesOf(imported, use.package) ?? previous?.alternatives;
    packagesByPurl.set(purl(use.package), {
      package: use.package,
      specifier,
      modules: all,
      ...(alternatives && { alternatives }),
    });
  }
  return [...packagesByPurl.values()];
}

/** @returns Where else what is named may lie; undefined where a package is named, or told by its name. */
function alternativesOf(imported: readonly Reference[], subject: Package): readonly Package[] | undefined {
  if (findEcosystem(subject.ecosystem)?.holdersOf === undefined) return undefined;
  const [origin] = imported.flatMap((reference) =>
    reference.origin.kind === 'package' && purl(reference.origin.package) === purl(subject)
      ? [reference.origin]
      : [],
  );
  return origin !== undefined && origin.alternatives.length > 0 ? origin.alternatives : undefined;
}

/**
 * @param uses Where packages are used that are asked about.
 * @returns How registries may be asked about the packages of a project.
 */
export async function lookupOptionsOf(
  project: ProjectNames,
  curiosity: LookupSettings,
  uses: readonly Use[] = [],
): Promise<LookupOptions> {
  const { lookup, budget, machine, policy, installation } = curiosity;
  const { config } = policy;
  const places = placesOfUses(uses);
  const programs = [...new Set(uses.map(({ file }) => file))];
  const { trusted, proposed, declaredIn } = await project.registryFiles(programs);
  return {
    lookup: config.lookup === 'off' ? 'off' : lookup,
    budget,
    youngDays: config.youngDays,
    machine,
    installation: await installation(),
    repository: trusted,
    proposed,
    placesOf: (subject) => ({ declared: declaredIn(subject), used: places.get(purl(subject)) ?? [] }),
    ...configuredIn(config.registries, project.baseRegistries),
    privateNames: [
      ...config.privateNames,
      ...project.basePrivateNames,
      ...project.own.map(({ name }) => name),
    ],
    versionsOf: project.versionsOf,
  };
}

/** What the project approved or declared: names are compared with these before the well-known ones. */
export function knownIn({ declared }: ProjectNames, { whitelist }: Policy): KnownPackage[] {
  const decided = whitelist.entries.filter(({ kind }) => kind === 'approved' || kind === 'baseline');
  return [
    ...decided.map(({ ecosystem, name, imports }) => ({ ecosystem, name, modules: imports })),
    ...declared.map((declaredPackage) => ({ ...declaredPackage, modules: [] })),
  ];
}

/** What no base has is new; in its place counts what a base has. */
function configuredIn(
  configured: Policy['config']['registries'],
  baseRegistries: ProjectNames['baseRegistries'],
): Pick<LookupOptions, 'configured' | 'configuredNow'> {
  const registries = firstRegistries(configured);
  const bases = baseRegistries.map(firstRegistries);
  const isOld = ([id, url]: readonly [EcosystemId, string]) => bases.some((base) => base.get(id) === url);
  const [oldEntries, newEntries] = [
    [...registries].filter(isOld),
    [...registries].filter((entry) => !isOld(entry)),
  ];
  return {
    configured: new Map([...bases.flatMap((base) => [...base]), ...oldEntries]),
    configuredNow: new Map(newEntries),
  };
}

/** @returns The registry of each ecosystem that is asked: the first one that the config names. */
function firstRegistries(registries: Policy['config']['registries']): ReadonlyMap<EcosystemId, string> {
  return new Map([...registries].map(([id, [registry]]) => [id, registry]));
}

/** @returns The files that use packages, by package URL. */
function placesOfUses(uses: readonly Use[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { package: subject, file } of uses) {
    const files = places.get(purl(subject)) ?? [];
    files.push(file);
    places.set(purl(subject), files);
  }
  return places;
}
