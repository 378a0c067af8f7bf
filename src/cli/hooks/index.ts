import { husky } from './husky.ts';
import type { HookManager, HookSite } from './manager.ts';
import { plainGit } from './plain-git.ts';

/** Every way to have hooks called, the most telling first; git's own folder is always there. */
export const hookManagers: readonly HookManager[] = [husky, plainGit];

/** The manager that a repository uses, and what shows it. */
export interface ChosenManager {
  readonly manager: HookManager;
  readonly because: string;
}

/** @returns The first manager of the list that the repository uses. */
export async function chooseManager(site: HookSite): Promise<ChosenManager> {
  for (const manager of hookManagers) {
    const because = await manager.recognise(site);
    if (because !== null) return { manager, because };
  }
  throw new Error('git itself is always recognised');
}
