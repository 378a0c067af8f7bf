import { Analysis } from '../analysis/analyse.ts';
import { usesOf } from '../analysis/uses.ts';
import { pathInside } from '../git/path-inside.ts';
import type { Inventory } from '../model/inventory.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import type { ScopeRequest } from '../snapshots/scope-request.ts';
import { listedPackages } from './listed-packages.ts';
import { locateProject } from './locate.ts';
import type { ProcessContext } from './process.ts';
import { noProgress, type Progress } from './progress.ts';
import { PackedReferences } from './packed-references.ts';
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
    const references = new PackedReferences();
    const {
      judged: undecided,
      faults,
      notes,
    } = await analysis.allReferences((file, position, ofFile) => {
      references.add(file, position, ofFile);
      return ofFile.filter(isUndecided);
    });
    const { uses } = await analysis.withUsage(usesOf(undecided));
    for (const { use, status } of uses) references.decide(use.file, { package: use.package, status });
    progress.done();
    const all = [...project.scope.faults, ...project.policy.faults, ...faults];
    const { whitelist, decide } = project.policy;
    const packages = listedPackages(references.decisions(), {
      entries: paths.length === 0 ? whitelist.entries : [],
      decide,
    });
    return { packages, references, faults: all, notes };
  } finally {
    project.close();
  }
}

/** A package that nobody decided about may be in use already. */
function isUndecided({ judged: packageStatus }: ReferenceWithStatus): boolean {
  return packageStatus?.status.kind === 'unapproved' && packageStatus.status.provides === undefined;
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
