import * as v from 'valibot';
import type { Contributor } from '../judge.ts';
import { branch, sha } from './event-values.ts';
import { planOfPush, tracked, type Head, type Plan } from './plan.ts';

/** What the runner says of an event; `ref` and `sha` are those of the variables `GITHUB_REF` and `GITHUB_SHA`. */
export interface GitHubEvent {
  readonly name: string;
  readonly payload: unknown;
  readonly ref: string | undefined;
  readonly sha: string | undefined;
}

const repository = v.object({ default_branch: branch });
const account = v.nullish(v.object({ login: v.optional(v.string()), type: v.optional(v.string()) }));
const source = v.nullish(v.object({ id: v.number() }));
const pullRequest = v.object({
  pull_request: v.object({
    base: v.object({ sha, repo: source }),
    head: v.object({ sha, repo: source }),
    user: account,
  }),
  sender: account,
});
const push = v.object({
  before: sha,
  after: sha,
  deleted: v.optional(v.boolean()),
  ref: v.string(),
  repository,
});
const mergeGroup = v.object({ merge_group: v.object({ base_sha: sha, head_sha: sha }) });
const anyEvent = v.object({ repository });

/**
 * Works out the range of a GitHub event, and who proposes it
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows). Nothing of
 * an event is trusted but ids and branch names of the expected form.
 */
export function planOfGitHub(event: GitHubEvent, head: Head): Plan {
  return planOf(event, head) ?? { kind: 'unreadable', event: event.name };
}

function planOf(event: GitHubEvent, head: Head): Plan | undefined {
  switch (event.name) {
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_target':
      return ofPullRequest(event, head);
    case 'push':
      return ofPush(event.payload);
    case 'merge_group':
      return ofMergeGroup(event.payload);
    case 'schedule':
    case 'workflow_dispatch':
    case 'repository_dispatch':
      return ofState(event, head);
    // Anybody may comment, and what runs for a comment, or after another workflow, may have a fork checked out.
    case 'pull_request_review_comment':
      return asOutsider(event, ofPullRequest(event, head));
    case 'issue_comment':
    case 'workflow_run':
    case 'check_run':
    case 'check_suite':
    case 'deployment':
    case 'deployment_status':
    case 'status':
      return asOutsider(event, ofCheckout(event, head));
    default:
      return { kind: 'unknown', event: event.name };
  }
}

type PullRequest = v.InferOutput<typeof pullRequest>;

/**
 * actions/checkout checks out GitHub's merge of the base and the branch: its first parent is the base as it is
 * now, which the event's own `base.sha` need not be. With `pull_request_target` the base is checked out, so the
 * branch is named.
 */
function ofPullRequest({ name, payload }: GitHubEvent, head: Head): Plan | undefined {
  const read = v.safeParse(pullRequest, payload);
  if (!read.success) return undefined;
  const { base, head: branchHead } = read.output.pull_request;
  const contributor = contributorOf(read.output);
  const [first, second] = head.parents;
  if (first !== undefined && second === branchHead.sha)
    return { kind: 'range', since: [first], until: head.oid, contributor };
  const until = name === 'pull_request_target' ? branchHead.sha : head.oid;
  return { kind: 'range', since: [base.sha], until, contributor };
}

/** A repository that was deleted is null: most often a fork. Whoever labels a pull request, or opens it again, is only its sender. */
function contributorOf({ pull_request: { base, head, user }, sender }: PullRequest): Contributor {
  if (!head.repo || !base.repo)
    return { kind: 'outsider', reason: 'GitHub does not say which repository the change comes from' };
  if (head.repo.id !== base.repo.id) return { kind: 'outsider', reason: 'the change comes from a fork' };
  const bot = [user, sender].find((candidate) => candidate?.type === 'Bot');
  if (!bot) return { kind: 'member' };
  return { kind: 'bot', reason: `${bot.login ?? 'a bot'} is a bot` };
}

function ofPush(payload: unknown): Plan | undefined {
  const read = v.safeParse(push, payload);
  if (!read.success) return undefined;
  const { before: oldCommit, after: newCommit, deleted, ref, repository: hosted } = read.output;
  if (deleted === true) return { kind: 'nothing', why: 'the branch was deleted' };
  return planOfPush({ branch: branchOf(ref), defaultBranch: hosted.default_branch, oldCommit, newCommit });
}

function ofMergeGroup(payload: unknown): Plan | undefined {
  const read = v.safeParse(mergeGroup, payload);
  if (!read.success) return undefined;
  const { base_sha: since, head_sha: until } = read.output.merge_group;
  return { kind: 'range', since: [since], until, contributor: { kind: 'writer' } };
}

/** `schedule` and `repository_dispatch` run on the default branch, and a workflow may check out whatever it wants. */
function ofState(event: GitHubEvent, head: Head): Plan | undefined {
  const isOfEvent = event.sha === head.oid;
  const read = v.safeParse(anyEvent, event.payload);
  const main = read.success ? read.output.repository.default_branch : undefined;
  const isOnMain = event.name !== 'workflow_dispatch' || (main !== undefined && branchOf(event.ref) === main);
  if (isOfEvent && isOnMain) return { kind: 'all' };
  const plan = ofCheckout(event, head);
  return isOfEvent ? plan : asOutsider(event, plan);
}

/** Whatever is checked out, compared with where it left the default branch. */
function ofCheckout({ payload }: GitHubEvent, { oid }: Head): Plan | undefined {
  const read = v.safeParse(anyEvent, payload);
  if (!read.success) return undefined;
  const since = [tracked(read.output.repository.default_branch)];
  return { kind: 'range', since, until: oid, contributor: { kind: 'writer' } };
}

/** What is checked out is told by the workflow, and may come from a fork. */
function asOutsider({ name }: GitHubEvent, plan: Plan | undefined): Plan | undefined {
  if (plan?.kind !== 'range') return plan;
  return {
    ...plan,
    contributor: { kind: 'outsider', reason: `what ${name} checks out may come from a fork` },
  };
}

function branchOf(ref: string | undefined): string | null {
  return /^refs\/heads\/(.+)$/s.exec(ref ?? '')?.[1] ?? null;
}
