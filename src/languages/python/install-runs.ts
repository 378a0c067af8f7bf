import type { Source } from '../../model/language.ts';
import type { InstallRun } from '../../model/reference.ts';
import { runsOf } from './installs.ts';
import { mentionsShell, pythonOf } from './ipython.ts';
import { withoutPrompts } from './prompts.ts';
import { metadataRuns } from './script-metadata.ts';

/**
 * Reads what a program has installed, and the indexes that it names for it. What stands in the strings of a call of
 * IPython's shell is read by the line, without a parser.
 *
 * @returns One run for the metadata of a script, and one for each command that installs something.
 */
export function installRuns(cell: Source): readonly InstallRun[] {
  const { source } = withoutPrompts(cell);
  const { text } = source;
  const { escapes } = pythonOf(source);
  const commands = escapes.flatMap((span) => runsOf(text, span));
  const shellCalls = mentionsShell(text) ? [...text.matchAll(shellCall)] : [];
  const calls = shellCalls.flatMap(({ 1: words = '' }) => {
    const command = words.replace(/['",]+/g, ' ');
    return runsOf(command, { start: 0, end: command.length });
  });
  return [...metadataRuns(text), ...commands, ...calls];
}

const shellCall = /(?:get_ipython\(\)[ \t]*\.[ \t]*\w+|\.[ \t]*run_(?:line|cell)_magic)\(([^\r\n]*)/g;
