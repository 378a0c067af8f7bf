/** The tool’s name: that of its package, and of the command that readers copy, documents show and messages begin with. */
export const TOOL = 'vetted-imports';

/**
 * What files already hold: config files and keys, ids of hooks and reports, marks around the hook’s lines, the program
 * in the package. Programs compare it, so it never changes; the npm package of this name is not ours, so no text names
 * it as a command.
 */
export const SETTINGS_NAME = 'check-imports';

/** Where the sources, the documentation and the rules’ pages are. */
export const HOME = `https://github.com/${TOOL}/${TOOL}`;
