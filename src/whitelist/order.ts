/**
 * Compares keys by code points, the order in which lines stand. Names of packages are ASCII, in which code points and
 * the code units that JavaScript compares are the same.
 *
 * @returns Less than 0 where the first belongs above, more where it belongs below.
 */
export function compareKeys(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
