import type { Source } from '../../model/language.ts';
import type { InstallRun } from '../../model/reference.ts';
import { loadInstalls, mayInstall } from '../shared/installs.ts';
import { commandAt, mentionsShell, pythonOf } from './ipython.ts';
import { withoutPrompts } from './prompts.ts';
import { metadataRuns } from './script-metadata.ts';

/**
 * Reads what a program has installed, and the registries that it names for it. What stands in the strings of a call of
 * IPython's shell is read by the line, without a parser.
 *
 * @returns One run for the metadata of a script, and one for each command that installs something.
 */
export async function installRuns(cell: Source): Promise<readonly InstallRun[]> {
  const { source } = withoutPrompts(cell);
  const { text } = source;
  const commands = pythonOf(source).escapes.map((span) => commandAt(text, span).command);
  const shellCalls = mentionsShell(text) ? [...text.matchAll(shellCall)] : [];
  const calls = shellCalls.map(({ 1: words = '' }) => words.replace(/['",()]+/g, ' '));
  const installing = [...commands, ...calls].filter(mayInstall);
  if (installing.length === 0) return metadataRuns(text);
  const readInstalls = await loadInstalls();
  return [...metadataRuns(text), ...installing.flatMap((command) => readInstalls(command, 'ipython').runs)];
}

const shellCall = /(?:get_ipython\(\)[ \t]*\.[ \t]*\w+|\.[ \t]*run_(?:line|cell)_magic)\(([^\r\n]*)/g;
