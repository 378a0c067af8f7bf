import * as v from 'valibot';
import { branch } from './event-values.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** A branch of a repository on a host. */
interface Branch {
  readonly server: string;
  /** `owner/name`; on GitLab with its groups. */
  readonly repository: string;
  readonly name: string;
}

/** Where a file is opened for editing in a browser: `https://…`; null where the host does not say where. */
export interface EditLinks {
  /** In the branch of the change. */
  readonly change: (file: string) => string | null;
  /** In the branch that the change leads to. */
  readonly base: (file: string) => string | null;
}

const server = v.pipe(v.string(), v.regex(/^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w.-]+)*$/));
const repository = v.pipe(v.string(), v.regex(/^[\w.-]+(?:\/[\w.-]+)+$/));
const end = v.object({ ref: branch, repo: v.nullish(v.object({ full_name: repository })) });
const pullRequest = v.object({ pull_request: v.object({ head: end, base: end }) });

/**
 * Links of GitHub's editor: `SERVER/OWNER/REPO/edit/BRANCH/FILE`, of the repository that a pull request comes from
 * (https://docs.github.com/actions/reference/workflows-and-actions/variables). The host comes from the runner's
 * variables alone; names of an event only in their expected form, escaped.
 *
 * @param event The runner's variables, and what the event holds.
 */
export function editLinksOfGitHub(variables: Variables, payload: unknown): EditLinks {
  const host = variables['GITHUB_SERVER_URL'];
  const read = v.safeParse(pullRequest, payload);
  if (read.success) {
    const { head, base } = read.output.pull_request;
    return linksOf('edit', branchOf(host, head.repo?.full_name, head.ref), {
      base: branchOf(host, base.repo?.full_name, base.ref),
    });
  }
  const current = isBranch(variables['GITHUB_REF']) ? variables['GITHUB_REF_NAME'] : undefined;
  return linksOf('edit', branchOf(host, variables['GITHUB_REPOSITORY'], current));
}

/** What is checked out for a merge queue is a branch of the host's own. */
function isBranch(ref = ''): boolean {
  return ref.startsWith('refs/heads/') && !ref.startsWith('refs/heads/gh-readonly-queue/');
}

/**
 * Links of GitLab's editor: `SERVER/GROUP/PROJECT/-/edit/BRANCH/FILE`, of the project that a merge request comes from
 * (https://docs.gitlab.com/ci/variables/predefined_variables/).
 */
export function editLinksOfGitLab(variables: Variables): EditLinks {
  const host = variables['CI_SERVER_URL'];
  const source = variables['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'];
  if (source !== undefined) {
    const target = variables['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'];
    return linksOf('-/edit', branchOf(host, variables['CI_MERGE_REQUEST_SOURCE_PROJECT_PATH'], source), {
      base: branchOf(host, variables['CI_MERGE_REQUEST_PROJECT_PATH'], target),
    });
  }
  return linksOf('-/edit', branchOf(host, variables['CI_PROJECT_PATH'], variables['CI_COMMIT_BRANCH']));
}

const branchSchema = v.object({ server, repository, name: branch });

function branchOf(host: unknown, project: unknown, name: unknown): Branch | null {
  const read = v.safeParse(branchSchema, { server: host, repository: project, name });
  return read.success ? read.output : null;
}

function linksOf(
  route: string,
  change: Branch | null,
  { base = null }: { readonly base?: Branch | null } = {},
): EditLinks {
  const linkTo = (place: Branch | null) => (file: string) =>
    place === null
      ? null
      : [place.server, escaped(place.repository), route, escaped(place.name), escaped(file)].join('/');
  return { change: linkTo(change), base: linkTo(base) };
}

/** As a part of a URL, and inside of a link in Markdown: what `encodeURIComponent` lets pass ends one. */
function escaped(path: string): string {
  return path
    .split('/')
    .map((part) =>
      encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
}
