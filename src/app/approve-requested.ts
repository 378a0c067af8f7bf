import { purl } from '../model/package.ts';
import { lookUpForApproval } from './approval-details.ts';
import { rejectAssistants } from './assistant-policy.ts';
import { bulkObstacle, type BulkCandidate } from './bulk-decisions.ts';
import { importsOfChange } from './change.ts';
import type { Decision } from './decision.ts';
import { isRequested } from './review-queue.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** A requested package that is left to a person who looks at it alone, and why. */
export interface LeftRequest extends BulkCandidate {
  readonly obstacle: string;
}

/** The requests that nobody has decided. */
export interface OpenRequests {
  /** Those that one decision may approve. */
  readonly approvable: readonly BulkCandidate[];
  readonly left: readonly LeftRequest[];
}

/**
 * Asks registries about all packages that somebody requested and nobody decided.
 *
 * @throws UsageError in the environment of a coding assistant.
 */
export async function openRequests(session: WhitelistSession): Promise<OpenRequests> {
  await rejectAssistants({ command: 'approve', words: [] }, session);
  const { policy } = session.project;
  const open = policy.whitelist.entries.filter((entry) => isRequested(entry, policy.decide(entry)));
  const packages = [
    ...new Map(open.map(({ ecosystem, name }) => [purl({ ecosystem, name }), { ecosystem, name }])).values(),
  ];
  if (packages.length === 0) return { approvable: [], left: [] };
  const used = await importsOfChange(packages, session);
  const allDetails = await lookUpForApproval(packages, session, { offline: false, imports: [], used });
  const candidates = allDetails.map((details) => {
    const candidate = { status: policy.decide(details.package), learned: details };
    return { ...candidate, obstacle: obstacleTo(candidate) };
  });
  return {
    approvable: candidates.filter(({ obstacle }) => obstacle === null),
    left: candidates.flatMap(({ obstacle, ...item }) => (obstacle === null ? [] : [{ ...item, obstacle }])),
  };
}

/** Who renews an approval says until when, for each one. */
function obstacleTo(candidate: BulkCandidate): string | null {
  return candidate.status.kind === 'expired' ? 'its approval has ended' : bulkObstacle(candidate);
}

/**
 * @param candidates What `openRequests` found to be approvable.
 * @param decided The reason for all of them, and their end as `endFor` gives it.
 * @returns The approvals, to be written all together.
 */
export async function requestApprovals(
  candidates: readonly BulkCandidate[],
  { reason, end }: { readonly reason: string; readonly end: { readonly expires?: string | null } },
  session: WhitelistSession,
): Promise<readonly Decision[]> {
  const by = await session.author();
  return candidates.map(({ learned: { package: subject, content } }) => ({
    kind: 'approved',
    package: subject,
    content: { reason, by, date: session.today, ...end, ...content },
    overrides: false,
  }));
}
