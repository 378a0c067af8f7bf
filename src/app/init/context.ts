import nodePath from 'node:path';
import { GitError, type Git } from '../../git/git.ts';
import type { Repository } from '../../git/repository.ts';
import { readPolicy, type Policy } from '../../policy/policy.ts';
import { rules } from '../../../rules/index.ts';
import { filesOf } from '../../snapshots/files.ts';
import type { Ground } from '../../snapshots/scope-request.ts';
import { workTreeSnapshot } from '../../snapshots/worktree.ts';
import { listWorkTree } from '../../git/listing.ts';
import { findGround } from '../locate.ts';
import { openSite } from '../../hook-managers/site.ts';
import type { HookSite } from '../../hook-managers/manager.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import type { World } from '../process.ts';

/** The repository that `init` works on. */
export interface InitPlace {
  readonly ground: Ground;
  readonly git: Git;
  readonly paths: Repository;
  readonly site: HookSite;
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
 * @throws UsageError outside of a repository, without git, and where the config can't be read.
 */
export async function openPlace(world: World): Promise<InitPlace> {
  const ground = repositoryOf(world);
  if (!ground.repository)
    throw new UsageError(
      `${world.cwd} is not in a git repository, and init prepares the commits of one`,
      'Go to the project, or make it a repository with `git init`.',
    );
  const { git, paths } = ground.repository;
  const list = () => listWorkTree(git);
  const source = { root: ground.root, limit: LIMIT, list, buffers: new Map<string, string>() };
  const options = { rules, today: world.now.toISOString().slice(0, 10), configFile: null };
  const files = filesOf(workTreeSnapshot(source));
  const policy = await readPolicy(files, options);
  const [fault] = policy.faults;
  if (fault) {
    const where = [fault.file, fault.line].filter((part) => part !== null).join(':');
    throw new UsageError(`${where}: ${fault.message}`, fault.next);
  }
  const site = await openSite({ cwd: world.cwd, git, paths, files, version });
  const lock = nodePath.join(paths.gitDir, '.check-imports.lock');
  return { ground, git, paths, site, policy, lock };
}

function repositoryOf(world: World): Ground {
  try {
    return findGround(world, 'next');
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UsageError(error.message, 'Install git, and see that its folder is on PATH.');
  }
}
