import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import { upwards } from '../text/upwards.ts';
import { frameworkProgram } from './pre-commit-framework.ts';
import { findInstallation, type ToolInstallation } from './installation.ts';
import { TOOL } from '../model/tool.ts';

/** Variables of the environment, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * How to start this tool in a repository, by what the repository holds: a package manager runs what it has
 * installed where a manifest names the tool, and none of the words that are said here makes it fetch anything. Everywhere
 * else the tool is on PATH; but where the pre-commit framework brings it, and has started this process, the framework's own
 * copy is named, which is nowhere on the PATH of a person.
 *
 * @param from The working folder, relative to the root (`''`).
 * @param environment Of this process.
 * @returns A shell command's first words: `npx --no -- vetted-imports`.
 */
export async function toolCommand(files: Files, from: string, environment: Variables): Promise<string> {
  const home = await findInstallation(files, from);
  if (home === null) return (await frameworkProgram(files, environment)) ?? TOOL;
  const runner = runnerAt(home, from);
  return runner === '' ? TOOL : `${runner} ${TOOL}`;
}

/** @returns What stands before a command that a project has installed, in the working folder. */
export function runnerAt({ folder, manager }: ToolInstallation, from: string): string {
  const isThere = manager.climbs ? upwards(from).includes(folder) : folder === from;
  return isThere ? manager.here : manager.elsewhere(pathBetween(from, folder));
}

/** @returns The relative path from one folder of the repository to another. */
function pathBetween(from: string, to: string): string {
  return posix.relative(`/${from}`, `/${to}`);
}
