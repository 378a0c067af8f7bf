import type { Language } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { Origin, Reference } from '../model/reference.ts';
import type { PackageStatus, ReferenceWithStatus } from '../model/status.ts';
import type { ProjectResolvers } from './resolvers.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { isApproval, isAllowed, statusOf, type ApprovalSources } from '../policy/status.ts';
import type { AnalysisContext, Settlement } from './file-analysis.ts';

/** @returns What was decided about the package that an origin leads to; null where it leads to none. */
export async function judgeOrigin(
  origin: Origin,
  records: ApprovalSources,
  file: string,
): Promise<PackageStatus | null> {
  return origin.kind === 'package' ? statusOf(origin, records, file) : null;
}

/** @returns Whether there is something to say about a reference. */
export function needsReport(
  { judged: packageStatus }: ReferenceWithStatus,
  { trustIn }: ApprovalSources,
): boolean {
  return !packageStatus || !isAllowed(packageStatus.status, trustIn(packageStatus.package.ecosystem));
}

/**
 * @returns Whether a package is approved as part of a scope and no manifest of a base declares it: nobody has read its
 *   name yet.
 */
export async function isNewMember(
  { package: subject, status }: PackageStatus,
  { declarations }: ApprovalSources,
  file: string,
): Promise<boolean> {
  if (status.kind !== 'approved' || !isScopePattern(status.entry.name)) return false;
  for (const base of declarations) if (await base.find(subject, file)) return false;
  return true;
}

/**
 * The questions of an inspection, answered by the records.
 *
 * @param next Resolves what the scan sees.
 * @param listsMembers Packages of an approved scope that are new are told of, so a reference to one is not settled.
 */
export function statusLookups(
  records: ApprovalSources,
  next: ProjectResolvers,
  listsMembers: boolean,
): Pick<AnalysisContext, 'settlementOf' | 'isNewMember' | 'settlesReference' | 'useKey'> {
  const approves = (subject: Package) => isApproval(records.decide(subject));
  const originsOf = async (language: Language, specifier: string, file: string) => {
    const request = { file, specifier, names: null, kind: null, approves };
    return (await next.resolver(language).resolve(request)).map(({ origin }) => origin);
  };
  return {
    settlementOf: async (language, specifier, file) => {
      const origins = await originsOf(language, specifier, file);
      const statuses = await Promise.all(origins.map((origin) => settlement(origin, records, file)));
      if (statuses.includes('open')) return 'open';
      return listsMembers && statuses.includes('member') ? 'member' : 'settled';
    },
    isNewMember: async (language, specifier, file) => {
      const origins = await originsOf(language, specifier, file);
      const isNew = await Promise.all(origins.map((origin) => leadsToNewMember(origin, records, file)));
      return isNew.includes(true);
    },
    settlesReference: async ({ origin }, file) => {
      const status = await settlement(origin, records, file);
      if (status !== 'member' || !listsMembers) return status !== 'open';
      return !(await leadsToNewMember(origin, records, file));
    },
    useKey: ({ origin, specifier }, file) => useKey({ origin, specifier }, records, file),
  };
}

async function leadsToNewMember(origin: Origin, records: ApprovalSources, file: string): Promise<boolean> {
  return origin.kind === 'package' && isNewMember(await statusOf(origin, records, file), records, file);
}

async function settlement(origin: Origin, records: ApprovalSources, file: string): Promise<Settlement> {
  if (origin.kind !== 'package') return origin.kind === 'unknown' ? 'open' : 'settled';
  const { package: subject, status } = await statusOf(origin, records, file);
  if (!isAllowed(status, records.trustIn(subject.ecosystem))) return 'open';
  return status.kind === 'approved' && isScopePattern(status.entry.name) ? 'member' : 'settled';
}

async function useKey(
  { origin, specifier }: Pick<Reference, 'origin' | 'specifier'>,
  records: ApprovalSources,
  file: string,
): Promise<string> {
  if (origin.kind === 'unknown') return `unknown ${specifier}`;
  if (origin.kind !== 'package') return 'settled';
  const { package: used } = await statusOf(origin, records, file);
  return `${used.ecosystem}:${used.name}`;
}
