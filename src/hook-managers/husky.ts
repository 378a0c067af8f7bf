import nodePath from 'node:path';
import type { HookManager, HookEnvironment, HookState } from './manager.ts';
import { dependsOn } from './package-json.ts';
import type { CheckedHook } from '../starts/script.ts';
import { installScripts, removeScripts, stateOfScript } from './script.ts';

/**
 * husky (https://typicode.github.io/husky). Version 9 points `core.hooksPath` to `.husky/_`, whose scripts
 * run those of `.husky` with `sh -e`; versions 5 to 8 point it to `.husky`. Nothing of it is executed here.
 */
export const husky: HookManager = {
  id: 'husky',
  async detect(site) {
    const folder = await folderOf(site);
    if (folder === null) return null;
    const setUp = await isSetUp(site, folder);
    if (setUp) return { reason: `git takes its hooks from ${nameOf(site, site.hooksFolder)}`, active: setUp };
    if (await site.exists(folder))
      return { reason: `there is a folder ${nameOf(site, folder)}`, active: setUp };
    return (await dependsOn(site, 'husky')) ? { reason: 'package.json depends on it', active: setUp } : null;
  },
  async install(site, selection) {
    const folder = (await folderOf(site)) ?? nodePath.join(site.root, '.husky');
    return installScripts(site, { folder, executable: folder === site.hooksFolder }, selection);
  },
  async remove(site) {
    const folder = await folderOf(site);
    return folder === null ? [] : removeScripts(site, folder);
  },
  state,
};

async function state(site: HookEnvironment, hook: CheckedHook): Promise<HookState> {
  const folder = await folderOf(site);
  if (folder === null || folder === site.hooksFolder) return { kind: 'absent' };
  const file = nodePath.join(folder, hook);
  const hookFile = await site.read(file);
  const called: HookState = hookFile
    ? stateOfScript({ file, hook }, hookFile.text, site)
    : { kind: 'absent' };
  if (called.kind === 'absent' || called.kind === 'inactive' || (await isSetUp(site, folder, hook)))
    return called;
  return { kind: 'inactive', file, next: `${site.calls.runner} husky` };
}

/**
 * The folder of the scripts that people write: that of `core.hooksPath`, or the usual one.
 *
 * @returns null where git takes its hooks from a folder that is none of husky's.
 */
async function folderOf(site: HookEnvironment): Promise<string | null> {
  const usual = nodePath.join(site.root, '.husky');
  if (!site.hooksPathSet || site.hooksFolder === usual) return usual;
  if (nodePath.basename(site.hooksFolder) !== '_') return null;
  const parent = nodePath.dirname(site.hooksFolder);
  return parent === usual || (await site.read(nodePath.join(site.hooksFolder, 'h'))) ? parent : null;
}

/** `husky` has been run in this clone: git finds its scripts, and they find ours. */
async function isSetUp(
  site: HookEnvironment,
  folder: string,
  hook: CheckedHook = 'pre-commit',
): Promise<boolean> {
  const { hooksFolder, hooksPathSet } = site;
  if (!hooksPathSet) return false;
  if (hooksFolder === folder) return true;
  const entry = await site.read(nodePath.join(hooksFolder, hook));
  return entry?.executable === true && (await site.exists(nodePath.join(hooksFolder, 'h')));
}

function nameOf({ root }: HookEnvironment, file: string): string {
  return nodePath.relative(root, file);
}
