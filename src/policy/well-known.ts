import type { Package } from '../model/package.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import type { ApprovalSources } from './status.ts';

/**
 * Do people who read a package's name think that they know it? Everybody has met it, the whitelist decided about
 * it by its own name (a scope says nothing of one package), or, where manifests approve, one above a file declares
 * it at a base.
 *
 * @param file The file whose project is asked.
 */
export async function isWellKnown(
  subject: Package,
  { trustIn, decide, declarations }: ApprovalSources,
  file: string,
): Promise<boolean> {
  if (findEcosystem(subject.ecosystem)?.topPackages.includes(subject.name)) return true;
  const decision = decide(subject);
  if (decision.kind !== 'unapproved' && decision.entry.name === subject.name) return true;
  if (trustIn(subject.ecosystem) === 'whitelist') return false;
  for (const base of declarations) if (await base.findAbove(subject, file)) return true;
  return false;
}
