import nodePath from 'node:path';
import { packageLabel } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import { isThisTool, keptPackages, requestsOf, type Adoption, type Requested } from '../app/init/adoption.ts';
import type { HookEnvironment } from '../hook-managers/manager.ts';
import { diffOf } from '../app/init/diff.ts';
import type { InitPlan } from '../app/init/plan.ts';
import { changesOf } from '../app/init/plan.ts';

/** @returns What a plan would do, for a person: what was found, and the difference of each file. */
export function describePlan(
  plan: InitPlan,
  { root, calls }: Pick<HookEnvironment, 'root' | 'calls'>,
): string {
  const adoptionLines = plan.adoption ? describeAdoption(plan.adoption, calls.command) : [];
  const text = [...adoptionLines, ...plan.said].map((sentence) => `${sentence}\n`).join('');
  const diffs = changesOf(plan).map((change) => `\n${diffOf(change, nameOf(change.file, root))}`);
  return text + diffs.join('');
}

/** @returns A file as messages name it: relative to the root where it lies below it. */
export function nameOf(file: string, root: string): string {
  const relative = nodePath.relative(root, file);
  const name = relative.startsWith('..') ? file : relative;
  return escapeControls(name.replaceAll(nodePath.sep, '/'));
}

function describeAdoption(adoption: Adoption, command: string): string[] {
  const { base, baseline, foreign, localModules, notes } = adoption;
  const counts = [...new Set(baseline.map(({ ecosystem }) => ecosystem))].map((id) => {
    return `${String(baseline.filter(({ ecosystem }) => ecosystem === id).length)} ${id}`;
  });
  const declared =
    baseline.length === 0
      ? `The baseline is empty: ${base} declares no packages.`
      : `The baseline is what ${base} declares: ${plural(baseline.length)} (${counts.join(', ')}).`;
  return [
    declared,
    ...listing(
      'Taken from elsewhere than a registry, and not in the baseline:',
      foreign.map(({ dependency, at }) => `${dependency.specifier}  ${at.file}:${String(at.line)}`),
    ),
    ...listing(
      'In use and declared nowhere, and their registries serve them. They go into the baseline:',
      keptPackages(adoption).map(describeRequest),
    ),
    ...listing(
      `In use, and declared nowhere. They are requested, not approved. To ask again and decide: ${command} review`,
      requestsOf(adoption)
        .filter(({ package: requestedPackage }) => !isThisTool(requestedPackage))
        .map(describeRequest),
    ),
    ...listing(
      'Modules of this project that git ignores, for `localModules` of the config:',
      localModules.map((name) => name),
    ),
    ...notes,
  ];
}

/** @returns A package in use, with the first place and what registries say of it. */
export function describeRequest({ package: subject, reason, grade }: Requested): string {
  const graded = grade === null || grade === 'exists' ? '' : ` (${grade})`;
  return `${packageLabel(subject)}  ${reason}${graded}`;
}

function listing(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `  ${escapeControls(item)}`)];
}

function plural(count: number): string {
  return count === 1 ? '1 package' : `${String(count)} packages`;
}
