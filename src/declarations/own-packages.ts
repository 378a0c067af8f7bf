import type { Package } from '../model/package.ts';
import type { Declarations } from './declarations.ts';

/** The manifests of the states that are compared. */
export interface ComparedManifests {
  /** Of each base. */
  readonly trusted: readonly Declarations[];
  /** Of what is judged. */
  readonly proposed: Declarations;
}

/**
 * @returns Whether the project describes a package itself, so that nobody has to decide about its name. What only the change
 *   describes counts where a workspace links it: a manifest in some corner keeps no registry from serving its name.
 */
export async function isOwnPackage(
  subject: Package,
  { trusted, proposed }: ComparedManifests,
): Promise<boolean> {
  return (await isDescribed(subject, trusted)) || proposed.links(subject);
}

/** @returns Whether a manifest of a base describes a package, wherever it stands. */
export async function isDescribed(subject: Package, bases: readonly Declarations[]): Promise<boolean> {
  for (const base of bases) if (await base.defines(subject)) return true;
  return false;
}
