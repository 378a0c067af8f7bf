/**
 * One thing that an outside source was, or was not, able to tell. `absent` is an answer ("there is no
 * such package"), `unknown` is the lack of one, `notAsked` says that nobody tried. Times are ISO 8601, UTC.
 */
export type Fact<T> =
  | { readonly state: 'present'; readonly value: T; readonly asOf: string }
  | { readonly state: 'absent'; readonly asOf: string }
  | { readonly state: 'unknown'; readonly reason: string }
  | { readonly state: 'notAsked'; readonly reason: string };

/** A fact with its name and its source (`npm`, `pypi`, `osv`), as reports show it. */
export type Evidence = Fact<string | number | boolean | readonly string[]> & {
  readonly fact: string;
  readonly source: string;
};

/** A package that was probably meant, with the specifier to write and the reason for the guess. */
export interface Suggestion {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly specifier: string;
  readonly why: string;
}
