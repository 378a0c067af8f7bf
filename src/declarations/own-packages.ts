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
  for (const base of trusted) if (await base.defines(subject)) return true;
  return proposed.links(subject);
}
