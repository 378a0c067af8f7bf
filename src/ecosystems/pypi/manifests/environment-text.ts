import { fileName } from '../../../text/file-names.ts';
import { LONGEST_DATA } from '../../../text/longest.ts';

/**
 * A look at a YAML file that loads nothing: few kinds of them have such a key.
 *
 * @returns Whether the file may be an environment of conda.
 */
export function mayBeEnvironment(text: string): boolean {
  return text.length <= LONGEST_DATA && DEPENDENCIES.test(text);
}

/** The key, which escapes may write, too. */
const DEPENDENCIES = /\bdependencies\b|\\[xuU]/;

/** @returns Whether the name of a file says that it is an environment; services have environments, too. */
export function isNamedEnvironment(path: string): boolean {
  return /(?:^|[-_.])(?:env|envs|environments?)(?:[-_.]|$)/i.test(fileName(path));
}

/** @returns Whether the name of a file says that it is conda's. */
export function isNamedAfterConda(path: string): boolean {
  return /(?:^|[-_.])(?:conda|mamba)(?:[-_.]|$)/i.test(fileName(path));
}

/** @returns Whether the name of a file says that a program locked it: such a file declares nothing. */
export function isNamedLock(path: string): boolean {
  return /(?:^|[-_.])lock(?:ed|file)?(?:[-_.]|$)/i.test(fileName(path));
}
