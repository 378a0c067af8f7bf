/**
 * Files that say something about a project (manifests, settings, whitelists) are not read beyond this length, in UTF-16
 * code units: the longest that people or tools write are a tenth of it, and expressions that repeat a part for each
 * character run out of stack at about twice of it.
 */
export const LONGEST_DATA = 4 * 1024 * 1024;

/** What is wrong with a longer one. */
export const tooLong = 'the file is longer than 4 million characters';

/**
 * Lockfiles are not read beyond this length, in UTF-16 code units. Those of large workspaces have up to 10 million; as
 * much again is left for them to grow, and then some.
 */
export const LONGEST_LOCKFILE = 32 * 1024 * 1024;
