import { grades, gradesOf } from '../../rules/grades.ts';
import { rejectAssistants, rejectFirstEntry } from '../app/assistant-policy.ts';
import { consequenceOf } from '../app/decision.ts';
import { UsageError } from '../app/usage-error.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { DecisionName } from './commands.ts';

/** A decision that an editor can show, and why it would be refused; null where it would not. */
export interface DecisionOffer {
  readonly name: DecisionName;
  readonly refusal: string | null;
}

/**
 * Asks what refuses decisions, before anybody decides: nothing is offered that is refused later, as far as that can be told
 * without asking a registry.
 *
 * @param grade What registries said of the package; null where nobody knows.
 * @returns The decisions about a package. A request that would change nothing is none.
 */
export async function decisionOffers(
  { package: subject, grade }: { readonly package: Package; readonly grade: string | null },
  session: Pick<WhitelistSession, 'context' | 'project' | 'location'>,
): Promise<readonly DecisionOffer[]> {
  const words = [packageLabel(subject)];
  const requestRefusal = await refusalOf(async () => {
    await rejectFirstEntry(session);
    return changes('requested', subject, session);
  });
  const approvalRefusal = await refusalOf(async () => {
    await rejectAssistants({ command: 'approve', words }, session);
    rejectGrave(subject, grade);
    return changes('approved', subject, session);
  });
  const denialRefusal = await refusalOf(async () => {
    await rejectAssistants({ command: 'deny', words }, session);
    return changes('denied', subject, session);
  });
  const offers = [
    { name: 'request', refusal: requestRefusal },
    { name: 'approve', refusal: approvalRefusal },
    { name: 'deny', refusal: denialRefusal },
  ] as const;
  return offers.flatMap(({ name, refusal }) => (refusal === NO_CHANGE ? [] : [{ name, refusal }]));
}

const NO_CHANGE = Symbol('the whitelist says so already');

/** @param attempt Says whether it would change anything. @returns Why it is refused; null where it is not. */
async function refusalOf(attempt: () => Promise<boolean>): Promise<string | typeof NO_CHANGE | null> {
  try {
    return (await attempt()) ? null : NO_CHANGE;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.message;
  }
}

function changes(
  kind: 'approved' | 'denied' | 'requested',
  subject: Package,
  { project: { policy } }: Pick<WhitelistSession, 'project'>,
): boolean {
  const decision = { kind, package: subject, content: { by: '', reason: '' }, overrides: false };
  const { whitelistFile: whitelist, today } = policy;
  return consequenceOf(decision, policy.whitelist.entries, { whitelist, today }).kind === 'edit';
}

/** What a registry said against a package holds its approval back. */
function rejectGrave(subject: Package, grade: string | null): void {
  if (grade === null || !gradesOf('refuted', 'doubtful').includes(grade)) return;
  const meaning = grades.find(({ id }) => id === grade)?.description ?? '';
  throw new UsageError(`${packageLabel(subject)} is ${grade}. ${meaning}`, '');
}
