import { packageOf } from '../../ecosystems/index.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import type { DeclaredDependency } from '../../declarations/read.ts';

/** What the manifests of the base declare, sorted by how much a registry has to do with it. */
export interface Baseline {
  /** Packages that the ecosystem's registry serves, each once. */
  readonly packages: readonly Package[];
  /** Lines that take a package from elsewhere: nobody can tell by the name what comes from there. */
  readonly foreign: readonly DeclaredDependency[];
}

/**
 * Chooses what becomes the baseline: every package that is taken from a registry, but none that the
 * project defines itself (a workspace, or the project's own extras), which no registry has to serve.
 *
 * @param ownLines Those lines that ask for packages of the project.
 */
export function baselineOf(
  lines: readonly DeclaredDependency[],
  ownLines: ReadonlySet<DeclaredDependency>,
): Baseline {
  const packages = new Map<string, Package>();
  for (const line of lines) {
    const { ecosystem, name, specifier, source } = line.dependency;
    if (source.kind !== 'registry' || ownLines.has(line)) continue;
    const declared = packageOf(ecosystem, name ?? specifier);
    packages.set(packageLabel(declared), declared);
  }
  return { packages: [...packages.values()], foreign: lines.filter(isForeign) };
}

function isForeign({ dependency }: DeclaredDependency): boolean {
  return dependency.source.kind === 'foreign';
}
