import { promises as fs } from 'node:fs';
import { resolve } from 'node:path';
import { isFileError } from '../git/git.ts';
import { UsageError } from '../app/usage-error.ts';
import type { CommandContext } from './context.ts';

/**
 * Writes a report into a file, in the place of what stands there. Only the summary of a workflow's step belongs to
 * everything that the step runs: there the report comes behind what others have written
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary).
 *
 * @param name As a flag names it, relative to the context's folder.
 * @throws UsageError where it can't be written.
 */
export async function writeReport(name: string, text: string, context: CommandContext): Promise<void> {
  const file = resolve(context.cwd, name);
  try {
    if (await isStepSummary(file, context)) await append(file, text);
    else await fs.writeFile(file, text);
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new UsageError(
      `the report could not be written to ${file}: ${error.message}`,
      'Name a writable file. The report was not written.',
    );
  }
}

/** Does a path lead to the file that the variable names, in whatever words? */
async function isStepSummary(file: string, { cwd, env }: CommandContext): Promise<boolean> {
  const summary = env['GITHUB_STEP_SUMMARY'];
  return summary ? (await realPath(resolve(cwd, summary))) === (await realPath(file)) : false;
}

/** @returns The path without links; of a file that is not there yet, the path as it is. */
async function realPath(file: string): Promise<string> {
  try {
    return await fs.realpath(file);
  } catch (error) {
    if (isFileError(error)) return file;
    throw error;
  }
}

/** A blank line ends what stands before: a table or a block of HTML would go on. */
async function append(file: string, text: string): Promise<void> {
  if (text === '') return;
  const handle = await fs.open(file, 'a');
  try {
    const { size } = await handle.stat();
    await handle.writeFile(size > 0 ? `\n\n${text}` : text);
  } finally {
    await handle.close();
  }
}
