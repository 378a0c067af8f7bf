import { usesOf } from '../../analysis/uses.ts';
import type { Git } from '../../git/git.ts';
import { listTracked, listWorkTree } from '../../git/listing.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { UseWithStatus } from '../../model/status.ts';
import type { Scope } from '../../model/snapshot.ts';
import { resolversFor } from '../../analysis/resolvers.ts';
import { Analysis, type Found, type AnalysisOptions } from '../../analysis/analyse.ts';
import { filesOf } from '../../snapshots/files.ts';
import { READ_LIMIT } from '../../snapshots/scope-request.ts';
import { workTreeSnapshot } from '../../snapshots/worktree.ts';
import { Declarations } from '../../declarations/declarations.ts';
import type { Declared } from '../../declarations/read.ts';
import { installedModules } from '../../ecosystems/pypi/installed.ts';
import type { OpenedProject } from '../project.ts';
import type { ProcessContext } from '../process.ts';
import type { Adoption } from './adoption.ts';
import { baselineOf } from './baseline.ts';
import { listIgnored } from './ignored-files.ts';
import { localModulesOf, type LocalModules } from './local-modules.ts';
import { requestsOf } from './requests.ts';
import { unknownModules } from '../../ecosystems/pypi/unknown-modules.ts';

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
  const own = (await Promise.all(declarations.map((base) => base.defined()))).flat();
  const { packages, foreign } = baselineOf(lines, own, policy.ignores);
  const imports = await importsOf(packages, place);
  const options = { ...analysisOptions, policy: { ...policy, imports: claimsOf(imports) } };
  const found = await new Analysis(await trackedOnly(scope, place.git), options).allReferences();
  const uses = usesOf(found.judged);
  const local = await findLocal(uses, options, place);
  return {
    base: scope.trustedBases[0]?.label ?? 'HEAD',
    baseline: packages,
    imports: new Map(
      [...imports].map(([name, modules]) => [packageLabel({ ecosystem: PYPI, name }), modules]),
    ),
    foreign,
    requests: requestsOf(uses.filter((use) => !local.uses.has(use) && !isForeign(use, foreign))),
    localModules: local.names,
    notes: notesOf(found),
  };
}

/** The ecosystem whose packages bear other names than the modules that they provide. */
const PYPI = 'pypi';

/** @returns Modules that only an environment of this machine knows, by distribution. */
async function importsOf(
  packages: readonly Package[],
  { root, env }: SurveyContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = packages.filter(({ ecosystem }) => ecosystem === PYPI).map(({ name }) => name);
  const wanted = new Set(names);
  if (wanted.size === 0) return new Map();
  return unknownModules(await installedModules(wanted, { root, env }), wanted);
}

/** `imports` as the policy has them: distributions by module. */
function claimsOf(imports: ReadonlyMap<string, readonly string[]>): AnalysisOptions['policy']['imports'] {
  const claims = new Map<string, string[]>();
  for (const [name, modules] of imports)
    for (const module of modules) claims.set(module, [...(claims.get(module) ?? []), name]);
  return (ecosystem) => (ecosystem === PYPI ? claims : new Map());
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
function isForeign({ use }: UseWithStatus, foreign: readonly Declared[]): boolean {
  if (use.references[0].kind !== 'dependency') return false;
  return foreign.some(({ dependency: { ecosystem, name } }) => {
    return ecosystem === use.package.ecosystem && name === use.package.name;
  });
}

function notesOf({ faults }: Found): string[] {
  const [first] = faults;
  if (!first) return [];
  const count = faults.length === 1 ? 'A file' : `${String(faults.length)} files`;
  const one = [first.file, first.line].filter((part) => part !== null).join(':');
  return [`${count} could not be read (${one}: ${first.message}). What is imported there is not listed.`];
}
