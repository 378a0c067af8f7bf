import { gradesOf } from '../../rules/grades.ts';
import type { Evidence, Suggestion } from '../model/evidence.ts';
import type { PackageEvidence } from '../model/finding.ts';
import type { ModuleNames } from '../model/module-names.ts';
import { packageLabel, purl, type Package } from '../model/package.ts';
import { Analysis } from '../analysis/analyse.ts';
import type { EntryFields } from '../whitelist/write.ts';
import { isDate } from '../whitelist/date.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { isInScope } from '../whitelist/prune.ts';
import type { KnownPackage } from '../similar-names/name-index.ts';
import type { UnapprovedPackage } from '../lookups/evidence-for.ts';
import type { DependentSearch } from '../lookups/dependent-evidence.ts';
import type { LookupOptions } from '../lookups/lookup-options.ts';
import { ecosystems, findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import { lookupSettingsOf } from './lookup-settings.ts';
import type { WhitelistSession } from './whitelist-session.ts';
import { installationOf } from './installation.ts';
import { toldModules } from '../similar-names/told-modules.ts';
import { publicAddress } from '../declarations/places.ts';
import { unaskedBy } from '../policy/answered.ts';
import { isSameSource } from '../policy/foreign-source.ts';
import { moduleRecords, type ModuleRecord } from './recorded-modules.ts';

/** What an approval is to know of its package before a person decides. */
export interface ApprovalDetails {
  readonly package: Package;
  readonly grade: string;
  readonly evidence: readonly Evidence[];
  readonly suggestions: readonly Suggestion[];
  /** What goes into the entry. */
  readonly content: EntryFields;
  /** What the project imports from it and would still be stopped: its modules are others. */
  readonly stoppedImports: readonly string[];
  /** Sentences about modules: those that were left out, and imports that stay stopped. */
  readonly notes: readonly string[];
}

/** Where what is asked about would be approved. */
export type ApprovalPlace = Pick<WhitelistSession, 'project' | 'location' | 'context'>;

/** How the registries are asked. */
export interface ApprovalRequest {
  readonly offline: boolean;
  /** A person reads what is known before deciding: then lockfiles are asked, too. */
  readonly isReviewed?: boolean;
  /** Nobody is shown what was probably meant. */
  readonly isGradeAlone?: boolean;
  /** Modules that the person names. */
  readonly imports: readonly string[];
  /**
   * Where the package is taken from, if not from its registry: what that says of the name is said of another package, so
   * nobody asks it, and nothing has to be verified there. null or left out where it comes from its registry.
   */
  readonly source?: string | null;
  /** What programs write to import a package, as far as that is known. */
  readonly used: (subject: Package) => readonly string[];
}

/**
 * Grades that hold an approval back: something speaks against the package, and who approves it in spite of that names
 * the grade. With any other grade nothing speaks against it, or nobody was there to say so.
 */
export const blockingGrades = gradesOf('refuted', 'doubtful');

/** Of the blocking ones, those that somebody may have made up or planted: who approves one types its name. */
export const confirmedGrades: readonly string[] = ['malicious', 'nonexistent'];

/**
 * Asks registries about packages that are to be approved, and finds out which modules they provide. A scope is
 * no package: what is asked about are packages of it that the base declares.
 */
export async function lookUpForApproval(
  packages: readonly Package[],
  session: ApprovalPlace,
  inquiry: ApprovalRequest,
): Promise<readonly ApprovalDetails[]> {
  const started = performance.now();
  const candidates = packages.filter(({ name }) => !isScopePattern(name));
  const { lookupOptionsOf, knownIn } = await import('../lookups/project-lookup.ts');
  const { evidenceFor } = await import('../lookups/evidence-for.ts');
  const { reasonsOf, reservedNames } = await import('../lookups/reserved-names.ts');
  const { policy, scope, analysisOptions } = session.project;
  const names = await new Analysis(scope, analysisOptions).projectNames();
  const { context, location } = session;
  const how = { context, location, offline: inquiry.offline, caller: 'person' } as const;
  const source = inquiry.source ?? null;
  const settings = {
    ...(await lookupOptionsOf(names, lookupSettingsOf(policy, how))),
    commandSources: source === null ? [] : [source],
  };
  const isElsewhere = await comesFromElsewhere(source, packages);
  const isUnasked = isElsewhere && (await withOwnRegistry(packages, settings)).length === 0;
  const options = isUnasked ? { ...settings, lookup: 'offline' as const } : settings;
  const knownPackages = knownIn(names, policy);
  const scopes = packages.filter(({ name }) => isScopePattern(name));
  const members = scopes.flatMap((scope) => membersOf(scope, names.declared));
  const subjects = new Map([...members, ...candidates].map((subject) => [purl(subject), subject]));
  const questions = await Promise.all(
    [...subjects.values()].map((subject) => questionAbout(subject, inquiry)),
  );
  const ownPackages = { declared: names.declared, entries: policy.whitelist.entries };
  const reserved = reasonsOf(await reservedNames([...subjects.values()], ownPackages, options));
  const { knowledge } = await evidenceFor(questions, knownPackages, {
    ...options,
    reserved,
    isGradeAlone: inquiry.isGradeAlone ?? false,
  });
  const records = await modulesOfAll(candidates, { session, inquiry, knowledge, knownPackages });
  const boundScopes = scopes.length === 0 ? [] : await withOwnRegistry(scopes, options);
  const details = packages.map((subject) =>
    isScopePattern(subject.name)
      ? learnedScope(subject, {
          members: membersOf(subject, members).map((member) => knowledge.get(purl(member))),
          isBound: boundScopes.includes(subject),
        })
      : learned(
          subject,
          knowledge.get(purl(subject)),
          records.get(packageLabel(subject)) ?? { imports: [], importsOf: null, notes: [] },
        ),
  );
  const isNeverAsked = unaskedBy(policy.config);
  const informed = details.map((item) =>
    isElsewhere ? withoutVerification(item) : isNeverAsked(item.package) ? item : withRestriction(item),
  );
  const complete = await Promise.all(informed.map((item) => withStoppedImports(item, inquiry)));
  const deadline = started + options.budget;
  return inquiry.isReviewed && !isElsewhere
    ? withLockfiles(complete, { project: names, deadline })
    : complete;
}

async function withLockfiles(
  details: readonly ApprovalDetails[],
  search: DependentSearch,
): Promise<readonly ApprovalDetails[]> {
  const { withDependents } = await import('../lookups/dependent-evidence.ts');
  const subjects = details.map(({ package: subject }) => (isScopePattern(subject.name) ? null : subject));
  const informed = await withDependents(details, subjects, search);
  return details.map((item, at) => ({ ...item, evidence: informed[at]?.evidence ?? item.evidence }));
}

/** The public registry may be named as a source, too: then it is the one to ask. */
async function comesFromElsewhere(source: string | null, packages: readonly Package[]): Promise<boolean> {
  if (source === null) return false;
  const addresses = await Promise.all(packages.map(({ ecosystem }) => publicAddress(ecosystem)));
  return !addresses.some((address) => isSameSource(source, address));
}

/** An approval that names a source holds for that source alone: no registry has to answer for it. */
function withoutVerification(details: ApprovalDetails): ApprovalDetails {
  const evidence = details.evidence.filter(({ state }) => state === 'present' || state === 'absent');
  return { ...details, evidence, content: { ...details.content, unverified: false } };
}

/** Says what an approval is worth that nobody could verify: elsewhere than here it would stop without a word. */
function withRestriction(details: ApprovalDetails): ApprovalDetails {
  const { content, notes, package: subject } = details;
  if (content.unverified !== true || isScopePattern(subject.name)) return details;
  const note =
    'no registry answered for it: in CI and under --all this approval is a request, until it is approved again with an answer';
  return { ...details, notes: [...notes, note] };
}

/** The archive of a package is looked into where nothing else tells its modules. */
async function questionAbout(
  subject: Package,
  { imports, used }: ApprovalRequest,
): Promise<UnapprovedPackage> {
  const ecosystem = findEcosystem(subject.ecosystem);
  const specifier = used(subject)[0] ?? subject.name;
  if (!ecosystem?.modules) return { package: subject, specifier, modules: [] };
  const isInspected = imports.length === 0 && !(await toldModules(ecosystem))(subject.name);
  return { package: subject, specifier, modules: [...imports, ...used(subject)], isInspected };
}

interface ModuleSearch {
  readonly session: ApprovalPlace;
  readonly inquiry: ApprovalRequest;
  readonly knowledge: ReadonlyMap<string, PackageEvidence>;
  readonly knownPackages: readonly KnownPackage[];
}

/**
 * The modules of packages, where packages and modules bear different names: those that the person names, else those of
 * the newest archive, else those that are installed for the project.
 *
 * @returns By the label of the package.
 */
async function modulesOfAll(
  packages: readonly Package[],
  search: ModuleSearch,
): Promise<ReadonlyMap<string, ModuleRecord>> {
  const { imports } = search.inquiry;
  if (imports.length > 0) {
    const named = { imports, importsOf: null, notes: [] };
    return new Map(packages.map((subject) => [packageLabel(subject), named]));
  }
  const records = new Map<string, ModuleRecord>();
  for (const ecosystem of ecosystems) {
    const subjects = packages.filter((subject) => subject.ecosystem === ecosystem.id);
    for (const [label, record] of await recordsIn(ecosystem, subjects, search)) records.set(label, record);
  }
  return records;
}

async function recordsIn(
  ecosystem: Ecosystem,
  packages: readonly Package[],
  { session, knowledge, knownPackages }: ModuleSearch,
): Promise<ReadonlyMap<string, ModuleRecord>> {
  const moduleNames = packages.length > 0 ? await ecosystem.modules?.() : undefined;
  if (moduleNames === undefined) return new Map();
  const names = new Set(packages.map(({ name }) => name));
  const installed = await moduleNames.installedModules(
    names,
    installationOf(session.location, session.context),
  );
  const sources = packages.map((subject) => ({
    package: subject,
    sources: {
      installed: installed.get(subject.name) ?? null,
      archive: knowledge.get(purl(subject))?.shown ?? null,
    },
  }));
  return moduleRecords(sources, ecosystem, { project: session.project, knownPackages });
}

/** @returns The packages and scopes that settings bind to a registry of their own. */
async function withOwnRegistry(
  scopes: readonly Package[],
  options: LookupOptions,
): Promise<readonly Package[]> {
  const { hasOwnRegistry } = await import('../lookups/index.ts');
  const isBound = await Promise.all(scopes.map((scope) => hasOwnRegistry(scope, options)));
  return scopes.filter((_, at) => isBound[at]);
}

/** More packages of a scope are not asked about: one that is served is enough. */
const mostMembers = 3;

function membersOf(scope: Package, declared: readonly Package[]): readonly Package[] {
  return declared.filter((subject) => isInScope(subject, scope)).slice(0, mostMembers);
}

/**
 * A scope that nobody has is anybody's tomorrow. It is verified where a registry serves a package of it that the base
 * declares, or where settings bind it to a registry of its own, which nobody else can publish to.
 */
function learnedScope(
  scope: Package,
  {
    members,
    isBound,
  }: { readonly members: readonly (PackageEvidence | undefined)[]; readonly isBound: boolean },
): ApprovalDetails {
  const answers = members.flatMap((member) => member?.evidence.filter(({ fact }) => fact === 'exists') ?? []);
  const isVerified = isBound || answers.some(({ state }) => state === 'present');
  const note = `no registry has served a package of ${scope.name} that the base declares: in CI and under --all this approval is a request`;
  return {
    package: scope,
    grade: 'exists',
    evidence: [],
    suggestions: [],
    content: { unverified: !isVerified },
    stoppedImports: [],
    notes: isVerified ? [] : [note],
  };
}

function learned(
  subject: Package,
  knowledge: PackageEvidence | undefined,
  { imports, importsOf, notes }: ModuleRecord,
): ApprovalDetails {
  if (knowledge === undefined) {
    return {
      package: subject,
      grade: 'exists',
      evidence: [],
      suggestions: [],
      content: {},
      stoppedImports: [],
      notes,
    };
  }
  const { grade, evidence, suggestions } = knowledge;
  const exists = evidence.find(({ fact }) => fact === 'exists')?.state;
  return {
    package: subject,
    grade,
    evidence,
    suggestions,
    content: {
      imports,
      importsOf,
      // The earliest file of an index need not be the first one that there was.
      created: dayOf(valueOf(evidence, 'first-published') ?? ''),
      repository: webAddress(valueOf(evidence, 'repository') ?? ''),
      despite: blockingGrades.includes(grade) ? grade : null,
      unverified: exists !== 'present' && exists !== 'absent',
    },
    stoppedImports: [],
    notes,
  };
}

/** A list in a sentence ends after so many modules. */
const mostListed = 5;

/** Says of an approval which imports it does not make pass, although somebody makes it for them. */
async function withStoppedImports(
  details: ApprovalDetails,
  { imports: named, used }: ApprovalRequest,
): Promise<ApprovalDetails> {
  const { package: subject, content, notes } = details;
  const moduleNames = await findEcosystem(subject.ecosystem)?.modules?.();
  // What a person names is added to what the name tells; what was found, or is mapped, is all that there is.
  if (moduleNames === undefined || named.length > 0) return details;
  const provided = providedModules(subject.name, content.imports ?? [], moduleNames);
  if (provided.length === 0) return details;
  const stoppedImports = used(subject).filter((specifier) => !isCovered(specifier, provided, moduleNames));
  const list = `${provided.slice(0, mostListed).join(', ')}${provided.length > mostListed ? ', …' : ''}`;
  const sentences = stoppedImports.map(
    (module) =>
      `${packageLabel(subject)} provides ${list}, not ${module}: with this approval \`import ${module}\` stays stopped`,
  );
  return { ...details, stoppedImports, notes: [...notes, ...sentences] };
}

/** @returns The modules that resolution will give to a package; none where only its name tells. */
function providedModules(
  name: string,
  imports: readonly string[],
  moduleNames: ModuleNames,
): readonly string[] {
  if (imports.length > 0) return imports;
  return moduleNames.allModulesOf(name) ?? [];
}

/** An import reaches a module that it is or lies in, and one that lies in it: `from google.cloud import storage`. */
function isCovered(specifier: string, provided: readonly string[], moduleNames: ModuleNames): boolean {
  return (
    moduleNames.moduleAround(specifier, provided) !== undefined ||
    provided.some((module) => moduleNames.moduleAround(module, [specifier]) !== undefined)
  );
}

function valueOf(evidence: readonly Evidence[], factName: string): string | null {
  const match = evidence.find(({ fact }) => fact === factName);
  return match?.state === 'present' && typeof match.value === 'string' ? match.value : null;
}

/** @returns The day of the first publication, else of the earliest file of an index; null where nobody tells. */
export function earliestDay({ evidence }: Pick<ApprovalDetails, 'evidence'>): string | null {
  return dayOf(valueOf(evidence, 'first-published') ?? valueOf(evidence, 'earliest-file') ?? '');
}

/** A time that the whitelist could not hold, because it has no day of four-digit years, is left out. */
function dayOf(time: string): string | null {
  const day = time.slice(0, 10);
  return isDate(day) ? day : null;
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
