import { hookManagers } from '../hook-managers/index.ts';
import type { HookEnvironment, HookManager, HookState } from '../hook-managers/manager.ts';
import type { CheckedHook } from '../starts/script.ts';
import { nameOf } from './init-text.ts';
import { TOOL } from '../model/tool.ts';

/** Whether what is asked for is checked in this clone, and a text that says so. */
export interface HookReport {
  readonly effective: boolean;
  readonly text: string;
}

/** What is asked about, beside commits. */
interface ReportOptions {
  /** Has `init` just said what a person has to do by hand? Then nobody is sent to it again. */
  readonly wasRefused?: boolean;
  /** Has somebody asked that pushes be checked? Then it is said where they are not. */
  readonly push?: boolean;
}

/** The managers whose calls stand in git's own scripts. */
const writers: readonly string[] = ['git', 'simple-git-hooks'];

/** @returns What is left to do after the hooks were taken away: managers write git's own scripts again only when asked. */
export async function removalReport(site: HookEnvironment): Promise<string> {
  const reports = [await reportOn(site, 'pre-commit'), await reportOn(site, 'pre-push')];
  const calls = reports.flatMap((report) => (report?.effective === true ? [report.text] : []));
  if (calls.length === 0) return 'Commits are no longer checked.\n';
  const remaining = await Promise.all([mostSerious(site, 'pre-commit'), mostSerious(site, 'pre-push')]);
  // A script of git's may be what simple-git-hooks wrote, which has it until the manager writes it again.
  const isScript = remaining.some((call) => call !== null && writers.includes(call.manager.id));
  const rewriting = `, or let the hook manager write its hooks again (\`${site.calls.runner} simple-git-hooks\`)`;
  return `${calls.join('')}Remove the call by hand${isScript ? rewriting : ''}.\n`;
}

/** Looks for calls that git reaches, in every place where one can stand. Of pushes it is silent where nobody wants it. */
export async function hookReport(
  site: HookEnvironment,
  { wasRefused = false, push = false }: ReportOptions = {},
): Promise<HookReport> {
  const run = (flag: string) => (wasRefused ? '' : `Run: ${site.calls.command} init${flag}\n`);
  const commits = (await reportOn(site, 'pre-commit')) ?? {
    effective: false,
    text: `Commits are not checked: no hook calls ${TOOL}.\n${run('')}`,
  };
  const pushes = (await reportOn(site, 'pre-push', push)) ?? {
    effective: !push,
    text: push ? `Pushes are not checked: no hook calls ${TOOL} for them.\n${run(' --pre-push')}` : '',
  };
  return { effective: commits.effective && pushes.effective, text: `${commits.text}${pushes.text}` };
}

/** @returns Whether a line for pushes calls this tool, be it reached or not. */
export async function callsForPushes(site: HookEnvironment): Promise<boolean> {
  const call = await mostSerious(site, 'pre-push');
  return call !== null && call.state.kind !== 'available';
}

const subjects: Readonly<Record<CheckedHook, string>> = { 'pre-commit': 'Commits', 'pre-push': 'Pushes' };

/** @returns null where nothing calls this tool for a hook, or could and nobody asked for it. */
async function reportOn(
  site: HookEnvironment,
  hook: CheckedHook,
  isAskedFor = false,
): Promise<HookReport | null> {
  const call = await mostSerious(site, hook);
  if (call === null || (call.state.kind === 'available' && !isAskedFor)) return null;
  const { manager, state } = call;
  const subject = subjects[hook];
  const file = nameOf(state.file, site.root);
  const sentence = `${file} calls ${TOOL} (${manager.id})`;
  if (state.kind === 'effective') return { effective: true, text: `${subject} are checked: ${sentence}.\n` };
  const next = `Run: ${state.next}\n`;
  if (state.kind === 'outdated')
    return {
      effective: false,
      text: `${subject} are checked by lines of an older version, which start programs that git tracks: ${sentence}.\n${next}`,
    };
  if (state.kind === 'partial') {
    const gap = 'Merges are not: git does not call it for them.\n';
    return { effective: true, text: `${subject} are checked: ${sentence}.\n${gap}${next}` };
  }
  return {
    effective: false,
    text: `${subject} are not checked yet: ${file} calls ${TOOL}, but git does not run it.\n${next}`,
  };
}

type Call = Exclude<HookState, { readonly kind: 'absent' }>;

/** Lines that start what git tracks come first; then one place that is reached is enough. */
async function mostSerious(
  site: HookEnvironment,
  hook: CheckedHook,
): Promise<{ readonly manager: HookManager; readonly state: Call } | null> {
  const calls = await Promise.all(
    hookManagers.map(async (manager) => ({ manager, state: await manager.state(site, hook) })),
  );
  for (const kind of ['outdated', 'effective', 'partial', 'inactive', 'available'] as const)
    for (const { manager, state } of calls) if (state.kind === kind) return { manager, state };
  return null;
}
