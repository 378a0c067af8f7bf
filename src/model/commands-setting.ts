import type { CommandFiles } from './language.ts';

/**
 * In which files packages count that commands install. `agents`: what runs without a person who reads it, as settings and
 * instructions of coding agents, Dockerfiles, workflows and scripts do. `all`: documentation besides, and names that only a
 * run of the command can tell.
 */
export type CommandsSetting = 'off' | 'agents' | 'all';

/** From the fewest files to all. */
export const commandsSettings: readonly CommandsSetting[] = ['off', 'agents', 'all'];

/** What a whitelist has among its `covers` where it is the authority for what commands install. */
export const COMMANDS = 'commands';

/** The id of the language that commands are read in. */
export const COMMAND_LANGUAGE = 'shell';

/** @returns Whether a setting has files read whose commands are run so. */
export function isReadAt(setting: CommandsSetting, runBy: CommandFiles['runBy']): boolean {
  return setting === 'all' || (setting === 'agents' && runBy !== 'reader');
}
