import type { Dependency } from '../model/manifest.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Origin } from '../model/reference.ts';
import type { PackageStatus, ApprovalStatus, TrustedRecords } from '../model/status.ts';
import type { Decision } from '../whitelist/decide.ts';
import type { Declarations } from '../declarations/declarations.ts';

/** The records that decide about packages. */
export interface ApprovalSources {
  /** Which record approves in an ecosystem. */
  readonly trustIn: (ecosystem: EcosystemId) => TrustedRecords;
  /** What the whitelist says of a package. */
  readonly decide: (subject: Package) => Decision;
  /** The manifests of each base. */
  readonly declarations: readonly Declarations[];
  /** What the programs of each base declare, each for its own file. */
  readonly programs: readonly Pick<Declarations, 'find'>[];
  /** The manifests of what is judged: they approve nothing, and tell which of several packages is meant. */
  readonly proposed: Declarations;
}

/** From the best to the worst that can be said of one of several packages that provide the same module. */
const preference: readonly ApprovalStatus['kind'][] = [
  'approved',
  'baseline',
  'declared',
  'in-use',
  'expired',
  'unapproved',
  'denied',
];

/**
 * Settles where an import leads: what was decided about its package, or about another one that provides
 * the same module. A denial of the package itself beats whatever is approved in its place; nothing lets an import pass
 * that the package of its name does not provide.
 *
 * @param file The importing file; the manifests of its folders are looked at first.
 */
export async function statusOf(
  origin: Extract<Origin, { kind: 'package' }>,
  records: ApprovalSources,
  file: string,
): Promise<PackageStatus> {
  const asker = { file, lines: origin.lines ?? [] };
  const first = { package: origin.package, status: await approvalStatusOf(origin.package, records, asker) };
  if (first.status.kind === 'denied') return first;
  if (origin.provides)
    return { ...first, status: { kind: 'unapproved', requested: null, provides: origin.provides } };
  const candidates = [...origin.alternatives, ...(origin.namesakes ?? [])];
  const best = await bestOf(first, candidates, { records, asker });
  return best.status.kind === 'unapproved' && candidates.length > 0
    ? proposedOf([origin.package, ...candidates], best, { records, asker })
    : best;
}

async function bestOf(
  first: PackageStatus,
  alternatives: readonly Package[],
  { records, asker }: { readonly records: ApprovalSources; readonly asker: Asker },
): Promise<PackageStatus> {
  let best = first;
  for (const alternative of alternatives) {
    if (isAllowed(best.status, records.trustIn(best.package.ecosystem))) return best;
    const status = await approvalStatusOf(alternative, records, asker);
    if (preference.indexOf(status.kind) < preference.indexOf(best.status.kind))
      best = { package: alternative, status };
  }
  return best;
}

/** Of packages that nobody decided about, the one that the change itself declares is the one that is meant. */
async function proposedOf(
  candidates: readonly Package[],
  best: PackageStatus,
  { records, asker }: { readonly records: ApprovalSources; readonly asker: Asker },
): Promise<PackageStatus> {
  for (const candidate of candidates) {
    if ((await records.proposed.find(candidate, asker.file)) === null) continue;
    const status = await approvalStatusOf(candidate, records, asker);
    if (status.kind === 'unapproved') return { package: candidate, status };
  }
  return best;
}

/** @returns Whether a package of this status needs nobody's attention. */
export function isAllowed(status: ApprovalStatus, trust: TrustedRecords): boolean {
  return isApproval(status) || (status.kind === 'declared' && trust === 'manifests');
}

/** @returns Whether the whitelist itself lets a package pass. */
export function isApproval({ kind }: ApprovalStatus): boolean {
  return kind === 'approved' || kind === 'baseline';
}

/** @returns Whether nobody decided about a package and no manifest that counts declares it: registries are asked. */
export function isUndecided({ kind }: ApprovalStatus): boolean {
  return kind === 'unapproved' || kind === 'in-use';
}

/** The file that uses a package, and what it says itself of where packages come from. */
interface Asker {
  readonly file: string;
  readonly lines: readonly Dependency[];
}

/** @returns What was decided about a package: by the whitelist, else by a manifest or the asking program at the base. */
export async function approvalStatusOf(
  subject: Package,
  records: ApprovalSources,
  asker: Asker,
): Promise<ApprovalStatus> {
  const decision = await decisionOf(subject, records, asker);
  if (decision.kind !== 'unapproved' || 'approvedElsewhere' in decision) return decision;
  for (const declarations of [...records.declarations, ...records.programs]) {
    const at = await declarations.find(subject, asker.file);
    if (at) return { kind: 'declared', at, requested: decision.requested };
  }
  return decision;
}

/** An approval that names a source holds for that source alone: where the lines of a package lead elsewhere, nobody approved it. */
async function decisionOf(
  subject: Package,
  records: ApprovalSources,
  { file, lines }: Asker,
): Promise<Decision | Extract<ApprovalStatus, { kind: 'unapproved' }>> {
  const decision = records.decide(subject);
  if (decision.kind !== 'approved' || decision.entry.source === null) return decision;
  const { comesFrom } = await import('./approved-source.ts');
  const question = { file, lines, declarations: records.proposed };
  const isThere = await comesFrom(decision.entry.source, subject, question);
  return isThere ? decision : { kind: 'unapproved', requested: null, approvedElsewhere: decision.entry };
}
