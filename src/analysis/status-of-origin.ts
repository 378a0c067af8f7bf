import type { Package } from '../model/package.ts';
import { isInstall, type Origin, type Reference, type SourceLine } from '../model/reference.ts';
import type { PackageStatus, ReferenceWithStatus } from '../model/status.ts';
import type { ProjectResolvers } from './resolvers.ts';
import { lineKey, registryKeys } from '../declarations/dependency-line.ts';
import { isOwnPackage } from '../declarations/own-packages.ts';
import { isApproval, isAllowed, statusOf, type ApprovalSources } from '../policy/status.ts';
import type { FileReference } from './dependency-reference.ts';
import type { AnalysisContext, ScanStatus } from './file-analysis.ts';

/** @returns What was decided about the package that an origin leads to; null where it leads to none. */
export async function judgeOrigin(
  origin: Origin,
  records: ApprovalSources,
  file: string,
): Promise<PackageStatus | null> {
  return origin.kind === 'package' ? statusOf(origin, records, file) : null;
}

/** @returns A reference of a file with what was decided about its package; of one that is asked for first, by nobody but the whitelist. */
export async function judgeReference(
  file: string,
  { language, isFirstAsked = false, ...reference }: FileReference,
  records: ApprovalSources,
): Promise<ReferenceWithStatus> {
  const sources = isFirstAsked ? { ...records, declarations: [], programs: [] } : records;
  return { file, language, reference, judged: await judgeOrigin(reference.origin, sources, file) };
}

/** @returns Whether there is something to say about a reference. */
export function needsReport(
  { judged: packageStatus }: Pick<ReferenceWithStatus, 'judged'>,
  { trustIn }: ApprovalSources,
): boolean {
  return !packageStatus || !isAllowed(packageStatus.status, trustIn(packageStatus.package.ecosystem));
}

/**
 * The questions of an inspection, answered by the records.
 *
 * @param next Resolves what the scan sees.
 */
export function statusLookups(
  records: ApprovalSources,
  next: ProjectResolvers,
): Pick<AnalysisContext, 'scanStatus' | 'settlesReference' | 'isDecided' | 'useKey'> {
  const approves = (subject: Package) => isApproval(records.decide(subject));
  return {
    scanStatus: async (language, { file, specifier, scannedNames, omission }) => {
      const request = { file, specifier, scannedNames, omission, names: null, kind: null, approves };
      let status: ScanStatus = 'settled';
      for (const { origin } of await next.resolver(language).resolve(request)) {
        if (origin.kind === 'missing') status = 'missing';
        else if (!(await settles(origin, records, file))) return 'open';
      }
      return status;
    },
    settlesReference: async (reference, file) =>
      (await settles(reference.origin, records, file)) || (await installsOwn(reference, records, file)),
    isDecided: async ({ origin }, file) => {
      if (origin.kind === 'unknown') return origin.line !== undefined;
      if (origin.kind !== 'package') return false;
      const { status } = await statusOf(origin, records, file);
      return status.kind === 'denied' || status.kind === 'expired';
    },
    useKey: ({ origin, specifier }, file) => useKey({ origin, specifier }, records, file),
  };
}

/** The examples of a package name it among what they are to run with. */
async function installsOwn(reference: Reference, records: ApprovalSources, file: string): Promise<boolean> {
  const { origin } = reference;
  if (origin.kind !== 'package' || !isInstall(reference)) return false;
  const candidates = [origin.package, ...origin.alternatives];
  if (candidates.some((subject) => records.decide(subject).kind === 'denied')) return false;
  const compared = { trusted: records.declarations, proposed: records.proposed };
  for (const subject of candidates) if (await isOwnPackage({ subject, file }, compared)) return true;
  return false;
}

async function settles(origin: Origin, records: ApprovalSources, file: string): Promise<boolean> {
  if (origin.kind !== 'package') return origin.kind !== 'unknown' && origin.kind !== 'missing';
  const { package: subject, status } = await statusOf(origin, records, file);
  return isAllowed(status, records.trustIn(subject.ecosystem));
}

async function useKey(
  { origin, specifier }: Pick<Reference, 'origin' | 'specifier'>,
  records: ApprovalSources,
  file: string,
): Promise<string> {
  if (origin.kind === 'unknown') return origin.line ? lineKeyOf(origin.line) : `unknown ${specifier}`;
  if (origin.kind === 'missing') return `missing ${origin.module.path}`;
  if (origin.kind !== 'package') return 'settled';
  const { package: used, status } = await statusOf(origin, records, file);
  const isMissing = status.kind === 'unapproved' && status.provides !== undefined;
  // A file that imports PIL of pillow uses something else when it imports pillow.
  return `${used.ecosystem}:${used.name}${isMissing ? ` without ${specifier}` : ''}`;
}

/** Where the line of a program leads, wherever it stands. */
function lineKeyOf(line: SourceLine): string {
  if (line.kind === 'dependency') return `line ${lineKey(line.dependency)}`;
  return `line ${registryKeys(line.registry).join(' ')}`;
}
