import { usesOf } from '../analysis/uses.ts';
import { purl, type Package } from '../model/package.ts';
import { entryOf, type Entry, type UseWithStatus } from '../model/status.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { isInScope } from '../whitelist/prune.ts';
import { concernAbout } from './entry-concerns.ts';
import { nearEndOf } from './expiry.ts';
import { withDetails, type ReviewQueue } from './review-queue.ts';
import { usesOfProject } from './uses.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** Approvals that end soon or have ended. */
export interface ExpiringReview {
  readonly queue: ReviewQueue;
  /** Those of other files: of two approvals the earlier end counts, so they are renewed there. */
  readonly elsewhere: readonly Entry[];
}

/** Collects the approvals that end soon or have ended, the earliest end first. Denials beat them. */
export async function collectExpiring(
  session: WhitelistSession,
  { offline }: { readonly offline: boolean },
): Promise<ExpiringReview> {
  const { whitelist, project, context } = session;
  const { policy } = project;
  const subjects = new Map<string, Package>();
  for (const { kind, ecosystem, name } of policy.whitelist.entries)
    if (kind === 'approved') subjects.set(purl({ ecosystem, name }), { ecosystem, name });
  const endings = [...subjects.values()]
    .map((subject) => ({ package: subject, status: policy.decide(subject) }))
    .flatMap((item) => {
      const end = nearEndOf(item.status, context.now);
      const entry = entryOf(item.status);
      return end === null || entry === null ? [] : [{ ...item, end, entry }];
    })
    .toSorted((left, right) => left.end.localeCompare(right.end));
  const ownEndings = endings.filter(({ entry }) => entry.file === whitelist);
  if (endings.length === 0) return { queue: { items: [], unstaged: [], faults: [] }, elsewhere: [] };
  const { judged: references, faults } = await usesOfProject(project);
  const uses = usesOf(references);
  const open = ownEndings.map(({ package: subject, status }) => ({
    package: subject,
    status,
    uses: usesBy(subject, uses),
    provider: null,
    impossibleName: null,
  }));
  const items = (await withDetails(open, session, { offline })).map((item, at) => {
    const entry = ownEndings[at]?.entry;
    return { ...item, concern: entry ? concernAbout(entry, item.learned) : null };
  });
  return {
    queue: { items, unstaged: [], faults },
    elsewhere: endings.map(({ entry }) => entry).filter(({ file }) => file !== whitelist),
  };
}

function usesBy(subject: Package, uses: readonly UseWithStatus[]): readonly UseWithStatus[] {
  const isMeant = isScopePattern(subject.name)
    ? (used: Package) => isInScope(used, subject)
    : (used: Package) => purl(used) === purl(subject);
  return uses.filter(({ use }) => isMeant(use.package));
}
