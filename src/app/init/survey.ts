import { usesOf } from '../../analysis/uses.ts';
import type { Git } from '../../git/git.ts';
import { listTracked } from '../../git/listing.ts';
import { isPossible, packageOf } from '../../ecosystems/index.ts';
import { COMMAND_LANGUAGE } from '../../model/commands-setting.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { Fault } from '../../model/fault.ts';
import type { Reference } from '../../model/reference.ts';
import type {
  ApprovalStatus,
  PackageStatus,
  ReferenceWithStatus,
  UseWithStatus,
} from '../../model/status.ts';
import type { Scope, Snapshot } from '../../model/snapshot.ts';
import { kindOf } from '../../analysis/source-kinds.ts';
import { resolversFor, settledState } from '../../analysis/resolvers.ts';
import { Analysis, type AnalysisOptions } from '../../analysis/analyse.ts';
import { filesOf } from '../../snapshots/files.ts';
import { escapeControls } from '../../text/escape.ts';
import { READ_LIMIT, type ProjectLocation } from '../../snapshots/scope-request.ts';
import { workTreeSnapshot } from '../../snapshots/worktree.ts';
import { Declarations } from '../../declarations/declarations.ts';
import { ignoring } from '../../policy/ignores.ts';
import { fromElsewhere } from '../../declarations/own-folders.ts';
import { isDescribed } from '../../declarations/own-packages.ts';
import { formatOf, type DeclaredDependency } from '../../declarations/read.ts';
import { recordNotes, recordsOf, type RecordedPackage } from '../declared-modules.ts';
import type { OpenedProject } from '../project.ts';
import type { ProcessContext } from '../process.ts';
import { noProgress, type Progress } from '../progress.ts';
import type { Adoption } from './adoption.ts';
import { baselineOf, type Baseline } from './baseline.ts';
import { byName } from './possible-names.ts';
import { openForkPoint, type ForkPoint } from '../fork-point.ts';
import { listIgnored } from './ignored-files.ts';
import { nestedProjects } from './nested-projects.ts';
import { localModulesOf, type LocalModules } from './local-modules.ts';
import { undeclaredPackages } from './requests.ts';
import { gradedPackages, isUnsuspicious } from './used-packages.ts';

/** The project that is surveyed, and where it stands. */
export interface SurveyContext {
  /** The work tree as a whole. */
  readonly project: OpenedProject;
  readonly location: ProjectLocation;
  readonly context: ProcessContext;
  /** No registry is asked. */
  readonly offline: boolean;
  /** Left out: nobody is shown any. */
  readonly progress?: Progress;
}

/**
 * Looks at what a project declares and uses. Only tracked files count once there is a commit: what was written a minute
 * ago and never committed is not what the project lives with. On a branch, nor is what the branch itself brought. Outside of a
 * repository only manifests are read.
 */
export async function surveyProject(place: SurveyContext): Promise<Adoption> {
  const fork = await openForkPoint(place.location);
  try {
    return await surveySince(fork, place);
  } finally {
    place.progress?.done();
    fork?.close();
  }
}

async function surveySince(fork: ForkPoint | null, place: SurveyContext): Promise<Adoption> {
  const { scope, policy, analysisOptions } = place.project;
  const bases = fork === null ? scope.trustedBases : [fork.snapshot];
  const manifests = await manifestsIn(scope, analysisOptions.manifests);
  const ignores = await ignoring([...policy.config.ignorePaths, ...nestedProjects(manifests)]);
  const { packages, foreign } = await declaredIn(scope, place.project, ignores);
  const records = await recordsOf(packages, place);
  const claims = claimsOf(records, policy.claims);
  const options = { ...analysisOptions, policy: { ...policy, claims, ignores } };
  const surveyed = { ...place, foreign };
  const { uses, localModules, faults, notes } = await undeclaredUses(
    { ...scope, trustedBases: bases },
    options,
    surveyed,
  );
  const since = sinceOf(scope, fork);
  const ofPrograms = declaredByPrograms(uses, analysisOptions);
  const isLeft = ({ use }: UseWithStatus) => !ofPrograms.has(packageLabel(use.package));
  const { used, recent } = undeclaredPackages(uses.filter(isLeft), since);
  const graded = await gradedPackages(used, place, place.offline);
  const samples = samplesIn(manifests, faults, policy.ignores);
  const ofManifests = fork === null ? packages : await declaredBefore(fork, packages, options);
  return {
    base: fork === null ? (bases[0]?.label ?? 'HEAD') : `the commit at which the branch left ${fork.branch}`,
    baseline: distinct([...ofManifests, ...ofPrograms.values()]),
    records: new Map(records.map((recorded) => [packageLabel(recorded.package), recorded.record])),
    foreign,
    used: graded,
    chosen: new Set(graded.filter(isUnsuspicious).map((item) => packageLabel(item.package))),
    recent: await gradedPackages(recent, place, place.offline),
    installed: installedBy(uses),
    since,
    approval: null,
    localModules,
    ignorePaths: samples.ignorePaths,
    notes: [...samples.notes, ...(await recordNotes(records, place)), ...notes],
  };
}

function installedBy(uses: readonly UseWithStatus[]): ReadonlySet<string> {
  const ofCommands = uses.filter(({ use }) => use.language === COMMAND_LANGUAGE);
  return new Set(ofCommands.map(({ use }) => packageLabel(use.package)));
}

/** From when on a package is new here; null where everything is, because nothing is committed. */
function sinceOf({ head, trustedBases }: Scope, fork: ForkPoint | null): string | null {
  if (fork !== null) return `since the branch left ${escapeControls(fork.branch)}`;
  return trustedBases.includes(head) ? null : 'since the last commit';
}

async function declaredIn(
  { trustedBases, head }: Scope,
  { policy, analysisOptions }: OpenedProject,
  ignores: (path: string) => boolean,
): Promise<Baseline> {
  const { manifests } = analysisOptions;
  const declarations = trustedBases.map((base) => new Declarations(filesOf(base), manifests, ignores));
  const lines = (await Promise.all(declarations.map((base) => base.lines()))).flat();
  const ownLines = (await Promise.all(declarations.map((base) => ownLinesIn(base)))).flat();
  const { packages, foreign } = baselineOf(lines, new Set(ownLines));
  const existing = (paths: readonly string[]) => head.having(paths);
  const { formats } = manifests;
  return { packages, foreign: await fromElsewhere(foreign, { existing, formats, ignores: policy.ignores }) };
}

/** @returns The lines that ask for packages which manifests describe, and which are connected with those lines. */
async function ownLinesIn(base: Declarations): Promise<readonly DeclaredDependency[]> {
  const lines = await base.lines();
  const areOwn = await Promise.all(
    lines.map(({ dependency: { ecosystem, name, specifier }, at: { file } }) =>
      isDescribed(
        { subject: packageOf(ecosystem, name ?? specifier), file },
        { trusted: [base], proposed: base },
      ),
    ),
  );
  return lines.filter((_, at) => areOwn[at]);
}

/** @returns Those of the packages that the branch did not bring itself. */
async function declaredBefore(
  { snapshot }: ForkPoint,
  packages: readonly Package[],
  { manifests, policy }: AnalysisOptions,
): Promise<readonly Package[]> {
  const declared = await new Declarations(filesOf(snapshot), manifests, policy.ignores).declared();
  const labels = new Set(declared.map(packageLabel));
  return packages.filter((subject) => labels.has(packageLabel(subject)));
}

/** @returns The references of a file to those packages that a survey asks about; all others are nothing to it. */
function surveyedOf(
  references: readonly ReferenceWithStatus[],
  options: AnalysisOptions,
): readonly ReferenceWithStatus[] {
  const packages = references.map((reference) => reference.judged);
  const isAsked = ({ package: subject, status }: PackageStatus) =>
    status.kind === 'unapproved' || !isPossible(subject) || isOfProgram(status, options);
  const labels = new Set(
    packages.flatMap((item) => (item !== null && isAsked(item) ? packageLabel(item.package) : [])),
  );
  return references.filter((_, at) => {
    const subject = packages[at]?.package;
    return subject !== undefined && labels.has(packageLabel(subject));
  });
}

/** @returns By their labels, the packages that a registry serves and that programs of the bases declare for themselves. */
function declaredByPrograms(
  uses: readonly UseWithStatus[],
  options: AnalysisOptions,
): ReadonlyMap<string, Package> {
  const ofPrograms = uses.filter(
    ({ use, status }) => isOfProgram(status, options) && !use.references.some(isFromElsewhere),
  );
  return new Map(ofPrograms.map(({ use }) => [packageLabel(use.package), use.package]));
}

/** Does a program declare the package for itself? */
function isOfProgram(status: ApprovalStatus, { kinds, manifests }: AnalysisOptions): boolean {
  if (status.kind !== 'declared') return false;
  const { file } = status.at;
  return kindOf(file, kinds) !== undefined && formatOf(file, manifests.formats) === undefined;
}

function isFromElsewhere({ origin }: Reference): boolean {
  if (origin.kind !== 'package') return false;
  const { package: subject, lines = [] } = origin;
  return lines.some(({ name, source }) => name === subject.name && source.kind === 'foreign');
}

function distinct(packages: readonly Package[]): readonly Package[] {
  return [...new Map(packages.map((subject) => [packageLabel(subject), subject])).values()];
}

/** What tracked files refer to and the bases do not declare, without the project's own modules. */
interface UndeclaredUses {
  /** What the bases use too is `in-use`. */
  readonly uses: readonly UseWithStatus[];
  readonly localModules: readonly string[];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
}

async function undeclaredUses(
  scope: Scope,
  options: AnalysisOptions,
  { foreign, progress = noProgress, ...place }: SurveyContext & Pick<Baseline, 'foreign'>,
): Promise<UndeclaredUses> {
  const { repository } = place.location;
  if (repository === null) return { uses: [], localModules: [], faults: [], notes: [] };
  const isCommitted = !scope.trustedBases.includes(scope.head);
  const surveyed = isCommitted ? await trackedOnly(scope, repository.git) : scope;
  const analysis = new Analysis(surveyed, { ...options, onProgress: progress.step });
  const result = await analysis.allReferences((_, __, references) => surveyedOf(references, options));
  const allUses = usesOf(result.judged);
  const local = await findLocal(allUses, options, { ...place, git: repository.git });
  const undeclared = allUses.filter(
    (use) => !local.uses.has(use) && !isForeign(use, foreign) && !isMissing(use),
  );
  const { possible, notes: nameNotes } = byName(undeclared);
  const { uses, notes } = await analysis.withUsage(possible);
  return { uses, localModules: local.names, faults: result.faults, notes: [...notes, ...nameNotes] };
}

/** `imports` and `recorded` as the policy has them, before they are written. */
function claimsOf(
  records: readonly RecordedPackage[],
  claims: AnalysisOptions['policy']['claims'],
): AnalysisOptions['policy']['claims'] {
  const recorded = new Map<string, Map<string, readonly string[]>>();
  for (const { package: subject, record } of records) {
    if (record.imports.length === 0) continue;
    const modules = recorded.get(subject.ecosystem) ?? new Map<string, readonly string[]>();
    recorded.set(subject.ecosystem, modules.set(subject.name, record.imports));
  }
  return (ecosystem) => {
    const { imports, recorded: existing } = claims(ecosystem);
    return { imports, recorded: new Map([...existing, ...(recorded.get(ecosystem) ?? [])]) };
  };
}

async function trackedOnly(scope: Scope, git: Git): Promise<Scope> {
  const tracked = new Set((await listTracked(git)).files);
  return { ...scope, changes: scope.changes.filter(({ path }) => tracked.has(path)) };
}

async function findLocal(
  uses: readonly UseWithStatus[],
  { policy, kinds }: AnalysisOptions,
  { project, location: { root }, git }: SurveyContext & { readonly git: Git },
): Promise<LocalModules> {
  if (!uses.some(({ status }) => status.kind === 'unapproved')) return { uses: new Set(), names: [] };
  const { localModules, ambient } = policy.config;
  const names = { localModules, ambient, claims: policy.claims };
  const resolversOf = (state: Snapshot) => resolversFor(settledState(state, filesOf(state)), names);
  const { head: next } = project.scope;
  const ignored = await listIgnored(git, root, policy.ignores);
  const list = async () => {
    const [files, links] = await Promise.all([next.list(), next.links()]);
    return { files: [...files, ...ignored], links: links.map(({ path }) => path) };
  };
  const tracked = resolversOf(next);
  const everything = { root, limit: READ_LIMIT, list, buffers: new Map<string, string>() };
  const onDisk = ignored.length === 0 ? tracked : resolversOf(workTreeSnapshot(everything));
  return localModulesOf(uses, { tracked, onDisk, languages: kinds.languages });
}

/** An import of what its package does not provide: no decision makes it work. */
function isMissing({ status }: UseWithStatus): boolean {
  return status.kind === 'unapproved' && status.provides !== undefined;
}

/** A line that takes a package under another name, at the base: it is shown among those from elsewhere. */
function isForeign({ use }: UseWithStatus, foreign: readonly DeclaredDependency[]): boolean {
  if (use.references[0].kind !== 'dependency') return false;
  return foreign.some(({ dependency: { ecosystem, name } }) => {
    return ecosystem === use.package.ecosystem && name === use.package.name;
  });
}

/** @returns The manifests of the bases, ignored or not. */
async function manifestsIn(
  { trustedBases }: Scope,
  { formats }: AnalysisOptions['manifests'],
): Promise<readonly string[]> {
  const lists = await Promise.all(trustedBases.map((base) => base.list()));
  return lists.flat().filter((path) => formatOf(path, formats) !== undefined);
}

/** What is a sample by its folder is to be ignored; of other files that could not be read people are told. */
function samplesIn(
  manifests: readonly string[],
  faults: readonly Fault[],
  ignores: (path: string) => boolean,
): Pick<Adoption, 'ignorePaths' | 'notes'> {
  const isSample = ({ file }: Fault) => file !== null && nestedProjects([file]).length > 0;
  const unreadable = faults.flatMap(({ file }) => (file === null ? [] : [file]));
  return {
    ignorePaths: nestedProjects([...manifests, ...unreadable].filter((path) => !ignores(path))),
    notes: notesOf(faults.filter((fault) => !isSample(fault))),
  };
}

function notesOf(faults: readonly Fault[]): string[] {
  const [first] = faults;
  if (!first) return [];
  const count = faults.length === 1 ? 'A file' : `${String(faults.length)} files`;
  const location = [first.file, first.line].filter((part) => part !== null).join(':');
  return [
    `${count} could not be read (${location}: ${first.message}). What is imported there is not listed.`,
  ];
}
