import type { Package } from '../model/package.ts';
import type { Origin, Reference } from '../model/reference.ts';
import type { Judged, JudgedReference } from '../model/status.ts';
import type { Workshop } from './resolvers.ts';
import { isApproval, isSettled, settle, type Records } from '../policy/status.ts';
import type { Inspection } from './file-analysis.ts';

/** @returns What was decided about the package that an origin leads to; null where it leads to none. */
export async function judgeOrigin(origin: Origin, records: Records, file: string): Promise<Judged | null> {
  return origin.kind === 'package' ? settle(origin, records, file) : null;
}

/** @returns Whether there is something to say about a reference. */
export function isOpen({ judged }: JudgedReference, { trust }: Records): boolean {
  return !judged || !isSettled(judged.standing, trust);
}

/**
 * The questions of an inspection, answered by the records.
 *
 * @param next Resolves what the scan sees.
 */
export function settlingBy(
  records: Records,
  next: Workshop,
): Pick<Inspection, 'settlesSpecifier' | 'settlesReference' | 'useKey'> {
  const approves = (wanted: Package) => isApproval(records.decide(wanted));
  return {
    settlesSpecifier: async (language, specifier, file) => {
      const request = { file, specifier, names: null, kind: null, approves };
      const resolved = await next.resolver(language).resolve(request);
      for (const { origin } of resolved) if (!(await settles(origin, records, file))) return false;
      return true;
    },
    settlesReference: ({ origin }, file) => settles(origin, records, file),
    useKey: ({ origin, specifier }, file) => useKey({ origin, specifier }, records, file),
  };
}

async function settles(origin: Origin, records: Records, file: string): Promise<boolean> {
  if (origin.kind !== 'package') return origin.kind !== 'unknown';
  return isSettled((await settle(origin, records, file)).standing, records.trust);
}

async function useKey(
  { origin, specifier }: Pick<Reference, 'origin' | 'specifier'>,
  records: Records,
  file: string,
): Promise<string> {
  if (origin.kind === 'unknown') return `unknown ${specifier}`;
  if (origin.kind !== 'package') return 'settled';
  const { package: used } = await settle(origin, records, file);
  return `${used.ecosystem}:${used.name}`;
}
