import nodePath from 'node:path';
import { GitError, type Git } from '../../git/git.ts';
import type { Repository } from '../../git/repository.ts';
import { obstaclesOf, readJudge, type Policy } from '../../policy/policy.ts';
import type { Files } from '../../model/language.ts';
import { rules } from '../../../rules/index.ts';
import { filesOf } from '../../snapshots/files.ts';
import type { ProjectLocation } from '../../snapshots/scope-request.ts';
import { workTreeSnapshot } from '../../snapshots/worktree.ts';
import { listWorkTree } from '../../git/listing.ts';
import { commandAt } from '../command-at.ts';
import { locateProject } from '../locate.ts';
import { openHookEnvironment } from '../../hook-managers/hook-environment.ts';
import type { HookEnvironment } from '../../hook-managers/manager.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import type { ProcessContext } from '../process.ts';
import { SETTINGS_NAME } from '../../model/tool.ts';

/** The repository that `init` works on. */
export interface InitContext {
  readonly location: ProjectLocation;
  readonly git: Git;
  readonly paths: Repository;
  /** Those of the work tree. */
  readonly files: Files;
  readonly hooks: HookEnvironment;
  /** Config and whitelist of the work tree. */
  readonly policy: Policy;
  /** What keeps two commands from editing at the same time. */
  readonly lock: string;
}

/** More of a config or whitelist is not read. In bytes. */
const LIMIT = 64 * 1024 * 1024;

/**
 * Finds the repository of the working folder.
 *
 * @param updates Is the whitelist to be rewritten? Then what is wrong with it is for whoever rewrites it.
 * @throws UsageError outside of a repository, without git, where the config can't be read, and where the whitelist that
 *   it names is not there and another file seems to be meant.
 */
export async function openPlace(context: ProcessContext, updates = false): Promise<InitContext> {
  const location = repositoryOf(context);
  if (!location.repository)
    throw new UsageError(
      `${context.cwd} is not in a git repository, and only there can init install a hook`,
      'Go to the project, or make it a repository with `git init`.',
    );
  const { git, paths } = location.repository;
  const list = () => listWorkTree(git);
  const source = { root: location.root, limit: LIMIT, list, buffers: new Map<string, string>() };
  const files = filesOf(workTreeSnapshot(source));
  const today = context.now.toISOString().slice(0, 10);
  const command = () => commandAt(files, location.root, context);
  const policy = await readJudge(files, { rules, today, configFile: null, command });
  const [fault] = obstaclesOf(policy).filter(({ kind }) => !updates || kind !== 'whitelist');
  if (fault) {
    const where = [fault.file, fault.line].filter((part) => part !== null).join(':');
    throw new UsageError(`${where}: ${fault.message}`, fault.next);
  }
  const site = await openHookEnvironment({
    cwd: context.cwd,
    env: context.env,
    git,
    paths,
    files,
    version,
  });
  const lock = nodePath.join(paths.gitDir, `.${SETTINGS_NAME}.lock`);
  return { location, git, paths, files, hooks: site, policy, lock };
}

function repositoryOf(context: ProcessContext): ProjectLocation {
  try {
    return locateProject(context, 'head');
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UsageError(error.message, 'Install git, and see that its folder is on PATH.');
  }
}
