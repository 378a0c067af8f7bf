import type { Linter } from 'eslint';

/** The folders of `src` from the lowest floor to the highest. */
export const floors: readonly string[];
/** Every ecosystem and every language that no other folder names. */
export const ecosystemIds: readonly string[];
export const languageIds: readonly string[];
/** What holds in every source. */
export const syntax: readonly { readonly selector: string; readonly message: string }[];
/** The walls between the folders, as configuration of ESLint. */
export const walls: readonly Linter.Config[];
