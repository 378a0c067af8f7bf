import type { Ecosystem } from '../model/ecosystem.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import { cargo } from './cargo/index.ts';
import { golang } from './golang/index.ts';
import { npm, ownPackage as ownOfNpm } from './npm/index.ts';
import { pypi, ownPackage as ownOfPypi } from './pypi/index.ts';

export type { Ecosystem } from '../model/ecosystem.ts';

/** Every ecosystem, in the order in which files and messages list them. */
export const ecosystems: readonly Ecosystem[] = [npm, pypi, golang, cargo];

/** The packages of this tool itself: whoever sets it up has decided about them. */
const ownPackages: readonly Package[] = [ownOfNpm, ownOfPypi];

/** @returns The package of this tool in an ecosystem; undefined where it has none. */
export function ownPackageOf(ecosystem: EcosystemId): Package | undefined {
  return ownPackages.find((subject) => subject.ecosystem === ecosystem);
}

/** Is a package this tool? */
export function isThisTool({ ecosystem, name }: Package): boolean {
  return ownPackageOf(ecosystem)?.name === name;
}

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
