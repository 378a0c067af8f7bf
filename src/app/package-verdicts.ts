import { explain, type ExplainOptions, type ExplainQuery } from '../analysis/explain.ts';
import type { ExplanationCard } from '../model/explanation.ts';
import type { Fault } from '../model/fault.ts';
import type { Lookup, ProjectNames } from '../model/lookup.ts';
import type { Origin } from '../model/reference.ts';
import type { Scope } from '../model/snapshot.ts';
import {
  entryOf,
  type ApprovalStatus,
  type Entry,
  type PackageStatus,
  type UseWithStatus,
} from '../model/status.ts';
import { readPolicy, type Policy } from '../policy/policy.ts';
import { isAllowed } from '../policy/status.ts';
import { filesOf } from '../snapshots/files.ts';
import { explainOptionsOf, queriesFor } from './explain.ts';
import { parsePackage } from './package-arguments.ts';
import type { LookupOrigin } from './lookup-settings.ts';
import type { OpenedProject } from './project.ts';
import { UsageError } from './usage-error.ts';

/** A name, and of which ecosystem it is, where that is said. */
export interface NameQuestion {
  readonly name: string;
  readonly ecosystem?: string | undefined;
}

/** In one word, what may be done with a name. */
export type Verdict =
  | 'approved'
  | 'unapproved'
  | 'denied'
  | 'expired'
  /** A module of the project itself. */
  | 'own'
  | 'stdlib'
  /** The host of the program provides it. */
  | 'ambient'
  /** A module of the project itself that is not there. */
  | 'missing'
  /** Nobody can tell where it leads. */
  | 'unclear'
  /** No package can be called so, or several could be meant. */
  | 'invalid';

/** What is said of one name in one ecosystem. */
export type NameVerdict =
  | {
      readonly verdict: Exclude<Verdict, 'invalid'>;
      readonly question: NameQuestion;
      readonly card: ExplanationCard;
      /** An approval or a request that only the work tree has; null where the policy that judges has it too, and where there is none. */
      readonly uncommitted: Entry | null;
    }
  | { readonly verdict: 'invalid'; readonly question: NameQuestion; readonly problem: UsageError };

/** What is asked of all names. */
export interface VerdictOptions {
  /** The names are what programs import, and not packages that are to be installed. */
  readonly isImport: boolean;
  readonly origin: LookupOrigin;
}

/**
 * Says of names what the policy of an open project says of them, with what registries know of packages that nobody approved:
 * these are asked about all of them at once, within one budget.
 *
 * @returns For each name, in their order, one verdict in each ecosystem that it may be one of.
 */
export async function nameVerdicts(
  questions: readonly NameQuestion[],
  { isImport, origin }: VerdictOptions,
  project: OpenedProject,
): Promise<{ readonly verdicts: readonly NameVerdict[]; readonly faults: readonly Fault[] }> {
  const answers: (QuestionWithQuery | NameVerdict)[] = [];
  for (const question of questions)
    for (const answer of await queriesOf(question, isImport, project)) answers.push(answer);
  const queries = answers.flatMap((answer) => ('query' in answer ? answer.query : []));
  const cards = await explainTogether(queries, project.scope, explainOptionsOf(project, origin));
  const verdicts: NameVerdict[] = [];
  for (const answer of answers) {
    if ('verdict' in answer) verdicts.push(answer);
    else {
      const card = cards.get(answer.query);
      if (card !== undefined) verdicts.push(await verdictOf({ question: answer.question, card }, project));
    }
  }
  return { verdicts, faults: [...project.scope.faults, ...project.policy.faults] };
}

interface QuestionWithQuery {
  readonly question: NameQuestion;
  readonly query: ExplainQuery;
}

async function queriesOf(
  question: NameQuestion,
  isImport: boolean,
  project: OpenedProject,
): Promise<readonly (QuestionWithQuery | NameVerdict)[]> {
  try {
    const queries = await queriesFor(question.name, question.ecosystem, project);
    return queries.map((query) => ({ question, query: isImport ? query : installing(query) }));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ verdict: 'invalid', question, problem: error }];
  }
}

/** @throws UsageError for what is no package's name. */
function installing(query: ExplainQuery): ExplainQuery {
  const ecosystem = query.language.ecosystem ?? '';
  return { ...query, installs: parsePackage(`${ecosystem}:${query.specifier}`, []) };
}

/** What is asked of registries is known only when all names are followed, so that they are followed twice. */
async function explainTogether(
  queries: readonly ExplainQuery[],
  scope: Scope,
  options: ExplainOptions,
): Promise<ReadonlyMap<ExplainQuery, ExplanationCard>> {
  const questions: { readonly use: UseWithStatus; readonly names: ProjectNames }[] = [];
  const nothing = { knowledge: [], approvals: [], lookups: 'none' } as const;
  const first = await explainEach(queries, scope, {
    ...options,
    ask: (uses, names) => {
      for (const use of uses) questions.push({ use, names });
      return Promise.resolve(nothing);
    },
  });
  const [question] = questions;
  if (question === undefined) return first;
  const uses = questions.map(({ use }) => use);
  const { knowledge } = await options.ask(uses, question.names, []);
  let at = 0;
  const replies: Lookup = () => {
    const evidence = knowledge[at];
    at += 1;
    return Promise.resolve({ ...nothing, knowledge: evidence === undefined ? [] : [evidence] });
  };
  return explainEach(queries, scope, { ...options, ask: replies });
}

async function explainEach(
  queries: readonly ExplainQuery[],
  scope: Scope,
  options: ExplainOptions,
): Promise<ReadonlyMap<ExplainQuery, ExplanationCard>> {
  const cards = new Map<ExplainQuery, ExplanationCard>();
  for (const query of queries) cards.set(query, await explain(query, scope, options));
  return cards;
}

async function verdictOf(
  { question, card }: { readonly question: NameQuestion; readonly card: ExplanationCard },
  project: OpenedProject,
): Promise<NameVerdict> {
  const verdict = wordFor(card, project.policy);
  const isOpen = card.judged !== null && verdict === 'unapproved';
  const uncommitted = isOpen ? await uncommittedEntry(card.judged, project) : null;
  return { verdict, question, card, uncommitted };
}

async function uncommittedEntry(
  { package: subject, status }: PackageStatus,
  { scope, policyOptions }: OpenedProject,
): Promise<Entry | null> {
  if (entryOf(status) !== null) return null;
  const current = (await readPolicy(filesOf(scope.head), policyOptions)).decide(subject);
  return current.kind === 'approved' || current.kind === 'unapproved' ? entryOf(current) : null;
}

function wordFor(
  { origin, judged: packageStatus }: ExplanationCard,
  policy: Policy,
): Exclude<Verdict, 'invalid'> {
  if (packageStatus === null) return wordOfOrigin(origin);
  const { status, package: subject } = packageStatus;
  if (isAllowed(status, policy.trustIn(subject.ecosystem))) return 'approved';
  return wordsOfStatus[status.kind];
}

const wordsOfStatus: Readonly<
  Record<ApprovalStatus['kind'], 'approved' | 'unapproved' | 'denied' | 'expired'>
> = {
  approved: 'approved',
  baseline: 'approved',
  declared: 'unapproved',
  'in-use': 'unapproved',
  denied: 'denied',
  expired: 'expired',
  unapproved: 'unapproved',
};

function wordOfOrigin({ kind }: Origin): Exclude<Verdict, 'invalid'> {
  switch (kind) {
    case 'builtin':
      return 'stdlib';
    case 'local':
      return 'own';
    case 'ambient':
      return 'ambient';
    case 'missing':
      return 'missing';
    case 'package':
    case 'unknown':
      return 'unclear';
  }
}
