import * as v from 'valibot';
import { isBotAccount } from '../assistants.ts';
import type { Contributor } from '../judge.ts';
import { branch, sha } from './event-values.ts';
import { planOfPush, tracked, type Head, type Plan } from './plan.ts';

const mergeRequest = v.object({
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: branch,
  CI_MERGE_REQUEST_DIFF_BASE_SHA: v.optional(sha),
});
const push = v.object({
  CI_COMMIT_SHA: sha,
  CI_COMMIT_BEFORE_SHA: sha,
  CI_DEFAULT_BRANCH: branch,
  CI_COMMIT_BRANCH: v.optional(branch),
});

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Works out what a pipeline of GitLab has to check, and who proposes it
 * (https://docs.gitlab.com/ci/variables/predefined_variables/). A pipeline of a merge request compares it with its
 * target, one of a branch as GitHub's push does, and one that somebody starts, or a schedule, looks at the default branch
 * as a whole.
 *
 * @param variables The environment of the job: whoever edits the pipeline can set each of them.
 */
export function planOfGitLab(variables: Variables, head: Head): Plan {
  const event = variables['CI_PIPELINE_SOURCE'] ?? '';
  return planOf(event, variables, head) ?? { kind: 'unreadable', event };
}

function planOf(event: string, variables: Variables, head: Head): Plan | undefined {
  // The pipelines that another one starts have the variables of its merge request.
  if (event === 'merge_request_event' || variables['CI_MERGE_REQUEST_IID'])
    return ofMergeRequest(variables, head);
  if (event === 'push') return ofBranch(variables, head);
  if (event === 'schedule' || event === 'web') return ofState(variables, head);
  return { kind: 'unknown', event };
}

/** Where the target is by now, else where the branch left it. */
function ofMergeRequest(variables: Variables, { oid }: Head): Plan | undefined {
  const read = v.safeParse(mergeRequest, variables);
  if (!read.success) return undefined;
  const { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: target, CI_MERGE_REQUEST_DIFF_BASE_SHA: base } = read.output;
  const since = [tracked(target), ...(base === undefined ? [] : [base])];
  return { kind: 'range', since, until: oid, contributor: contributorOf(variables) };
}

/** By default the pipeline for a merge request of a fork runs in the fork, and has its ids. */
function contributorOf(variables: Variables): Contributor {
  const [source, target, project] = [
    variables['CI_MERGE_REQUEST_SOURCE_PROJECT_ID'],
    variables['CI_MERGE_REQUEST_PROJECT_ID'],
    variables['CI_PROJECT_ID'],
  ];
  if (!source || !target || !project)
    return { kind: 'outsider', reason: 'GitLab does not say which project the change comes from' };
  if (source !== target) return { kind: 'outsider', reason: 'the change comes from a fork' };
  if (project !== target) return { kind: 'outsider', reason: 'the pipeline runs in another project' };
  const login = variables['GITLAB_USER_LOGIN'] ?? '';
  return isBotAccount(login) ? { kind: 'bot', reason: `${login} is a bot` } : { kind: 'member' };
}

/** What is checked out is told by git, and a job may have checked out something else than the pipeline is about. */
function ofBranch(variables: Variables, { oid }: Head): Plan | undefined {
  const read = v.safeParse(push, variables);
  if (!read.success) return undefined;
  const {
    CI_COMMIT_BRANCH: pushed,
    CI_DEFAULT_BRANCH: defaultBranch,
    CI_COMMIT_BEFORE_SHA: oldCommit,
  } = read.output;
  return planOfPush({ branch: pushed ?? null, defaultBranch, oldCommit, newCommit: oid });
}

function ofState(variables: Variables, head: Head): Plan | undefined {
  const read = v.safeParse(push, variables);
  if (!read.success) return undefined;
  const { CI_COMMIT_BRANCH: current, CI_DEFAULT_BRANCH: main, CI_COMMIT_SHA: commit } = read.output;
  const isOfPipeline = commit === head.oid;
  if (isOfPipeline && current === main) return { kind: 'all' };
  const contributor: Contributor = isOfPipeline
    ? { kind: 'writer' }
    : { kind: 'outsider', reason: 'what is checked out is not the commit of the pipeline' };
  return { kind: 'range', since: [tracked(main)], until: head.oid, contributor };
}
