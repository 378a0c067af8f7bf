import nodePath from 'node:path';
import { GitError, runGit, type Git } from '../git/git.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import { escapeControls } from '../text/escape.ts';
import { UsageError } from '../app/usage-error.ts';
import type { ProcessContext } from '../app/process.ts';
import { hasTerminal, openPrompts } from './prompts.ts';

/**
 * Can a file be staged so that this adds nothing but what is written on top of it? `mixed`: it has other changes that
 * are not staged. `filtered`: git would start a program for it.
 */
export type Stageability =
  { readonly kind: 'clean' | 'mixed' } | { readonly kind: 'filtered'; readonly filter: string };

/**
 * Compares a text of the work tree with what the index has. Line ends and encodings are converted as `git add` does.
 *
 * @param path Relative to the root. @param text null where there is no such file.
 */
export async function stageabilityOf(
  { repository }: ProjectLocation,
  path: string,
  text: string | null,
): Promise<Stageability> {
  if (!repository) return { kind: 'mixed' };
  const { git } = repository;
  const filter = await filterOf(git, path);
  if (filter !== null) return { kind: 'filtered', filter };
  const [staged] = await stagedBlobs(git, path);
  if (text === null || staged === undefined)
    return { kind: text === null && staged === undefined ? 'clean' : 'mixed' };
  const oid = await runGit(git, ['blobId', `--path=${path}`], text);
  return { kind: oid.toString('latin1').trim() === staged ? 'clean' : 'mixed' };
}

/** @returns The name of the filter that attributes give to a path (https://git-scm.com/docs/gitattributes#_filter). */
async function filterOf(git: Git, path: string): Promise<string | null> {
  const answer = await runGit(git, ['attribute', 'filter', '--', path]);
  const value = answer.toString('utf8').split('\0')[2] ?? 'unspecified';
  return ['unspecified', 'unset', 'set'].includes(value) ? null : value;
}

/** @returns What the index has at a path; with conflicts, that is no one blob, and none of them is the file's. */
async function stagedBlobs(git: Git, path: string): Promise<string[]> {
  const entries = (await runGit(git, ['tracked', '--', path])).toString('latin1').split('\0');
  return entries.filter(Boolean).map((entry) => /^\d+ ([0-9a-f]+) 0\t/.exec(entry)?.[1] ?? '');
}

/** What is to be staged. */
export interface Staging {
  /** Relative to the root. */
  readonly paths: readonly string[];
  /** What holds for each of them. */
  readonly state: Stageability;
  /** `--stage`, `--no-stage`, or neither. */
  readonly wanted: boolean | undefined;
}

/**
 * Stages edits where that is wanted: by `--stage`, or by an answer at the terminal. Otherwise the command
 * that stages them is printed. Nothing that somebody else left unstaged is ever staged, and nothing for which git
 * would start a program.
 *
 * @throws UsageError when `--stage` can't be done.
 */
export async function offerStaging(
  staging: Staging,
  { context, location }: { context: ProcessContext; location: ProjectLocation },
): Promise<void> {
  const { repository, root } = location;
  if (!repository) return;
  const { paths, state, wanted: stageFlag } = staging;
  const command = addCommand(paths, { root, cwd: context.cwd });
  if (stageFlag === true && state.kind !== 'clean') throw refusal(state, paths, command);
  if (stageFlag ?? (state.kind === 'clean' && (await confirmed(paths, context)))) {
    await stage(repository.git, paths, command);
    context.stderr.write(`Staged ${namesOf(paths)}.\n`);
    return;
  }
  if (state.kind === 'filtered')
    context.stderr.write(`Not staged: ${filterSentence(state.filter, paths)}.\n`);
  context.stderr.write(`To make it part of the next commit: ${command}\n`);
}

function refusal(state: Stageability, paths: readonly string[], command: string): UsageError {
  if (state.kind === 'filtered')
    return new UsageError(
      `nothing was staged: ${filterSentence(state.filter, paths)}`,
      `Stage it yourself with \`${command}\`.`,
    );
  return new UsageError(
    'nothing was staged: the file has other changes that are not staged',
    `Look at them, and stage all with \`${command}\`, or a part with \`git add --patch\`.`,
  );
}

function filterSentence(filter: string, paths: readonly string[]): string {
  return `git’s attributes send ${namesOf(paths)} through the filter “${escapeControls(filter)}”, a program that is not started here`;
}

function namesOf(paths: readonly string[]): string {
  return paths.map((path) => escapeControls(path, 400)).join(', ');
}

async function confirmed(paths: readonly string[], context: ProcessContext): Promise<boolean> {
  if (!hasTerminal(context)) return false;
  const prompts = await openPrompts(context);
  return (await prompts.confirm(`Stage ${namesOf(paths)}?`, 'yes')) === true;
}

async function stage(git: Git, paths: readonly string[], command: string): Promise<void> {
  try {
    await runGit(git, ['stage', ...paths]);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const [reason = '', ...details] = error.message.split('\n');
    throw new UsageError(
      [`it was written, but not staged: ${reason}`, ...details],
      `Mend that, then: ${command}`,
    );
  }
}

/**
 * @returns The command that stages paths, as a shell in the working folder reads it. In git's patterns `*` stands for
 * what can't be shown (https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-pathspec).
 */
function addCommand(paths: readonly string[], { root, cwd }: { root: string; cwd: string }): string {
  const words = paths.map((path) => {
    const relative = nodePath.relative(cwd, nodePath.join(root, path)).replace(/^[-:]/, './$&');
    if (/^[\w./@+:-]+$/.test(relative)) return relative;
    const pattern = relative.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]+/gu, '*');
    return `'${pattern.replaceAll("'", "'\\''")}'`;
  });
  return `git add ${words.join(' ')}`;
}
