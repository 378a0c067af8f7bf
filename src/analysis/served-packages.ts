import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { Dependency, RegistryLine } from '../model/manifest.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { comparableAddress } from '../text/addresses.ts';
import type { Declarations } from '../declarations/declarations.ts';

/** @returns The packages of a scope that manifests ask a registry for. */
export async function servedScope(scope: string, declarations: Declarations): Promise<readonly Package[]> {
  const lines = (await declarations.lines()).map(({ dependency }) => dependency);
  return packagesOf(
    lines.filter(
      ({ source, name, ecosystem }) =>
        source.kind === 'registry' && findEcosystem(ecosystem)?.scopeOf(name ?? '') === scope,
    ),
  );
}

/**
 * @param dependencies Those of the manifest that holds the line.
 * @returns The packages that are bound to an index by its address; null where nothing is bound to it, in whatever manifest.
 */
export async function servedByIndex(
  { registry }: RegistryLine,
  dependencies: readonly Dependency[],
  declarations: Declarations,
): Promise<readonly Package[] | null> {
  if (registry?.use.kind !== 'bound') return null;
  const { address, use } = registry;
  const boundHere = dependencies.filter((dependency) => isServedBy(dependency, address));
  if (boundHere.length > 0) return packagesOf(boundHere);
  const elsewhere = (await declarations.lines()).map(({ dependency }) => dependency);
  const bound = elsewhere.filter((dependency) => isServedBy(dependency, address));
  if (bound.length > 0) return packagesOf(bound);
  // A name tells no address: an approval of what is bound to it would hold for any.
  return elsewhere.some((dependency) => use.name !== null && isServedBy(dependency, use.name)) ? [] : null;
}

/** @returns Whether a state has the same index for what is bound to it alone. */
export async function wasBound({ registry }: RegistryLine, base: Declarations): Promise<boolean> {
  if (registry === undefined) return false;
  const manifests = await base.manifests();
  const address = comparableAddress(registry.address);
  return manifests.some(({ registries }) =>
    registries.some(
      (baseLine) =>
        baseLine.registry?.use.kind === 'bound' && comparableAddress(baseLine.registry.address) === address,
    ),
  );
}

/** @returns Whether a line binds its package to an index. */
export function isServedBy({ source }: Dependency, index: string): boolean {
  return (
    source.kind === 'foreign' &&
    source.isIndex === true &&
    comparableAddress(source.value) === comparableAddress(index)
  );
}

function packagesOf(dependencies: readonly Dependency[]): readonly Package[] {
  const packages = new Map<string, Package>();
  for (const { ecosystem, name } of dependencies) {
    if (name === null) continue;
    const subject = packageOf(ecosystem, name);
    packages.set(packageLabel(subject), subject);
  }
  return [...packages.values()];
}
