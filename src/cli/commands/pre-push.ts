import { planOfPush, type Plan } from '../../app/ci/plan.ts';
import { locateProject } from '../../app/locate.ts';
import { commitId, defaultBranch } from '../../git/repository.ts';
import type { Git } from '../../git/git.ts';
import type { ExitCode, CommandContext } from '../context.ts';
import { checkCommand } from './check.ts';
import { isSwitchedOff } from './hook.ts';
import { TOOL } from '../../model/tool.ts';

/** One ref that is about to be pushed, with what the server has there. */
interface PushedRef {
  readonly remote: string;
  /** On the server: `refs/heads/main`. */
  readonly ref: string;
  readonly oldCommit: string;
  readonly newCommit: string;
}

/**
 * Checks what is about to be pushed: each branch against where it left the default branch of the remote, however often it
 * was pushed before (https://git-scm.com/docs/githooks#_pre_push).
 *
 * @param remote git's first argument for the hook; `origin`, if it is left out.
 */
export async function prePush(remote: string | undefined, context: CommandContext): Promise<ExitCode> {
  if (isSwitchedOff(context)) return 0;
  const chunks: Buffer[] = [];
  for await (const chunk of context.stdin) chunks.push(Buffer.from(String(chunk)));
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  return checkPushes(
    lines.flatMap((line) => pushedRef(line, remote ?? 'origin')),
    context,
  );
}

/** The pre-push stage of the pre-commit framework, which names one ref at a time (https://pre-commit.com/#pre-push). */
export function checkFrameworkPush(context: CommandContext): Promise<ExitCode> {
  const { env } = context;
  const [ref, oldCommit, newCommit] = [
    env['PRE_COMMIT_REMOTE_BRANCH'],
    env['PRE_COMMIT_FROM_REF'],
    env['PRE_COMMIT_TO_REF'],
  ];
  const remote = env['PRE_COMMIT_REMOTE_NAME'] ?? 'origin';
  const pushed = ref && newCommit ? [{ remote, ref, oldCommit: oldCommit ?? '0', newCommit }] : [];
  return checkPushes(pushed, context);
}

/** `<local ref> <local object name> <remote ref> <remote object name>` */
function pushedRef(line: string, remote: string): readonly PushedRef[] {
  const [, newCommit, ref, oldCommit] = line.trim().split(' ');
  return newCommit === undefined || ref === undefined || oldCommit === undefined
    ? []
    : [{ remote, ref, oldCommit, newCommit }];
}

/** The first that is stopped stops the push. */
async function checkPushes(pushed: readonly PushedRef[], context: CommandContext): Promise<ExitCode> {
  const { repository } = locateProject(context, 'head');
  if (!repository) return 0;
  for (const each of pushed) {
    const code = await checkPush(each, repository.git, context);
    if (code !== 0) return code;
  }
  return 0;
}

async function checkPush(pushed: PushedRef, git: Git, context: CommandContext): Promise<ExitCode> {
  const plan = await planOf(pushed, git);
  const inHook = { inHook: true, policyFrom: 'head' } as const;
  if (plan?.kind === 'range') {
    const [since = ''] = plan.since;
    return checkCommand([], { ...inHook, since, until: plan.until }, context);
  }
  if (plan !== null) return 0;
  const { remote } = pushed;
  context.stderr.write(
    `${TOOL}: git does not know the default branch of ${remote}, so ${pushed.ref} was not compared with it.\nRun: git remote set-head ${remote} --auto\n`,
  );
  return 0;
}

/** @returns null where nobody knows what to compare with: the first push to a server has nothing there. */
async function planOf({ remote, ref, oldCommit, newCommit }: PushedRef, git: Git): Promise<Plan | null> {
  const main = await defaultBranch(git, remote);
  if (main === null || !(await commitId(git, `refs/remotes/${remote}/${main}`))) return null;
  const branch = /^refs\/heads\/(.+)$/s.exec(ref)?.[1] ?? null;
  return planOfPush({ branch, defaultBranch: main, oldCommit, newCommit, remote });
}
