import type { ResolveRequest, Resolver } from '../model/language.ts';
import type { Origin, Step } from '../model/reference.ts';
import type { PackageStatus } from '../model/status.ts';
import type { ApprovalSources } from '../policy/status.ts';
import { judgeOrigin } from './status-of-origin.ts';
import { unreadText } from './unreadable-config.ts';

/** Where (a part of) a specifier leads, and what was decided about its package; null where it is none. */
export interface ResolvedLead {
  readonly origin: Origin;
  readonly judged: PackageStatus | null;
}

/**
 * Follows one specifier, whether a file holds it or not.
 *
 * @param tell Receives the steps of its resolution; undefined where nobody wants them.
 * @returns Each origin with what was decided about its package.
 */
export async function followSpecifier(
  resolver: Resolver,
  request: ResolveRequest,
  { records, tell }: { readonly records: ApprovalSources; readonly tell: ((step: Step) => void) | undefined },
): Promise<readonly ResolvedLead[]> {
  if (tell) {
    for (const unread of await resolver.unread(request))
      tell({ text: unreadText(unread), file: unread.file, line: unread.line });
  }
  const leads = await resolver.resolve(request, tell);
  return Promise.all(
    leads.map(async ({ origin }) => ({ origin, judged: await judgeOrigin(origin, records, request.file) })),
  );
}
