import type { Evidence, Suggestion } from '../model/evidence.ts';
import type { PackageEvidence } from '../model/finding.ts';
import { purl, type Package } from '../model/package.ts';
import { Analysis } from '../analysis/analyse.ts';
import type { EntryContent } from '../whitelist/write.ts';
import { isScopePattern } from '../whitelist/entry.ts';
import { NameIndex, type KnownPackage } from '../similar-names/name-index.ts';
import { popularPackages } from '../ecosystems/popular.ts';
import type { UnapprovedPackage } from '../lookups/evidence-for.ts';
import { installedModules } from '../ecosystems/pypi/installed.ts';
import { lookupSettingsOf } from './check.ts';
import type { WhitelistSession } from './whitelist-session.ts';
import { chooseModules, isMapped, defaultModuleName } from '../ecosystems/pypi/approved-modules.ts';

/** What an approval is to know of its package before a person decides. */
export interface ApprovalDetails {
  readonly package: Package;
  readonly grade: string;
  readonly evidence: readonly Evidence[];
  readonly suggestions: readonly Suggestion[];
  /** What goes into the entry. */
  readonly content: EntryContent;
  /** Sentences about modules that were left out. */
  readonly notes: readonly string[];
}

/** How the registries are asked. */
export interface ApprovalRequest {
  readonly offline: boolean;
  /** Modules that the person names. */
  readonly imports: readonly string[];
  /** What programs write to import a package, as far as that is known. */
  readonly used: (one: Package) => readonly string[];
}

/** Grades of names that nobody should be able to approve by a slip of the hand. */
export const grave: readonly string[] = ['malicious', 'nonexistent', 'withdrawn'];

/** Of them, those that somebody may have made up or planted: who approves one types its name. */
export const dangerous: readonly string[] = ['malicious', 'nonexistent'];

/**
 * Asks registries about packages that are to be approved, and finds out which modules they provide. A scope is
 * no package: nobody can be asked about it.
 */
export async function lookUpForApproval(
  packages: readonly Package[],
  session: WhitelistSession,
  inquiry: ApprovalRequest,
): Promise<readonly ApprovalDetails[]> {
  const asked = packages.filter(({ name }) => !isScopePattern(name));
  const { lookupOptionsOf, knownIn } = await import('../lookups/project-lookup.ts');
  const { evidenceFor } = await import('../lookups/evidence-for.ts');
  const { policy, policyFiles, scope, analysisOptions } = session.project;
  const names = await new Analysis(scope, analysisOptions).projectNames();
  const how = { context: session.context, offline: inquiry.offline, patience: 'person' } as const;
  const options = await lookupOptionsOf(names, lookupSettingsOf(policy, policyFiles, how));
  const known = knownIn(names, policy);
  const ask = async (questions: readonly UnapprovedPackage[]) =>
    (await evidenceFor(questions, known, options)).knowledge;
  const knowledge = await ask(asked.map((one) => questionAbout(one, inquiry)));
  const modules = await modulesOfAll(asked, { session, inquiry, ask, known });
  return packages.map((one) =>
    learned(one, knowledge.get(purl(one)), modules.get(purl(one)) ?? { imports: [], notes: [] }),
  );
}

function questionAbout(one: Package, { imports, used }: ApprovalRequest): UnapprovedPackage {
  const modules = one.ecosystem === 'pypi' ? [...imports, ...used(one)] : [];
  return { package: one, specifier: used(one)[0] ?? one.name, modules };
}

/** What an entry says about modules, with sentences about those that were left out. */
interface EntryModules {
  readonly imports: readonly string[];
  readonly notes: readonly string[];
}

interface ModuleSearch {
  readonly session: WhitelistSession;
  readonly inquiry: ApprovalRequest;
  readonly ask: (questions: readonly UnapprovedPackage[]) => Promise<ReadonlyMap<string, PackageEvidence>>;
  readonly known: readonly KnownPackage[];
}

/**
 * The modules of Python distributions that the shipped map does not know: those that the person names, else
 * those that an environment of the project has, else those of the newest wheel.
 */
async function modulesOfAll(
  packages: readonly Package[],
  { session, inquiry, ask, known }: ModuleSearch,
): Promise<ReadonlyMap<string, EntryModules>> {
  if (inquiry.imports.length > 0) {
    return new Map(packages.map((one) => [purl(one), { imports: inquiry.imports, notes: [] }]));
  }
  const open = packages.filter(({ ecosystem, name }) => ecosystem === 'pypi' && !isMapped(name));
  if (open.length === 0) return new Map();
  const place = { root: session.location.root, env: session.context.env };
  const installed = await installedModules(new Set(open.map(({ name }) => name)), place);
  // The wheel is looked into only together with a module of it: the one that its name suggests.
  const unknown = open.filter(({ name }) => !installed.has(name));
  const wheels = await ask(
    unknown.map((one) => ({ package: one, specifier: one.name, modules: [defaultModuleName(one.name)] })),
  );
  const names = new NameIndex(known, await popularPackages(new Set(['pypi'])));
  const isKnown = (one: Package) => names.tierOf(one) !== undefined;
  return new Map(
    open.map((one): [string, EntryModules] => {
      const found = installed.get(one.name) ?? modulesIn(wheels.get(purl(one)));
      return [purl(one), entryModules(one, found, isKnown)];
    }),
  );
}

/** As many modules as evidence shows; a list of this length may be cut. */
const mostModules = 20;

function modulesIn(knowledge: PackageEvidence | undefined): readonly string[] {
  const shown = knowledge?.evidence.find(({ fact }) => fact === 'modules');
  return shown?.state === 'present' && Array.isArray(shown.value) ? shown.value.map(String) : [];
}

function entryModules(
  { name }: Package,
  found: readonly string[],
  isKnown: (one: Package) => boolean,
): EntryModules {
  if (found.length >= mostModules)
    return {
      imports: [],
      notes: [`${name} provides many modules: name those that you use with --imports.`],
    };
  const { imports, foreign } = chooseModules(name, found, isKnown);
  const notes = foreign.map(
    (module) =>
      `${name} also brings a module ${module}, which is known to belong to another distribution; it was left out.`,
  );
  return { imports, notes };
}

function learned(
  one: Package,
  knowledge: PackageEvidence | undefined,
  modules: EntryModules,
): ApprovalDetails {
  const { imports, notes } = modules;
  if (knowledge === undefined) {
    return { package: one, grade: 'exists', evidence: [], suggestions: [], content: {}, notes };
  }
  const { grade, evidence, suggestions } = knowledge;
  const exists = evidence.find(({ fact }) => fact === 'exists')?.state;
  return {
    package: one,
    grade,
    evidence,
    suggestions,
    content: {
      imports,
      created: valueOf(evidence, 'first-published')?.slice(0, 10) ?? null,
      repository: webAddress(valueOf(evidence, 'repository') ?? ''),
      despite: grave.includes(grade) ? grade : null,
      unverified: exists !== 'present' && exists !== 'absent',
    },
    notes,
  };
}

function valueOf(evidence: readonly Evidence[], wanted: string): string | null {
  const found = evidence.find(({ fact }) => fact === wanted);
  return found?.state === 'present' && typeof found.value === 'string' ? found.value : null;
}

/** `git+https://example.org/x.git` is kept as people open it; anything but a web address is left out. */
function webAddress(repository: string): string | null {
  const address = repository
    .replace(/^git\+/, '')
    .replace(/^git:\/\//, 'https://')
    .replace(/\.git$/, '');
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname, username } = new URL(address);
  return protocol === 'https:' && username === '' ? `https://${host}${pathname}`.replace(/\/$/, '') : null;
}
