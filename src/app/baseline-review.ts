import { usesOf } from '../analysis/uses.ts';
import { packageLabel, purl, type Package } from '../model/package.ts';
import type { ApprovalStatus, Entry, UseWithStatus } from '../model/status.ts';
import { unaskedBy } from '../policy/answered.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { lookUpForApproval, type ApprovalDetails } from './approval-details.ts';
import { importsIn } from './change.ts';
import { concernAbout, existenceIn, newestDecision } from './entry-concerns.ts';
import type { Progress } from './progress.ts';
import { byUrgency, type ReviewItem, type ReviewQueue } from './review-queue.ts';
import { usesOfProject } from './uses.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** A package that no registry answered for, and why. */
export interface UnansweredPackage {
  readonly package: Package;
  readonly reason: string;
}

/** What registries say of all that was approved. */
export interface BaselineReview {
  /** Packages about which a person should decide anew. */
  readonly queue: ReviewQueue;
  /** How many packages a registry answered for. */
  readonly answers: number;
  readonly unanswered: readonly UnansweredPackage[];
  /** Not one question was answered, private names aside: nothing was found out. */
  readonly isSilent: boolean;
}

/** How long a review may go on, and who hears of it. */
export interface ReviewPace {
  readonly progress: Progress;
  /** The time for all questions is over: the rest is not asked. */
  readonly isOver: () => boolean;
}

/**
 * Asks registries about every package that is approved or in the baseline. Scopes are no packages. Each batch of
 * questions has the time that the config gives to the questions of a run.
 *
 * @throws UsageError where the config keeps registries from being asked.
 */
export async function collectBaselineReview(
  session: WhitelistSession,
  pace: ReviewPace,
): Promise<BaselineReview> {
  const { config } = session.project.policy;
  if (config.lookup === 'off')
    throw new UsageError(
      '--baseline asks registries, and `lookup: off` in the config keeps them from being asked',
      'Take it out of the config, or review without --baseline.',
    );
  const decided = decidedPackages(session);
  const { judged: references, faults } = await usesOfProject(session.project);
  const subjects = withUses(decided, usesOf(references));
  const { items, unanswered } = await itemsOf(subjects, session, pace);
  const isNeverAsked = unaskedBy(config);
  const answers = subjects.length - unanswered.length;
  return {
    queue: { items: items.toSorted(byUrgency), unstaged: [], faults },
    answers,
    unanswered,
    isSilent: answers === 0 && unanswered.some((item) => !isNeverAsked(item.package)),
  };
}

/** A package, and the decision that lets it pass. */
interface DecidedPackage {
  readonly package: Package;
  readonly entry: Entry;
  readonly status: ApprovalStatus;
}

/** Denials and approvals that are over let nothing pass. */
function decidedPackages({ project: { policy } }: WhitelistSession): readonly DecidedPackage[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of policy.whitelist.entries) {
    if (isScopePattern(entry.name)) continue;
    const label = packageLabel(entry);
    groups.set(label, [...(groups.get(label) ?? []), entry]);
  }
  return [...groups.values()].flatMap((entries) => {
    const entry = newestDecision(entries);
    if (entry === undefined) return [];
    const subject = { ecosystem: entry.ecosystem, name: entry.name };
    const { kind } = policy.decide(subject);
    const isAllowed = kind === 'approved' || kind === 'baseline';
    return isAllowed ? [{ package: subject, entry, status: { kind, entry } }] : [];
  });
}

interface UsedPackage extends DecidedPackage {
  readonly uses: readonly UseWithStatus[];
}

function withUses(
  packages: readonly DecidedPackage[],
  uses: readonly UseWithStatus[],
): readonly UsedPackage[] {
  const groups = new Map<string, UseWithStatus[]>(packages.map((item) => [purl(item.package), []]));
  for (const use of uses) groups.get(purl(use.use.package))?.push(use);
  return packages.map((item) => ({ ...item, uses: groups.get(purl(item.package)) ?? [] }));
}

/** Twice as many as a host is asked about at once: each gets its turn within the time of a batch. */
const BATCH_SIZE = 12;

interface Answers {
  readonly items: readonly ReviewItem[];
  readonly unanswered: readonly UnansweredPackage[];
}

async function itemsOf(
  subjects: readonly UsedPackage[],
  session: WhitelistSession,
  { progress, isOver }: ReviewPace,
): Promise<Answers> {
  const items: ReviewItem[] = [];
  const unanswered: UnansweredPackage[] = [];
  for (let start = 0; start < subjects.length; start += BATCH_SIZE) {
    const batch = subjects.slice(start, start + BATCH_SIZE);
    const answers = isOver() ? unasked(batch) : await answersFor(batch, session);
    for (const item of answers.items) items.push(item);
    for (const item of answers.unanswered) unanswered.push(item);
    progress.step(start + batch.length, subjects.length);
  }
  progress.done();
  return { items, unanswered };
}

function unasked(batch: readonly UsedPackage[]): Answers {
  const reason = 'the time for lookups was over';
  return { items: [], unanswered: batch.map((item) => ({ package: item.package, reason })) };
}

async function answersFor(batch: readonly UsedPackage[], session: WhitelistSession): Promise<Answers> {
  const usesByPackage = new Map(batch.map((item) => [purl(item.package), item.uses]));
  const used = (subject: Package) => importsIn(usesByPackage.get(purl(subject)) ?? [], subject);
  const packages = batch.map((item) => item.package);
  const allDetails = await lookUpForApproval(packages, session, { offline: false, imports: [], used });
  const items: ReviewItem[] = [];
  const unanswered: UnansweredPackage[] = [];
  for (const [index, { entry, ...item }] of batch.entries()) {
    const details = allDetails[index];
    const reason = details ? silenceIn(details) : 'no answer';
    if (reason !== null) unanswered.push({ package: item.package, reason });
    const concern = details ? concernAbout(entry, details) : null;
    if (details && concern)
      items.push({ ...item, learned: details, concern, provider: null, impossibleName: null });
  }
  return { items, unanswered };
}

/** @returns Why no registry said whether a package exists; null where one did. */
function silenceIn(details: ApprovalDetails): string | null {
  const existence = existenceIn(details);
  if (existence === undefined) return 'no answer';
  return existence.state === 'unknown' || existence.state === 'notAsked' ? existence.reason : null;
}
