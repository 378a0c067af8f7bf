import { packageLabel, type Package } from './package.ts';

/** What a denial names to be used instead of its package. */
export type Substitute =
  | {
      readonly package: Package;
      /** `builtin`: the language brings it along. `approved`: no approval is needed any more. */
      readonly status: 'approved' | 'builtin' | 'denied' | 'expired' | 'undecided';
    }
  /** A text that a person wrote and that names no package. */
  | { readonly package: null; readonly text: string };

/** A substitute that may be put in the place of the denied package. */
export type UsableSubstitute = Extract<Substitute, { readonly status: string }> & {
  readonly status: 'approved' | 'builtin';
};

/** @returns Whether a substitute may be offered: approved, or part of the language. A denial approves nothing. */
export function isUsable(substitute: Substitute): substitute is UsableSubstitute {
  return substitute.package !== null && (substitute.status === 'approved' || substitute.status === 'builtin');
}

/** @returns What is said of a substitute, to be read after the denial: `use npm:undici instead`. */
export function substituteText(substitute: Substitute): string {
  if (substitute.package === null)
    return `the denial names “${substitute.text}” instead, which is not a package`;
  const name = packageLabel(substitute.package);
  switch (substitute.status) {
    case 'approved':
      return `use ${name} instead`;
    case 'builtin':
      return `use ${name} instead, which is built in`;
    case 'denied':
      return `the denial names ${name} instead, which is denied as well`;
    case 'expired':
      return `the denial names ${name} instead, but its approval has expired`;
    case 'undecided':
      return `the denial names ${name} instead, but nobody approved it`;
  }
}
