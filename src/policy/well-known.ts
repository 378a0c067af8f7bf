import type { Package } from '../model/package.ts';
import { topPackages } from '../ecosystems/well-known.ts';
import type { ApprovalSources } from './status.ts';

/**
 * Do people who read a package's name think that they know it? Everybody has met it, the whitelist decided about
 * it by its own name (a scope says nothing of one package), or, where manifests approve, one above a file declares
 * it at a base.
 *
 * @param near The file whose project is asked.
 */
export async function isWellKnown(
  wanted: Package,
  { trust, decide, declarations }: ApprovalSources,
  near: string,
): Promise<boolean> {
  if (topPackages(wanted.ecosystem).includes(wanted.name)) return true;
  const decision = decide(wanted);
  if (decision.kind !== 'unapproved' && decision.entry.name === wanted.name) return true;
  if (trust === 'whitelist') return false;
  for (const base of declarations) if (await base.findAbove(wanted, near)) return true;
  return false;
}
