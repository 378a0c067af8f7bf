import { posix } from 'node:path';
import type { Files } from '../model/language.ts';
import { upwards } from '../text/upwards.ts';
import { frameworkPackage } from './pre-commit-framework.ts';
import { findInstallation, type ToolInstallation } from './installation.ts';
import { TOOL } from '../model/tool.ts';

/**
 * How to start this tool in a repository, by what the repository holds: npx and its like ask a registry for what
 * they do not find, so they are named only where a package.json, or the pre-commit framework, brings the tool.
 * Everywhere else it is on PATH.
 *
 * @param from The working folder, relative to the root (`''`).
 * @returns A shell command's first words: `npx --no -- vetted-imports`.
 */
export async function toolCommand(files: Files, from: string): Promise<string> {
  const home = await findInstallation(files, from);
  if (home) return `${runnerAt(home, from)} ${TOOL}`;
  const packageSpecifier = await frameworkPackage(files);
  return packageSpecifier === null ? TOOL : `npx --yes ${packageSpecifier}`;
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
