import { usesOf } from '../analysis/uses.ts';
import type { Fault } from '../model/fault.ts';
import { purl, type Package } from '../model/package.ts';
import type { ApprovalStatus, Entry, UseWithStatus } from '../model/status.ts';
import { Analysis } from '../analysis/analyse.ts';
import { obstaclesOf } from '../policy/policy.ts';
import { unaskedBy } from '../policy/answered.ts';
import { isAllowed } from '../policy/status.ts';
import { importsIn, openChange } from './change.ts';
import type { WhitelistSession } from './whitelist-session.ts';
import { confirmedGrades, lookUpForApproval, type ApprovalDetails } from './approval-details.ts';
import type { Concern } from './entry-concerns.ts';
import { usesOfProject } from './uses.ts';

/** One package that waits for a decision: where it is used, what was decided so far, what is known of it. */
export interface ReviewItem {
  readonly package: Package;
  readonly status: ApprovalStatus;
  readonly uses: readonly UseWithStatus[];
  readonly learned: ApprovalDetails;
  /** Of a package that somebody approved: what has turned up against that. null where a decision is still to be made. */
  readonly concern: Concern | null;
}

/** What `review` goes through. */
export interface ReviewQueue {
  readonly items: readonly ReviewItem[];
  /** Packages that the work tree's whitelist has settled, while the judged state does not have it yet. */
  readonly unstaged: readonly Package[];
  readonly faults: readonly Fault[];
}

/** A package with its uses, before anybody is asked about it. */
type Open = Omit<ReviewItem, 'learned' | 'concern'>;

/** Collects the packages that a person should decide about: flagged ones first, then requested ones; the gravest above all. */
export async function collectReviewItems(
  session: WhitelistSession,
  flags: { readonly all: boolean; readonly offline: boolean },
): Promise<ReviewQueue> {
  const project = flags.all ? session.project : await openChange(session);
  try {
    const analysis = new Analysis(project.scope, project.analysisOptions);
    const { judged: references, faults } = await analysis.newReferences();
    const { uses } = await analysis.withUsage(usesOf(references));
    const flagged = byPackage(
      uses.filter(({ use, status }) => !isAllowed(status, project.policy.trustIn(use.package.ecosystem))),
    );
    const decided = flagged.filter((item) => isDecided(item, session));
    const waiting = flagged.filter((item) => !decided.includes(item));
    const open = [...waiting, ...(await requested(session, flagged))];
    const used = new Map(open.map((item) => [purl(item.package), importsIn(item.uses, item.package)]));
    const inquiry = {
      offline: flags.offline,
      imports: [],
      used: (subject: Package) => used.get(purl(subject)) ?? [],
    };
    const approvalDetails = await lookUpForApproval(
      open.map((item) => item.package),
      session,
      inquiry,
    );
    return {
      items: open
        .flatMap((item, at) => {
          const details = approvalDetails[at];
          return details ? [{ ...item, learned: details, concern: null }] : [];
        })
        .toSorted(byUrgency),
      unstaged: decided.map((item) => item.package),
      faults: [...project.scope.faults, ...obstaclesOf(project.policy), ...faults],
    };
  } finally {
    if (project !== session.project) project.close();
  }
}

/** Malware and names that nobody has registered come first, in this order; the others stay as they are. */
export function byUrgency(left: ReviewItem, right: ReviewItem): number {
  return urgency(left) - urgency(right);
}

function urgency({ learned: { grade } }: ReviewItem): number {
  const at = confirmedGrades.indexOf(grade);
  return at < 0 ? confirmedGrades.length : at;
}

/** The denied stay in hand: their uses have to go. */
function isDecided({ package: subject, status }: Open, session: WhitelistSession): boolean {
  const currentStatus = session.project.policy.decide(subject);
  return status.kind !== 'denied' && ['approved', 'baseline'].includes(currentStatus.kind);
}

async function requested(session: WhitelistSession, flagged: readonly Open[]): Promise<Open[]> {
  const { policy } = session.project;
  const isNeverAsked = unaskedBy(policy.config);
  const requestedEntries = policy.whitelist.entries.filter(
    (entry) =>
      !flagged.some((item) => purl(item.package) === purl(entry)) &&
      (isRequested(entry, policy.decide(entry)) ||
        (isUnanswered(entry, policy.decide(entry)) && !isNeverAsked(entry))),
  );
  if (requestedEntries.length === 0) return [];
  const uses = usesOf((await usesOfProject(session.project)).judged);
  return requestedEntries.map(({ ecosystem, name }) => ({
    package: { ecosystem, name },
    status: policy.decide({ ecosystem, name }),
    uses: uses.filter(({ use }) => purl(use.package) === purl({ ecosystem, name })),
  }));
}

/** A request that nobody decided. */
function isRequested({ kind }: Entry, status: ApprovalStatus): boolean {
  return kind === 'requested' && !['approved', 'baseline', 'denied'].includes(status.kind);
}

/** An approval that no registry answered for. */
function isUnanswered({ kind, unverified }: Entry, status: ApprovalStatus): boolean {
  return kind === 'approved' && unverified && status.kind === 'approved';
}

function byPackage(uses: readonly UseWithStatus[]): Open[] {
  const groups = new Map<string, Open>();
  for (const use of uses) {
    const key = purl(use.use.package);
    const group = groups.get(key);
    groups.set(key, {
      package: use.use.package,
      status: group?.status ?? use.status,
      uses: [...(group?.uses ?? []), use],
    });
  }
  return [...groups.values()];
}
