import type { Package } from '../model/package.ts';
import type { Origin } from '../model/reference.ts';
import type { Judged, Standing, Trust } from '../model/status.ts';
import type { Decision } from '../whitelist/decide.ts';
import type { Declarations } from '../declarations/declarations.ts';

/** The records that decide about packages. */
export interface Records {
  readonly trust: Trust;
  /** What the whitelist says of a package. */
  readonly decide: (wanted: Package) => Decision;
  /** The manifests of each base. */
  readonly declarations: readonly Declarations[];
}

/** From the best to the worst that can be said of one of several packages that provide the same module. */
const preference: readonly Standing['kind'][] = [
  'approved',
  'baseline',
  'declared',
  'expired',
  'unapproved',
  'denied',
];

/**
 * Settles where an import leads: what was decided about its package, or about another one that provides
 * the same module. A denial of the package itself beats whatever is approved in its place.
 *
 * @param near The importing file; the manifests of its folders are looked at first.
 */
export async function settle(
  origin: Extract<Origin, { kind: 'package' }>,
  records: Records,
  near: string,
): Promise<Judged> {
  const first = { package: origin.package, standing: await standingOf(origin.package, records, near) };
  if (first.standing.kind === 'denied') return first;
  let best = first;
  for (const alternative of origin.alternatives) {
    if (isSettled(best.standing, records.trust)) return best;
    const standing = await standingOf(alternative, records, near);
    if (preference.indexOf(standing.kind) < preference.indexOf(best.standing.kind))
      best = { package: alternative, standing };
  }
  return best;
}

/** @returns Whether a package of this standing needs nobody's attention. */
export function isSettled(standing: Standing, trust: Trust): boolean {
  return isApproval(standing) || (standing.kind === 'declared' && trust === 'manifests');
}

/** @returns Whether the whitelist itself lets a package pass. */
export function isApproval({ kind }: Standing): boolean {
  return kind === 'approved' || kind === 'baseline';
}

/** @returns What was decided about a package: by the whitelist, else by a manifest at the base. */
export async function standingOf(wanted: Package, records: Records, near: string): Promise<Standing> {
  const decision = records.decide(wanted);
  if (decision.kind !== 'unapproved') return decision;
  for (const declarations of records.declarations) {
    const at = await declarations.find(wanted, near);
    if (at) return { kind: 'declared', at };
  }
  return decision;
}
