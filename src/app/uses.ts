import type { Fault } from '../model/fault.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { Entry, ReferenceWithStatus } from '../model/status.ts';
import { Analysis } from '../analysis/analyse.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { isInScope } from '../whitelist/prune.ts';
import type { OpenedProject } from './project.ts';

/** Everything that a project refers to. */
export interface ProjectUses {
  readonly judged: readonly ReferenceWithStatus[];
  /** Files that could not be read whole: they may use more. */
  readonly faults: readonly Fault[];
  /** Sentences about comments that ignore nothing. */
  readonly notes: readonly string[];
  readonly isUsed: (entry: Entry) => boolean;
}

/** Reads every file of a project. Whatever could stand in for a package that is imported counts as used, too. */
export async function usesOfProject({ scope, analysisOptions }: OpenedProject): Promise<ProjectUses> {
  const whole = new Analysis(scope, analysisOptions);
  const { judged: references, sources, faults, notes } = await whole.allReferences();
  const used: Package[] = [
    ...references.flatMap(({ reference: { origin }, judged: packageStatus }) => [
      ...(origin.kind === 'package' ? [origin.package, ...origin.alternatives] : []),
      ...(packageStatus ? [packageStatus.package] : []),
    ]),
    ...sources.flatMap((source) => [source.package ?? [], source.named].flat()),
    ...(await whole.projectNames()).declared,
  ];
  const names = new Set(used.map(packageLabel));
  const isUsed = (entry: Entry) =>
    isScopePattern(entry.name)
      ? used.some((usedPackage) => isInScope(usedPackage, entry))
      : names.has(packageLabel(entry));
  return { judged: references, faults: [...scope.faults, ...faults], notes, isUsed };
}
