import * as v from 'valibot';

/** What a workflow run has to check. `since` are the states to compare with, the best one that exists counts. */
export type Plan =
  | { readonly kind: 'range'; readonly since: readonly string[]; readonly until: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'nothing'; readonly why: string };

/** The commit that is checked out, with the ids of its parents, whether the clone has them or not. */
export interface Head {
  readonly oid: string;
  readonly parents: readonly string[];
}

const sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/));
const branch = v.pipe(v.string(), v.regex(/^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/));
const repository = v.object({ default_branch: branch });
const pullRequest = v.object({
  pull_request: v.object({ base: v.object({ sha }), head: v.object({ sha }) }),
});
const push = v.object({
  before: sha,
  after: sha,
  deleted: v.optional(v.boolean()),
  ref: v.string(),
  repository,
});
const mergeGroup = v.object({ merge_group: v.object({ base_sha: sha, head_sha: sha }) });

/**
 * Works out the range of a GitHub event
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows). Nothing of
 * an event is trusted but ids and branch names of the expected form.
 *
 * @param event The event's name. @param payload Its JSON.
 * @returns undefined where the payload is not what such an event has.
 */
export function planOf(event: string, payload: unknown, head: Head): Plan | undefined {
  switch (event) {
    case 'pull_request':
    case 'pull_request_review':
    case 'pull_request_target': {
      const read = v.safeParse(pullRequest, payload);
      return read.success ? ofPullRequest(event, read.output.pull_request, head) : undefined;
    }
    case 'push': {
      const read = v.safeParse(push, payload);
      return read.success ? ofPush(read.output) : undefined;
    }
    case 'merge_group': {
      const read = v.safeParse(mergeGroup, payload);
      if (!read.success) return undefined;
      const { base_sha: since, head_sha: until } = read.output.merge_group;
      return { kind: 'range', since: [since], until };
    }
    default:
      return { kind: 'all' };
  }
}

/**
 * actions/checkout checks out GitHub's merge of the base and the branch: its first parent is the base as it is
 * now, which the event's own `base.sha` need not be. With `pull_request_target` the base is checked out, so the
 * branch is named.
 */
function ofPullRequest(
  event: string,
  { base, head: branchHead }: v.InferOutput<typeof pullRequest>['pull_request'],
  head: Head,
): Plan {
  const [first, second] = head.parents;
  if (first !== undefined && second === branchHead.sha)
    return { kind: 'range', since: [first], until: head.oid };
  const until = event === 'pull_request_target' ? branchHead.sha : head.oid;
  return { kind: 'range', since: [base.sha], until };
}

/** A new branch has no state before, and after a forced push the clone may not have it. */
function ofPush({
  before: previousCommit,
  after: newCommit,
  deleted,
  ref,
  repository: { default_branch: main },
}: v.InferOutput<typeof push>): Plan {
  if (deleted === true) return { kind: 'nothing', why: 'the branch was deleted' };
  const isNew = /^0+$/.test(previousCommit);
  if (isNew && ref === `refs/heads/${main}`) return { kind: 'all' };
  return {
    kind: 'range',
    since: [...(isNew ? [] : [previousCommit]), `refs/remotes/origin/${main}`],
    until: newCommit,
  };
}
