import type { Ecosystem } from '../model/ecosystem.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import { npm, ownPackage } from './npm/index.ts';
import { pypi } from './pypi/index.ts';

export type { Ecosystem } from '../model/ecosystem.ts';
export { ownPackage };

/** Every ecosystem, in the order in which files and messages list them. */
export const ecosystems: readonly Ecosystem[] = [npm, pypi];

/** @returns The ecosystem of an id, or undefined for an id that this version does not know. */
export function findEcosystem(id: EcosystemId): Ecosystem | undefined {
  return ecosystems.find((ecosystem) => ecosystem.id === id);
}

/**
 * @returns Whether a registry could hold a package of this name. A program may import a module whose name is none:
 *   `_speedups` leads to the package `-speedups`.
 */
export function isPossible({ ecosystem, name }: Package): boolean {
  return findEcosystem(ecosystem)?.valid(name) !== false;
}

/** @returns The package of a name as written, with its name in canonical spelling. */
export function packageOf(ecosystem: EcosystemId, name: string): Package {
  return { ecosystem, name: findEcosystem(ecosystem)?.canonical(name) ?? name };
}
