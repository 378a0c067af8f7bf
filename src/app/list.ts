import { Analysis } from '../analysis/analyse.ts';
import { usesOf } from '../analysis/uses.ts';
import { pathInside } from '../git/path-inside.ts';
import type { Inventory } from '../model/inventory.ts';
import { purl } from '../model/package.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import type { ScopeRequest } from '../snapshots/scope-request.ts';
import { listedPackages } from './listed-packages.ts';
import { locateProject } from './locate.ts';
import type { ProcessContext } from './process.ts';
import { noProgress, type Progress } from './progress.ts';
import { openProject } from './project.ts';
import { UsageError } from './usage-error.ts';

/** How references are listed. */
export interface InventoryOptions {
  readonly config: string | undefined;
  /** Left out: nobody is shown any. */
  readonly progress?: Progress;
}

/**
 * @returns The packages of the project with the decisions about them, and every reference; of some of its files and folders,
 *   what these refer to. References stand in the order of their places.
 */
export async function inventoryOf(
  paths: readonly string[],
  { config, progress = noProgress }: InventoryOptions,
  context: ProcessContext,
): Promise<Inventory> {
  const location = locateProject(context, 'head');
  const request = requestOf(paths, context, location.root);
  const project = await openProject(request, location, { context, config });
  if (project.kind === 'fault') return { packages: [], references: [], faults: [project.fault], notes: [] };
  try {
    const analysis = new Analysis(project.scope, { ...project.analysisOptions, onProgress: progress.step });
    const { judged: listed, faults, notes } = await analysis.allReferences();
    const references = await withUsage(listed, analysis);
    progress.done();
    const all = [...project.scope.faults, ...project.policy.faults, ...faults];
    const { whitelist, decide } = project.policy;
    const packages = listedPackages(references, {
      entries: paths.length === 0 ? whitelist.entries : [],
      decide,
    });
    return { packages, references: references.toSorted(byPlace), faults: all, notes };
  } finally {
    project.close();
  }
}

/** A package that nobody decided about may be in use already. */
async function withUsage(
  references: readonly ReferenceWithStatus[],
  analysis: Analysis,
): Promise<readonly ReferenceWithStatus[]> {
  const { uses } = await analysis.withUsage(usesOf(references));
  const statuses = new Map(uses.map(({ use, status }) => [`${use.file}\0${purl(use.package)}`, status]));
  return references.map((reference) => {
    const { file, judged: packageStatus } = reference;
    if (packageStatus === null) return reference;
    const status = statuses.get(`${file}\0${purl(packageStatus.package)}`) ?? packageStatus.status;
    return { ...reference, judged: { ...packageStatus, status } };
  });
}

function requestOf(paths: readonly string[], context: ProcessContext, root: string): ScopeRequest {
  if (paths.length === 0) return { kind: 'all' };
  const relativePaths = paths.map((path) => {
    const relative = pathInside(root, context.cwd, path);
    if (relative === null)
      throw new UsageError(`${path} is outside of ${root}`, 'Use --cwd to run in its project.');
    return relative;
  });
  return { kind: 'paths', paths: relativePaths };
}

function byPlace(left: ReferenceWithStatus, right: ReferenceWithStatus): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  const [a, b] = [left.reference.place, right.reference.place];
  return (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line || a.column - b.column;
}
