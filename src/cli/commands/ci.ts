import { readFile } from 'node:fs/promises';
import { parseJson } from '../../documents/values.ts';
import { isFileError, runGit } from '../../git/git.ts';
import { commitId } from '../../git/repository.ts';
import type { PolicyChoice, ProjectLocation } from '../../snapshots/scope-request.ts';
import { editLinksOfGitHub, editLinksOfGitLab } from '../../app/ci/edit-links.ts';
import { planOfGitHub } from '../../app/ci/github.ts';
import { planOfGitLab } from '../../app/ci/gitlab.ts';
import type { Head, Plan } from '../../app/ci/plan.ts';
import type { Contributor } from '../../app/judge.ts';
import { toolStart } from '../../app/tool-start.ts';
import { locateProject } from '../../app/locate.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, CommandContext } from '../context.ts';
import { checkCommand, type CheckFlags } from './check.ts';
import { TOOL } from '../../model/tool.ts';

/** The flags of `ci`. An empty text is the same as no flag: a workflow passes what it has. */
export interface CiFlags {
  readonly since?: string;
  readonly policyFrom?: string;
  readonly sarif?: string;
  readonly offline?: boolean;
}

/**
 * Checks what the event of a GitHub workflow or of a GitLab pipeline brings: on GitHub with annotations on standard
 * output and the summary of the step, and SARIF where a file is named. It runs nothing of the repository.
 */
export async function ciCommand(flags: CiFlags, context: CommandContext): Promise<ExitCode> {
  const { repository } = locateProject(context, 'auto');
  if (!repository)
    throw new UsageError(
      `${context.cwd} is not a git repository`,
      'Check it out first (on GitHub: actions/checkout).',
    );
  const policyFrom = choiceOf(flags);
  const plan = await planOfRun(repository, context);
  const scope = flags.since
    ? { since: flags.since, until: 'HEAD', contributor: contributorOf(plan) }
    : await scopeOf(plan, repository, context);
  if ('why' in scope) {
    context.stderr.write(`${TOOL}: ${scope.why}; there is nothing to check.\n`);
    return 0;
  }
  const format = formatsOf(flags, context);
  const decisions = await decisionsOf(context);
  const options = { ...scope, format, policyFrom, offline: flags.offline ?? false, decisions };
  return checkCommand([], options, context);
}

type InRepository = NonNullable<ProjectLocation['repository']>;

function choiceOf({ policyFrom = '' }: CiFlags): PolicyChoice {
  if (policyFrom === '' || policyFrom === 'auto') return 'auto';
  if (policyFrom === 'head' || policyFrom === 'base') return policyFrom;
  throw new UsageError(`unknown value of --policy-from: “${policyFrom}”`, 'Write auto, head or base.');
}

function formatsOf({ sarif }: CiFlags, { env }: CommandContext): readonly string[] {
  const summary = env['GITHUB_STEP_SUMMARY'];
  return [
    'pretty',
    ...(isGitLab(env) ? [] : ['github']),
    ...(summary ? [`markdown=${summary}`] : []),
    ...(sarif ? [`sarif=${sarif}`] : []),
  ];
}

/** Requests are listed once: in the summary of GitHub's step, in the log of GitLab, which has no summary. */
async function decisionsOf({
  env,
  now: time,
}: CommandContext): Promise<NonNullable<CheckFlags['decisions']>> {
  const today = time.toISOString().slice(0, 10);
  if (isGitLab(env)) return { format: null, today, links: editLinksOfGitLab(env) };
  const links = editLinksOfGitHub(env, await payloadOf(env));
  return { format: 'markdown', today, links };
}

function isGitLab(env: CommandContext['env']): boolean {
  return !env['GITHUB_EVENT_NAME'] && Boolean(env['CI_PIPELINE_SOURCE']);
}

/** @returns null where there is no build server that we know. */
async function planOfRun({ git }: InRepository, { env }: CommandContext): Promise<Plan | null> {
  if (isGitLab(env)) return planOfGitLab(env, await headOf(git));
  const name = env['GITHUB_EVENT_NAME'];
  if (!name) return null;
  const payload = await payloadOf(env);
  return planOfGitHub({ name, payload, ref: env['GITHUB_REF'], sha: env['GITHUB_SHA'] }, await headOf(git));
}

async function payloadOf(env: CommandContext['env']): Promise<unknown> {
  const file = env['GITHUB_EVENT_PATH'];
  return file ? jsonOf(file) : undefined;
}

/** @returns undefined where there is no JSON. */
async function jsonOf(file: string): Promise<unknown> {
  try {
    return parseJson(await readFile(file, 'utf8'));
  } catch (error) {
    if (!isFileError(error)) throw error;
    return undefined;
  }
}

/** The commit itself names its parents, also where the clone is shallow and git hides them. */
async function headOf(git: InRepository['git']): Promise<Head> {
  const commit = (await runGit(git, ['head'])).toString('utf8').split('\n\n', 1)[0] ?? '';
  const parents = [...commit.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, oid = '']) => oid);
  return { oid: (await commitId(git, 'HEAD')) ?? 'HEAD', parents };
}

/** Whoever names the base by hand says nothing of who proposes the change. */
function contributorOf(plan: Plan | null): Contributor {
  if (plan === null || plan.kind === 'all' || plan.kind === 'nothing') return { kind: 'writer' };
  if (plan.kind === 'range') return plan.contributor;
  return { kind: 'outsider', reason: `the origin of the change of “${plan.event}” is unknown` };
}

interface Range {
  readonly since: string;
  readonly until: string;
  readonly contributor: Contributor;
}

async function scopeOf(
  plan: Plan | null,
  repository: InRepository,
  context: CommandContext,
): Promise<Range | { readonly all: true } | { readonly why: string }> {
  if (plan?.kind === 'range') return rangeOf(plan, repository);
  if (plan?.kind === 'all') return { all: true };
  if (plan?.kind === 'nothing') return plan;
  throw await withoutPlan(plan, context);
}

async function withoutPlan(
  plan: Exclude<Plan, { kind: 'range' | 'all' | 'nothing' }> | null,
  context: CommandContext,
): Promise<UsageError> {
  if (plan === null)
    return new UsageError(
      'not running in a GitHub workflow or a GitLab pipeline',
      `Elsewhere, with the branch that the change is for in the place of REF: ${await toolStart(context)} check --since REF --policy-from base`,
    );
  const next = 'Name the state to compare with: `since` of the action, --since of this command.';
  return plan.kind === 'unreadable'
    ? new UsageError(`the data of the event ${plan.event} are not in the expected form`, next)
    : new UsageError(`the event “${plan.event}” is not supported`, next);
}

/**
 * The first state that the clone has; where it has none, the first, so that the check says what is missing. Nobody shall
 * take a branch for checked where only what it is compared with is checked out.
 */
async function rangeOf(
  { since, until, contributor }: Extract<Plan, { kind: 'range' }>,
  { git }: InRepository,
): Promise<Range | { readonly why: string }> {
  const end = await commitId(git, until);
  for (const candidate of since) {
    const start = await commitId(git, candidate);
    if (start !== null && start === end) return { why: `${until} is ${candidate} itself` };
    if (start !== null) return { since: candidate, until, contributor };
  }
  return { since: since[0] ?? 'HEAD', until, contributor };
}
