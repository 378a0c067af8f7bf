import nodePath from 'node:path';
import { packageLabel } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import {
  approvedPackages,
  keptPackages,
  openPackages,
  packageCount,
  type Adoption,
} from '../app/init/adoption.ts';
import { isUnsuspicious, type GradedPackage } from '../app/init/used-packages.ts';
import type { HookEnvironment } from '../hook-managers/manager.ts';
import type { Remainder } from '../app/init/remainder.ts';
import { TOOL } from '../model/tool.ts';
import { pathIn } from '../text/upwards.ts';
import { addCommand } from '../app/staging-advice.ts';
import { diffOf } from '../app/init/diff.ts';
import { withShortScripts } from './short-scripts.ts';
import type { InitPlan } from '../app/init/plan.ts';
import { changesOf } from '../app/init/plan.ts';

/** How much of the lines of a hook is shown. */
interface Detail {
  /** A coding assistant is never shown those that say how a person switches it off. */
  readonly isForAssistant: boolean;
  readonly isVerbose: boolean;
}

/** @returns What a plan would do: what was found, and the difference of each file. */
export function describePlan(
  plan: InitPlan,
  { root, calls }: Pick<HookEnvironment, 'root' | 'calls'>,
  { isForAssistant, isVerbose }: Detail,
): string {
  const adoptionLines = plan.adoption ? describeAdoption(plan.adoption, calls.command) : [];
  const text = [...adoptionLines, ...plan.said].map((sentence) => `${sentence}\n`).join('');
  const isWhole = isVerbose && !isForAssistant;
  const hint = isForAssistant ? '' : ' (shown by --verbose)';
  const diffs = changesOf(plan).map((change) => {
    const shown = isWhole ? change : withShortScripts(change, hint);
    return `\n${diffOf(shown, nameOf(change.file, root))}`;
  });
  return text + diffs.join('');
}

/**
 * @param plan What was written. @param cwd Where the person is.
 * @returns How it becomes part of the repository, and what is left to decide; nothing where all of it lies in git's own
 *   folder.
 */
export function commitAdvice(
  plan: InitPlan,
  { root, calls }: Pick<HookEnvironment, 'root' | 'calls'>,
  cwd: string,
): string {
  const writtenFiles = committablePaths(plan, root);
  if (writtenFiles.length === 0) return '';
  const paths = [...new Set([...writtenFiles, ...plan.companions])];
  const isWhitelistNew = plan.groups.some(({ id }) => id === 'whitelist');
  const { used, recent } =
    isWhitelistNew && plan.adoption ? openPackages(plan.adoption) : { used: [], recent: [] };
  const count = used.length + recent.length;
  const decision = `about ${count === 1 ? '1 requested package' : `${String(count)} requested packages`}: ${calls.command} review`;
  const command = `${addCommand(paths, { root, cwd })} && git commit`;
  // A commit that brings a package is stopped while it is only requested; what the base uses stops none.
  if (recent.length > 0) return `Decide ${decision}\nThen commit it: ${command}\n`;
  return `Commit it: ${command}\n${count > 0 ? `Then decide ${decision}\n` : ''}`;
}

/** @returns The files of a plan that can be committed, relative to the root: none in git's own folder. */
export function committablePaths(plan: InitPlan, root: string): readonly string[] {
  return changesOf(plan)
    .map(({ file }) => nodePath.relative(root, file).replaceAll(nodePath.sep, '/'))
    .filter((path) => !/^(?:\.\.?|\.git)(?:\/|$)/.test(path));
}

/** @returns How a removal becomes part of the repository, and what stays, each with what takes it away too. */
export function removalAdvice(
  { policyFiles, config, ciFiles, agentFiles, installation, named, changed }: Remainder,
  { site: { root, calls }, cwd, isOfGit }: RemovalPlace,
): string {
  const lines: string[] = [];
  const [first, second] = policyFiles.map((path) => escapeControls(path));
  if (first !== undefined)
    lines.push(
      second === undefined
        ? `${first} stays. To take it away too: ${calls.command} init --remove --whitelist`
        : `${first} and its line in ${second} stay. To take them away too: ${calls.command} init --remove --whitelist`,
    );
  for (const { host, file } of ciFiles)
    lines.push(`${file} stays. To take it away too: ${calls.command} init --ci ${host} --remove`);
  // Without the tool these hooks fail, and some assistants take that for a refusal.
  if (agentFiles.length > 0) {
    const [files, names] = [agentFiles.map(({ file }) => file), agentFiles.map(({ name }) => name)];
    lines.push(
      `Hooks of assistants stay (${files.join(', ')}). To take them away too: ${calls.command} init --agent ${names.join(',')} --remove`,
    );
  }
  if (config !== null) lines.push(configAdvice(config));
  if (installation !== null) {
    const { folder, manifest, manager } = installation;
    const command = `${manager.uninstall} ${TOOL}`;
    const place = folder === '' ? '' : `, in ${folder}`;
    lines.push(`${pathIn(folder, manifest)} names ${TOOL}. To take that away too: ${command}${place}`);
  }
  const remaining = [
    ...listing('These lines set the tool up, too. If it goes for good, remove them by hand:', named.starts),
    ...listing('Comments that ignore a line stay. Without the tool they do nothing:', named.comments),
  ];
  const time = calls.named ? ', before its packages are installed again' : '';
  const clones = `git clones no hooks, so other clones have their own. In each${time}: ${calls.command} init --remove`;
  const committing = removalCommitAdvice({ changed }, { root, cwd });
  return (
    committing + [...lines, ...remaining, ...(isOfGit ? [clones] : [])].map((line) => `${line}\n`).join('')
  );
}

/** @returns How a removal becomes part of the repository; '' where git never had what is gone. */
export function removalCommitAdvice(
  { changed }: Pick<Remainder, 'changed'>,
  place: { readonly root: string; readonly cwd: string },
): string {
  return changed.length === 0 ? '' : `Commit it: ${addCommand(changed, place)} && git commit\n`;
}

/** Where the tool was taken away. */
interface RemovalPlace {
  readonly site: Pick<HookEnvironment, 'root' | 'calls'>;
  readonly cwd: string;
  /** Were lines taken out of git's own hooks, which each clone has for itself? */
  readonly isOfGit: boolean;
}

/** People wrote it, and other clones have a hook that stops where the tool is missing and a file sets it up. */
function configAdvice({ file, isManifest }: NonNullable<Remainder['config']>): string {
  return `${isManifest ? 'The config in ' : ''}${file} stays. If the tool goes for good, remove it by hand: hooks of other clones ask for the tool while it is there.`;
}

/** @returns A file as messages name it: relative to the root where it lies below it. */
export function nameOf(file: string, root: string): string {
  const relative = nodePath.relative(root, file);
  const name = relative.startsWith('..') ? file : relative;
  return escapeControls(name.replaceAll(nodePath.sep, '/'));
}

function describeAdoption(adoption: Adoption, command: string): string[] {
  const { base, baseline, foreign, localModules, ignorePaths, notes } = adoption;
  const { used, recent } = openPackages(adoption);
  const baselineUses = keptPackages(adoption);
  const newcomers = newcomersOf(adoption);
  const counts = [...new Set(baseline.map(({ ecosystem }) => ecosystem))].map((id) => {
    return `${String(baseline.filter(({ ecosystem }) => ecosystem === id).length)} ${id}`;
  });
  const declared =
    baseline.length === 0
      ? `The baseline is empty: ${base} declares no packages.`
      : `The baseline is what ${base} declares: ${packageCount(baseline.length)} (${counts.join(', ')}).`;
  return [
    declared,
    ...listing(
      'Taken from elsewhere than a registry, and not in the baseline:',
      foreign.map(({ dependency, at }) => `${dependency.specifier}  ${at.file}:${String(at.line)}`),
    ),
    ...listing(
      'In use and declared nowhere, and their registries serve them. They go into the baseline:',
      baselineUses.filter(isUnsuspicious).map(describePackage),
    ),
    ...listing(
      'In use and declared nowhere, and chosen for the baseline:',
      baselineUses.filter((item) => !isUnsuspicious(item)).map(describePackage),
    ),
    ...listing(
      `In use, and declared nowhere. They are requested, not approved. To ask again and decide: ${command} review`,
      used.map(describePackage),
    ),
    ...listing(`${newcomers}, and approved:`, approvedPackages(adoption).map(describePackage)),
    ...listing(
      `${newcomers}. They are requested, not approved. To decide: ${command} review`,
      recent.map(describePackage),
    ),
    ...listing('Modules of this project that git ignores, for `localModules` of the config:', localModules),
    ...listing(
      'Other projects, as samples for tests or templates, for `ignorePaths` of the config; nothing there is in the baseline:',
      ignorePaths,
    ),
    ...notes,
  ];
}

/** @returns What came since the base, as a clause that begins a sentence. */
export function newcomersOf({ since }: Pick<Adoption, 'since'>): string {
  return since === null ? 'In use before the first commit' : `New ${since}`;
}

/** @returns A package in use, with the first place and what registries say of it. */
export function describePackage({ package: subject, reason, grade }: GradedPackage): string {
  const graded = grade === 'exists' ? '' : ` (${grade})`;
  return `${packageLabel(subject)}  ${reason}${graded}`;
}

function listing(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, ...items.map((item) => `  ${escapeControls(item)}`)];
}
