import nodePath from 'node:path';
import { GitError, runGit, type Git } from '../../git/git.ts';
import type { Ground } from '../../snapshots/request.ts';
import { UsageError } from '../usage.ts';
import type { World } from '../world.ts';
import { hasTerminal, openPrompts } from './prompts.ts';

/**
 * Is a text of the work tree what the index has, so that staging the file adds nothing but what is written
 * on top of it? Filters (line ends, encodings) are applied as `git add` does.
 *
 * @param path Relative to the root. @param text null where there is no such file.
 */
export async function isCleanInIndex(
  { repository }: Ground,
  path: string,
  text: string | null,
): Promise<boolean> {
  if (!repository) return false;
  const { git } = repository;
  const staged = (await literally(git, ['ls-files', '--stage', '-z', '--', path])).toString('latin1');
  const found = /^\d+ ([0-9a-f]+) 0\t/.exec(staged);
  if (text === null || !found) return text === null && staged === '';
  const oid = await runGit(git, ['hash-object', `--path=${path}`, '--stdin'], text);
  return oid.toString('latin1').trim() === found[1];
}

/** What is to be staged: paths relative to the root. */
export interface Staging {
  readonly paths: readonly string[];
  /** Staging them adds nothing else. */
  readonly clean: boolean;
  /** `--stage`, `--no-stage`, or neither. */
  readonly wanted: boolean | undefined;
}

/**
 * Stages edits where that is wanted: by `--stage`, or by an answer at the terminal. Otherwise the command
 * that stages them is printed. Nothing that somebody else left unstaged is ever staged.
 *
 * @throws UsageError when `--stage` can't be done.
 */
export async function offerStaging(
  staging: Staging,
  { world, ground }: { world: World; ground: Ground },
): Promise<void> {
  const { repository, root } = ground;
  if (!repository) return;
  const { paths, clean, wanted } = staging;
  const command = addCommand(paths, { root, cwd: world.cwd });
  if (wanted === true && !clean)
    throw new UsageError(
      'nothing was staged: the file has other changes that are not staged',
      `Look at them, and stage all with \`${command}\`, or a part with \`git add --patch\`.`,
    );
  if (wanted ?? (clean && (await confirmed(paths, world)))) {
    await stage(repository.git, paths, command);
    world.stderr.write(`Staged ${paths.join(', ')}.\n`);
  } else world.stderr.write(`To make it part of the next commit: ${command}\n`);
}

async function confirmed(paths: readonly string[], world: World): Promise<boolean> {
  if (!hasTerminal(world)) return false;
  const prompts = await openPrompts(world);
  return (await prompts.confirm(`Stage ${paths.join(', ')}?`, 'yes')) === true;
}

async function stage(git: Git, paths: readonly string[], command: string): Promise<void> {
  try {
    await literally(git, ['add', '--', ...paths]);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new UsageError(`it was written, but not staged: ${error.message}`, `Mend that, then: ${command}`);
  }
}

/** Paths are never patterns. */
function literally(git: Git, args: readonly string[]): Promise<Buffer> {
  return runGit(git, ['--literal-pathspecs', ...args]);
}

/** @returns The command that stages paths, as a shell in the working folder reads it. */
function addCommand(paths: readonly string[], { root, cwd }: { root: string; cwd: string }): string {
  const words = paths.map((path) => {
    const relative = nodePath.relative(cwd, nodePath.join(root, path));
    return /^[\w./@+:][\w./@+:-]*$/.test(relative) ? relative : `'${relative.replaceAll("'", "'\\''")}'`;
  });
  return `git add ${words.join(' ')}`;
}
