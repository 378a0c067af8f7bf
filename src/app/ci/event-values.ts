import * as v from 'valibot';

/** The id of a commit, as a CI service writes it. */
export const sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/));

/**
 * The name of a branch, which reaches git's command line: no option, and nothing that git gives a meaning in a revision
 * (https://git-scm.com/docs/git-check-ref-format).
 */
export const branch = v.pipe(v.string(), v.regex(/^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/));
