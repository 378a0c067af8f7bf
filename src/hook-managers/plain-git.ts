import nodePath from 'node:path';
import { isWithin } from '../git/git.ts';
import type { HookFile, HookManager, HookPlan, HookEnvironment, HookState } from './manager.ts';
import { installScripts, removeScripts, stateOfScript } from './script.ts';
import type { CheckedHook } from '../starts/script.ts';
import { TOOL } from '../model/tool.ts';

/** Scripts in the folder that git itself takes hooks from (https://git-scm.com/docs/githooks). */
export const plainGit: HookManager = {
  id: 'git',
  async detect(site) {
    if (!site.hooksPathSet) return { reason: 'no hook manager is in use here', active: false };
    const scripts = await site.exists(nodePath.join(site.hooksFolder, 'pre-commit'));
    // husky's scripts stand in a folder of this name, also where husky itself is incomplete.
    const setUp = scripts && nodePath.basename(site.hooksFolder) !== '_';
    return { reason: `core.hooksPath names ${nameOf(site, site.hooksFolder)}`, active: setUp };
  },
  install: async (site, selection) =>
    site.hooksAreOwn
      ? installScripts(withOwnEnvironment(site), { folder: site.hooksFolder, executable: true }, selection)
      : refusedOutside(site),
  remove: (site) => (site.hooksAreOwn ? removeScripts(site, site.hooksFolder) : Promise.resolve([])),
  state: stateOfHook,
};

/**
 * Git's own hooks are those of one clone, so they may name an environment that only this machine has, as Poetry and pipx
 * make them: outside of the repository, and on PATH only where it is active.
 */
function withOwnEnvironment(site: HookEnvironment): HookEnvironment {
  const { calls, ownEnvironment, hooksPathSet, root } = site;
  if (ownEnvironment === null || hooksPathSet || isWithin(root, ownEnvironment)) return site;
  return { ...site, calls: { ...calls, environments: [...calls.environments, ownEnvironment] } };
}

async function stateOfHook(site: HookEnvironment, hook: CheckedHook): Promise<HookState> {
  const file = nodePath.join(site.hooksFolder, hook);
  const hookFile = await site.read(file);
  if (!hookFile) return { kind: 'absent' };
  const called = stateOfScript({ file, hook }, hookFile.text, site);
  if (called.kind === 'absent' || called.kind === 'inactive') return called;
  if (!isStarted(hookFile)) return { kind: 'inactive', file, next: `chmod +x ${nameOf(site, file)}` };
  if (hook === 'pre-push') return called;
  const mergeFile = nodePath.join(site.hooksFolder, 'pre-merge-commit');
  const mergeHook = await site.read(mergeFile);
  const isWhole =
    mergeHook !== null &&
    isStarted(mergeHook) &&
    stateOfScript({ file: mergeFile, hook: 'pre-merge-commit' }, mergeHook.text, site).kind !== 'absent';
  return isWhole || called.kind !== 'effective'
    ? called
    : { kind: 'partial', file, next: `${site.calls.command} init` };
}

/** On Windows a file has no permission to be executed. */
function isStarted({ executable }: HookFile): boolean {
  return executable || process.platform === 'win32';
}

/** A folder outside serves other repositories too: what is written there would run in all of them. */
function refusedOutside(site: HookEnvironment): HookPlan {
  return {
    kind: 'refused',
    message: `core.hooksPath names ${site.hooksFolder}, which is outside of this repository`,
    next: `Give this repository its own folder with \`git config core.hooksPath .githooks\`, or let the hook there run \`${TOOL} hook pre-commit\`.`,
  };
}

function nameOf({ root }: HookEnvironment, file: string): string {
  return nodePath.relative(root, file) || '.';
}
