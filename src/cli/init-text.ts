import nodePath from 'node:path';
import { packageLabel } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import { isThisTool, type Adoption } from '../app/init/adoption.ts';
import { diffOf } from '../app/init/diff.ts';
import type { InitPlan } from '../app/init/plan.ts';
import { changesOf } from '../app/init/plan.ts';

/** @returns What a plan would do, for a person: what was found, and the difference of each file. */
export function describePlan(plan: InitPlan, root: string): string {
  const adoptionLines = plan.adoption ? describeAdoption(plan.adoption) : [];
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

function describeAdoption({
  base,
  baseline,
  foreign,
  requests,
  localModules,
  ignorePaths,
  notes,
}: Adoption): string[] {
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
      'In use, and declared nowhere. They are requested, not approved: decide with `review`.',
      requests
        .filter(({ package: requestedPackage }) => !isThisTool(requestedPackage))
        .map(({ package: requestedPackage, reason }) => `${packageLabel(requestedPackage)}  ${reason}`),
    ),
    ...listing('Modules of this project that git ignores, for `localModules` of the config:', localModules),
    ...listing(
      'Other projects, as samples for tests or templates, for `ignorePaths` of the config; nothing there is in the baseline:',
      ignorePaths,
    ),
    ...notes,
  ];
}

function listing(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `  ${escapeControls(item)}`)];
}

function plural(count: number): string {
  return count === 1 ? '1 package' : `${String(count)} packages`;
}
