/**
 * In which files packages count that commands install: `agents` are those that run without a person who reads them (settings
 * and instructions of coding agents, Dockerfiles, workflows), `all` are scripts and documentation besides.
 */
export type CommandsSetting = 'off' | 'agents' | 'all';

/** From the fewest files to all. */
export const commandsSettings: readonly CommandsSetting[] = ['off', 'agents', 'all'];

/** What a whitelist has among its `covers` where it is the authority for what commands install. */
export const COMMANDS = 'commands';

/** The id of the language that commands are read in. */
export const COMMAND_LANGUAGE = 'shell';
