import { usesOf } from '../../analysis/uses.ts';
import type { Git } from '../../git/git.ts';
import { listTracked, listWorkTree } from '../../git/listing.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { Fault } from '../../model/fault.ts';
import type { UseWithStatus } from '../../model/status.ts';
import type { Scope } from '../../model/snapshot.ts';
import { resolversFor } from '../../analysis/resolvers.ts';
import { Analysis, type ScopeReferences, type AnalysisOptions } from '../../analysis/analyse.ts';
import { filesOf } from '../../snapshots/files.ts';
import { READ_LIMIT } from '../../snapshots/scope-request.ts';
import { workTreeSnapshot } from '../../snapshots/worktree.ts';
import { Declarations } from '../../declarations/declarations.ts';
import { ignoring } from '../../policy/ignores.ts';
import { fromElsewhere } from '../../declarations/own-folders.ts';
import { formatOf, type DeclaredDependency } from '../../declarations/read.ts';
import { ecosystems } from '../../ecosystems/index.ts';
import { installedFiles } from '../installed-files.ts';
import type { OpenedProject } from '../project.ts';
import type { ProcessContext } from '../process.ts';
import type { Adoption } from './adoption.ts';
import { baselineOf } from './baseline.ts';
import { listIgnored } from './ignored-files.ts';
import { nestedProjects } from './nested-projects.ts';
import { localModulesOf, type LocalModules } from './local-modules.ts';
import { requestsOf } from './requests.ts';

/** The project that is surveyed, and where it stands. */
export interface SurveyContext {
  readonly project: OpenedProject;
  readonly git: Git;
  readonly root: string;
  readonly env: ProcessContext['env'];
}

/**
 * Looks at what a project declares and uses. Only tracked files count: what was written a minute ago and
 * never committed is not what the project lives with.
 */
export async function surveyProject(place: SurveyContext): Promise<Adoption> {
  const { scope, policy, analysisOptions } = place.project;
  const declarations = scope.trustedBases.map(
    (base) => new Declarations(filesOf(base), analysisOptions.manifests),
  );
  const lines = (await Promise.all(declarations.map((base) => base.lines()))).flat();
  const ownPackages = (await Promise.all(declarations.map((base) => base.defined()))).flat();
  const manifests = await manifestsIn(scope, analysisOptions.manifests);
  const ignores = await ignoring([...policy.config.ignorePaths, ...nestedProjects(manifests)]);
  const { packages, foreign: located } = baselineOf(lines, ownPackages, ignores);
  const foreign = await fromElsewhere(located, {
    existing: (paths) => scope.head.having(paths),
    formats: analysisOptions.manifests.formats,
    ignores: policy.ignores,
  });
  const imports = await importsOf(packages, place);
  const options = { ...analysisOptions, policy: { ...policy, imports: claimsOf(imports), ignores } };
  const result = await new Analysis(await trackedOnly(scope, place.git), options).allReferences();
  const uses = usesOf(result.judged);
  const local = await findLocal(uses, options, place);
  return {
    base: scope.trustedBases[0]?.label ?? 'HEAD',
    baseline: packages,
    imports: new Map(
      imports.flatMap(({ ecosystem, modules }) =>
        [...modules].map(([name, provided]) => [packageLabel({ ecosystem, name }), provided] as const),
      ),
    ),
    foreign,
    requests: requestsOf(uses.filter((use) => !local.uses.has(use) && !isForeign(use, foreign))),
    localModules: local.names,
    ...samplesIn(manifests, result, policy.ignores),
  };
}

/** Modules that only this machine knows, by package of one ecosystem. */
interface InstalledImports {
  readonly ecosystem: string;
  readonly modules: ReadonlyMap<string, readonly string[]>;
}

async function importsOf(
  packages: readonly Package[],
  { root, env }: SurveyContext,
): Promise<readonly InstalledImports[]> {
  const imports: InstalledImports[] = [];
  for (const { id: ecosystem, modules: load } of ecosystems) {
    const names = new Set(
      packages.filter((subject) => subject.ecosystem === ecosystem).map(({ name }) => name),
    );
    const moduleNames = names.size > 0 ? await load?.() : undefined;
    if (moduleNames === undefined) continue;
    const installed = await moduleNames.installedModules(names, { root, env, files: installedFiles });
    imports.push({ ecosystem, modules: moduleNames.unknownModules(installed, names) });
  }
  return imports;
}

/** `imports` as the policy has them: packages by module. */
function claimsOf(imports: readonly InstalledImports[]): AnalysisOptions['policy']['imports'] {
  const claims = new Map<string, Map<string, string[]>>();
  for (const { ecosystem, modules: modulesByName } of imports) {
    const names = new Map<string, string[]>();
    for (const [name, modules] of modulesByName)
      for (const module of modules) names.set(module, [...(names.get(module) ?? []), name]);
    claims.set(ecosystem, names);
  }
  return (ecosystem) => claims.get(ecosystem) ?? new Map();
}

async function trackedOnly(scope: Scope, git: Git): Promise<Scope> {
  const tracked = new Set((await listTracked(git)).files);
  return { ...scope, changes: scope.changes.filter(({ path }) => tracked.has(path)) };
}

async function findLocal(
  uses: readonly UseWithStatus[],
  { policy, kinds }: AnalysisOptions,
  { project, git, root }: SurveyContext,
): Promise<LocalModules> {
  if (!uses.some(({ status }) => status.kind === 'unapproved')) return { uses: new Set(), names: [] };
  const { localModules, ambient } = policy.config;
  const names = { localModules, ambient, imports: policy.imports };
  const list = async () => {
    const [{ files, links }, ignored] = [
      await listWorkTree(git),
      await listIgnored(git, root, policy.ignores),
    ];
    return { files: [...files, ...ignored], links };
  };
  const everything = workTreeSnapshot({ root, limit: READ_LIMIT, list, buffers: new Map() });
  const { head: next } = project.scope;
  return localModulesOf(uses, {
    tracked: resolversFor(next, filesOf(next), names),
    onDisk: resolversFor(everything, filesOf(everything), names),
    languages: kinds.languages,
  });
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
  { faults }: ScopeReferences,
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
