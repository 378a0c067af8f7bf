import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import { upwards } from '../text/upwards.ts';
import { frameworkProgram } from './pre-commit-framework.ts';
import { findInstallation, type ToolInstallation } from './installation.ts';
import { TOOL } from '../model/tool.ts';

/** Of the process that prints a command. */
export interface ProcessPlace {
  /** Variables of its environment, by name. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The virtual environment in the repository that its program runs from, if it is not active; relative to the root. */
  readonly inactive: string | null;
}

/**
 * How to start this tool in a repository, by what the repository holds: a package manager runs what it has
 * installed where a manifest names the tool, and none of the words that are said here makes it fetch anything. Everywhere
 * else the tool is on PATH; but where the pre-commit framework brings it, and has started this process, the framework's own
 * copy is named, which is nowhere on the PATH of a person. Nor is that of an environment that is not active.
 *
 * @param from The working folder, relative to the root (`''`).
 * @returns A shell command's first words: `npx --no -- vetted-imports`.
 */
export async function toolCommand(
  files: Files,
  from: string,
  { environment, inactive }: ProcessPlace,
): Promise<string> {
  const home = await findInstallation(files, from);
  const framework = home === null ? await frameworkProgram(files, environment) : null;
  if (framework !== null) return framework;
  const runner = home === null ? '' : runnerAt(home, from);
  if (runner !== '') return `${runner} ${TOOL}`;
  const program = inactive === null ? '' : pathBetween(from, `${inactive}/bin/${TOOL}`);
  return PLAIN_PATH.test(program) ? program : TOOL;
}

/** What every shell reads as it stands. */
const PLAIN_PATH = /^[\w.][\w@./+-]*$/;

/** @returns What stands before a command that a project has installed, in the working folder. */
export function runnerAt({ folder, manager }: ToolInstallation, from: string): string {
  const isThere = manager.climbs ? upwards(from).includes(folder) : folder === from;
  return isThere ? manager.here : manager.elsewhere(pathBetween(from, folder));
}

/** @returns The relative path from one folder of the repository to another. */
function pathBetween(from: string, to: string): string {
  return posix.relative(`/${from}`, `/${to}`);
}
