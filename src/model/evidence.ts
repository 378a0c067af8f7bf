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

/**
 * @param grade The id of one of `rules/grades.ts`; null where a finding has none.
 * @returns The sentence of a message that says why nobody knows whether a package exists: people can often fix that.
 *   undefined where a registry answered.
 */
export function silenceOf(grade: string | null, evidence: readonly Evidence[]): string | undefined {
  const exists = evidence.find(({ fact }) => fact === 'exists');
  if (grade === 'unanswered' && exists?.state === 'unknown')
    return `Whether it exists is not known (${exists.reason}).`;
  return grade === 'not-asked' && exists?.state === 'notAsked'
    ? `No registry was asked (${exists.reason}).`
    : undefined;
}
