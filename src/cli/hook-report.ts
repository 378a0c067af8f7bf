import { hookManagers } from '../hook-managers/index.ts';
import type { HookEnvironment } from '../hook-managers/manager.ts';
import { nameOf } from './init-text.ts';
import { TOOL } from '../model/tool.ts';

/** Whether commits are checked in this clone, and a text that says so. */
export interface HookReport {
  readonly effective: boolean;
  readonly text: string;
}

/** @returns What is left to do after the hook was taken away: managers write git's own scripts again only when asked. */
export async function removalReport(site: HookEnvironment): Promise<string> {
  const { effective, text } = await hookReport(site);
  if (!effective) return 'Commits are no longer checked.\n';
  const { runner } = site.calls;
  return `${text}Remove the call by hand, or let the hook manager write its hooks again (\`${runner} simple-git-hooks\`).\n`;
}

/**
 * Looks for a call that git reaches, in every place where one can stand.
 *
 * @param wasRefused Has `init` just said what a person has to do by hand? Then nobody is sent to it again.
 */
export async function hookReport(site: HookEnvironment, wasRefused = false): Promise<HookReport> {
  const states = await Promise.all(
    hookManagers.map(async (manager) => ({ manager, state: await manager.state(site) })),
  );
  for (const { manager, state } of states) {
    if (state.kind === 'outdated') {
      const call = `${nameOf(state.file, site.root)} calls ${TOOL} (${manager.id})`;
      const text = `Commits are checked by lines of an older version, which start programs that git tracks: ${call}.\nRun: ${state.next}\n`;
      return { effective: false, text };
    }
  }
  for (const kind of ['effective', 'partial'] as const) {
    const called = states.find(({ state }) => state.kind === kind);
    if (called === undefined || !('file' in called.state)) continue;
    const { manager, state } = called;
    const text = `Commits are checked: ${nameOf(called.state.file, site.root)} calls ${TOOL} (${manager.id}).\n`;
    const gap =
      state.kind === 'partial' ? `Merges are not: git does not call it for them.\nRun: ${state.next}\n` : '';
    return { effective: true, text: `${text}${gap}` };
  }
  for (const { state } of states) {
    if (state.kind === 'inactive') {
      const file = nameOf(state.file, site.root);
      const text = `Commits are not checked yet: ${file} calls ${TOOL}, but git does not run it.\nRun: ${state.next}\n`;
      return { effective: false, text };
    }
  }
  return {
    effective: false,
    text: `Commits are not checked: no hook calls ${TOOL}.\n${wasRefused ? '' : `Run: ${site.calls.command} init\n`}`,
  };
}
