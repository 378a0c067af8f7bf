import { ecosystems } from '../ecosystems/index.ts';
import { COMMANDS } from '../model/commands-setting.ts';

/** Everything that a whitelist can be the authority for, by the words of `covers`. */
export const coverableWords: readonly string[] = [...ecosystems.map(({ id }) => id), COMMANDS];
