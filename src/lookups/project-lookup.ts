import type { PackageEvidence } from '../model/finding.ts';
import type { Files } from '../model/language.ts';
import type { Lookup, ProjectNames } from '../model/lookup.ts';
import { purl, type Package } from '../model/package.ts';
import type { Use } from '../model/reference.ts';
import type { UseWithStatus } from '../model/status.ts';
import type { KnownPackage } from '../similar-names/name-index.ts';
import type { Policy } from '../policy/policy.ts';
import { isUndecided } from '../policy/status.ts';
import { evidenceFor, type UnapprovedPackage } from './evidence-for.ts';
import type { LookupOptions } from './lookup-options.ts';
import { ecosystems, findEcosystem } from '../ecosystems/index.ts';
import type { Machine, RepositoryFile } from '../model/registry.ts';

/** What the outside is asked with. */
export interface LookupSettings {
  readonly policy: Policy;
  /** Files of the state whose policy holds: they say which registry a name belongs to. */
  readonly files: Files;
  readonly lookup: 'on' | 'off' | 'offline';
  /** For all questions together, in milliseconds. */
  readonly budget: number;
  readonly machine: Machine;
}

/**
 * Asks names and registries about packages that nobody approved: one question for each package. The
 * answers grade findings and suggest what was meant; they decide nothing.
 *
 * @returns One item for each use and for each approval, in their order.
 */
export async function lookUpEvidence(
  { uses, approvals }: { readonly uses: readonly UseWithStatus[]; readonly approvals: readonly Package[] },
  project: ProjectNames,
  curiosity: LookupSettings,
): ReturnType<Lookup> {
  const knownPackages = knownIn(project, curiosity.policy);
  const options = await lookupOptionsOf(project, curiosity);
  const { knowledge, lookups } = await evidenceFor(
    [...unapprovedIn(uses), ...approvals.map(questionAbout)],
    knownPackages,
    options,
  );
  const about = (subject: Package) => knowledge.get(purl(subject)) ?? nothing;
  return {
    knowledge: uses.map(({ use }) => spelledFor(use, about(use.package))),
    approvals: approvals.map(about),
    lookups,
  };
}

/** Manifests, and commands that install, name a package by its own name; programs by what they import. */
function spelledFor({ references }: Use, evidence: PackageEvidence): PackageEvidence {
  if (references.some(({ form }) => form === 'module')) return evidence;
  const suggestions = evidence.suggestions.map((meant) => ({ ...meant, specifier: meant.package.name }));
  return { ...evidence, suggestions };
}

/** Of an approval nobody knows how programs import it. */
function questionAbout(subject: Package): UnapprovedPackage {
  return { package: subject, specifier: subject.name, modules: [] };
}

const nothing: PackageEvidence = { grade: 'not-asked', evidence: [], suggestions: [] };

/** Each unapproved package once, with all that is imported from it. */
function unapprovedIn(uses: readonly UseWithStatus[]): UnapprovedPackage[] {
  const packagesByPurl = new Map<string, UnapprovedPackage>();
  for (const { use, status } of uses) {
    if (!isUndecided(status)) continue;
    const imported = use.references.filter(({ kind }) => kind !== 'dependency');
    const previous = packagesByPurl.get(purl(use.package));
    const specifier = imported[0]?.specifier ?? previous?.specifier ?? use.references[0].specifier;
    const hasModules = (findEcosystem(use.package.ecosystem)?.modules ?? null) !== null;
    const modules = hasModules ? imported.map((reference) => reference.specifier) : [];
    const all = [...new Set([...(previous?.modules ?? []), ...modules])];
    packagesByPurl.set(purl(use.package), { package: use.package, specifier, modules: all });
  }
  return [...packagesByPurl.values()];
}

/** @returns How registries may be asked about the packages of a project. */
export async function lookupOptionsOf(
  project: ProjectNames,
  curiosity: LookupSettings,
): Promise<LookupOptions> {
  const { lookup, budget, machine, policy, files } = curiosity;
  const { config } = policy;
  return {
    lookup: config.lookup === 'off' ? 'off' : lookup,
    budget,
    youngDays: config.youngDays,
    machine,
    repository: await repositoryFiles(files),
    configured: config.registries,
    privateNames: [...config.privateNames, ...project.own.map(({ name }) => name)],
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

async function repositoryFiles(files: Files): Promise<RepositoryFile[]> {
  const paths = [...new Set(ecosystems.flatMap(({ registryFiles }) => registryFiles))];
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await files.text(path) })));
  return texts.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
}
