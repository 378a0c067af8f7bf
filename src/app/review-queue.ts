import { impossibleNameOf } from '../analysis/impossible-name.ts';
import { usesOf } from '../analysis/uses.ts';
import type { Fault } from '../model/fault.ts';
import type { ImpossibleName, Provider } from '../model/finding.ts';
import { purl, type Package } from '../model/package.ts';
import type { ApprovalStatus, Entry, UseWithStatus } from '../model/status.ts';
import { Analysis } from '../analysis/analyse.ts';
import { obstaclesOf } from '../policy/policy.ts';
import { unaskedBy } from '../policy/answered.ts';
import { isAllowed } from '../policy/status.ts';
import { importsIn, openChange } from './change.ts';
import type { WhitelistSession } from './whitelist-session.ts';
import { confirmedGrades, lookUpForApproval, type ApprovalDetails } from './approval-details.ts';
import { lookupSettingsOf } from './lookup-settings.ts';
import type { Concern } from './entry-concerns.ts';
import { usesOfProject } from './uses.ts';

/** One package that waits for a decision: where it is used, what was decided so far, what is known of it. */
export interface ReviewItem {
  readonly package: Package;
  readonly status: ApprovalStatus;
  readonly uses: readonly UseWithStatus[];
  readonly learned: ApprovalDetails;
  /** The package that provides what is imported, whose entry lacks it: there is nothing to decide, but to record. */
  readonly provider: Provider | null;
  /** null where a package could have the name. */
  readonly impossibleName: ImpossibleName | null;
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
export type OpenItem = Omit<ReviewItem, 'learned' | 'concern'>;

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
    const open = uses.filter(
      ({ use, status }) => !isAllowed(status, project.policy.trustIn(use.package.ecosystem)),
    );
    const flagged = byPackage(open, await providersOfChange(open, analysis, { session, ...flags }));
    const decided = flagged.filter((item) => isDecided(item, session));
    const waiting = flagged.filter((item) => !decided.includes(item));
    const items = await withDetails([...waiting, ...(await requested(session, flagged))], session, flags);
    return {
      items: items.toSorted(byUrgency),
      unstaged: decided.map((item) => item.package),
      faults: [...project.scope.faults, ...obstaclesOf(project.policy), ...faults],
    };
  } finally {
    if (project !== session.project) project.close();
  }
}

/** Imports whose packages are others than they seem to lead to, by what is installed or in archives. */
async function providersOfChange(
  uses: readonly UseWithStatus[],
  analysis: Analysis,
  { session, offline }: { readonly session: WhitelistSession; readonly offline: boolean },
): Promise<ReadonlyMap<string, Provider>> {
  if (uses.length === 0) return new Map();
  const { findProviders } = await import('../lookups/project-lookup.ts');
  const { policy } = session.project;
  const { context, location } = session;
  const settings = lookupSettingsOf(policy, { context, location, offline, caller: 'person' });
  return findProviders(uses, await analysis.projectNames(), settings);
}

/** Asks registries about packages that somebody can decide about. */
export async function withDetails(
  open: readonly OpenItem[],
  session: WhitelistSession,
  { offline }: { readonly offline: boolean },
): Promise<readonly ReviewItem[]> {
  const decidableItems = open.filter((item) => isDecidable(item));
  const used = new Map(
    decidableItems.map((item) => [purl(item.package), importsIn(item.uses, item.package)]),
  );
  const details = await lookUpForApproval(
    decidableItems.map((item) => item.package),
    session,
    { offline, isReviewed: true, imports: [], used: (subject) => used.get(purl(subject)) ?? [] },
  );
  return open.map((item) => ({
    ...item,
    learned: details[decidableItems.indexOf(item)] ?? unasked(item),
    concern: null,
  }));
}

/**
 * No decision makes an import pass that the package does not have, that another one provides, or whose name no package can
 * have.
 */
export function isDecidable({
  status,
  provider,
  impossibleName,
}: Pick<ReviewItem, 'status' | 'provider' | 'impossibleName'>): boolean {
  const isMissing = status.kind === 'unapproved' && status.provides !== undefined;
  return provider === null && impossibleName === null && !isMissing;
}

function unasked({ package: subject, provider }: OpenItem): ApprovalDetails {
  const grade = provider === null ? 'unproven' : 'unrecorded';
  return {
    package: subject,
    grade,
    evidence: [],
    suggestions: [],
    content: {},
    stoppedImports: [],
    notes: [],
  };
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
function isDecided(item: OpenItem, session: WhitelistSession): boolean {
  if (!isDecidable(item)) return false;
  const { package: subject, status } = item;
  const currentStatus = session.project.policy.decide(subject);
  return status.kind !== 'denied' && ['approved', 'baseline'].includes(currentStatus.kind);
}

async function requested(session: WhitelistSession, flagged: readonly OpenItem[]): Promise<OpenItem[]> {
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
    provider: null,
    impossibleName: null,
  }));
}

/** A request that nobody decided. */
export function isRequested({ kind }: Entry, status: ApprovalStatus): boolean {
  return kind === 'requested' && !['approved', 'baseline', 'denied'].includes(status.kind);
}

/** An approval that no registry answered for. */
function isUnanswered({ kind, unverified }: Entry, status: ApprovalStatus): boolean {
  return kind === 'approved' && unverified && status.kind === 'approved';
}

/** An import whose package is declared, and not decided about, waits for a decision about that one. */
function byPackage(
  uses: readonly UseWithStatus[],
  providers: ReadonlyMap<string, Provider>,
): readonly OpenItem[] {
  const groups = new Map<string, OpenItem>();
  for (const use of uses) {
    const provider = providers.get(purl(use.use.package)) ?? null;
    const isRecorded = provider === null || provider.record === 'decided';
    const subject = isRecorded ? use.use.package : provider.package;
    const isMissing = use.status.kind === 'unapproved' && use.status.provides !== undefined;
    const key = `${purl(subject)} ${isMissing ? 'missing' : ''}`;
    const group = groups.get(key);
    groups.set(key, {
      package: subject,
      status: group?.status ?? use.status,
      uses: [...(group?.uses ?? []), use],
      provider: isRecorded ? provider : null,
      impossibleName: provider === null ? impossibleNameOf(use.use) : null,
    });
  }
  return [...groups.values()];
}
