import { pathInside } from '../git/path-inside.ts';
import { environmentOf } from '../tool-command/own-environment.ts';

/**
 * A hook runs also where no environment of Python is active: then what pip has installed is not on the PATH of a person.
 *
 * @param root Of the repository, absolute.
 * @param environment Variables of this process. One that git starts has those of the shell.
 * @param program Where the program lies that runs, absolute.
 * @returns The virtual environment in the repository that this program runs from, relative to the root, if it is not active;
 *   null also where commands are programs for Windows, whose shells write paths in different ways.
 */
export function inactiveEnvironment(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  program: string = import.meta.dirname,
): string | null {
  const folder = environmentOf(program);
  if (folder === null || folder.includes('\\') || environment['VIRTUAL_ENV'] === folder) return null;
  return pathInside(root, folder, '.');
}
