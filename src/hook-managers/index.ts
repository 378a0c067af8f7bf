import { husky } from './husky.ts';
import { lefthook } from './lefthook.ts';
import type { HookManager, HookEnvironment } from './manager.ts';
import { plainGit } from './plain-git.ts';
import { preCommit } from './pre-commit.ts';
import { simpleGitHooks } from './simple-git-hooks.ts';

/** Every way to have hooks called; git's own folder, which is always there, comes last. */
export const hookManagers: readonly HookManager[] = [husky, lefthook, simpleGitHooks, preCommit, plainGit];

/** The manager that a repository uses, and what shows it. */
export interface ChosenManager {
  readonly manager: HookManager;
  readonly reason: string;
}

/** @returns The manager that git calls in this clone, else the first of the list that the repository names. */
export async function chooseManager(site: HookEnvironment): Promise<ChosenManager> {
  const detections = await Promise.all(
    hookManagers.map(async (manager) => ({ manager, recognised: await manager.detect(site) })),
  );
  const named = detections.flatMap(({ manager, recognised }) =>
    recognised ? [{ manager, ...recognised }] : [],
  );
  const chosen = named.find(({ active: setUp }) => setUp) ?? named[0];
  if (!chosen) throw new Error('git itself is always recognised');
  return chosen;
}
