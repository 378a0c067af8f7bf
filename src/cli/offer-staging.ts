import { GitError, runGit, type Git } from '../git/git.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import { areTracked, type Stageability } from '../app/stageability.ts';
import {
  addCommand,
  filterSentence,
  gitCommand,
  namesOf,
  requestAdvice,
  stagingAdvice,
} from '../app/staging-advice.ts';
import { UsageError } from '../app/usage-error.ts';
import type { CommandContext } from './context.ts';
import { hasTerminal, openPrompts } from './prompts.ts';

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
  { context, location }: { context: CommandContext; location: ProjectLocation },
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
  context.stderr.write(stagingAdvice(paths, state, command));
}

/**
 * Says how a request is committed by itself.
 *
 * @param paths What it has written, relative to the root. @param where `tool` is how to start this tool there.
 */
export async function tellOfRequest(
  paths: readonly string[],
  where: { context: CommandContext; location: ProjectLocation; tool: string },
): Promise<void> {
  const { context, tool } = where;
  const { repository, root } = where.location;
  if (!repository) return;
  const folders = { root, cwd: context.cwd };
  const add = (await areTracked(repository.git, paths)) ? null : addCommand(paths, folders);
  context.stderr.write(requestAdvice({ add, commit: gitCommand('commit', paths, folders), tool }));
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

async function confirmed(paths: readonly string[], context: CommandContext): Promise<boolean> {
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
      `Fix this, then run: ${command}`,
    );
  }
}
