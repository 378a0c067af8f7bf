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

/** @returns Whether the name of a file says that it is an environment. */
export function isNamedEnvironment(path: string): boolean {
  return /(?:^|[-_.])(?:env|envs|environments?|conda|mamba)(?:[-_.]|$)/i.test(fileName(path));
}
