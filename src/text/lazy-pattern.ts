/**
 * A pattern that is put together or has classes of Unicode takes up to a fifth of a millisecond to make, and most runs ask
 * for none of those that odd texts need.
 *
 * @returns Gives the pattern, which is made when it is first asked for.
 */
export function lazyPattern(build: () => RegExp): () => RegExp {
  let pattern: RegExp | undefined;
  return () => (pattern ??= build());
}
