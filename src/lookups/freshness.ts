/**
 * @param asOf When something was learned. ISO 8601.
 * @returns Whether it is younger than its lifetime, in milliseconds. What is dated ahead of the clock is not: one of the
 *   two clocks was wrong, and nobody knows how old it is.
 */
export function isFresh(asOf: string, currentTime: Date, lifetime: number): boolean {
  const age = currentTime.getTime() - Date.parse(asOf);
  return age >= 0 && age < lifetime;
}

/** @returns Whether a day or time is one that the clock has shown. */
export function isPast(asOf: string, currentTime: Date): boolean {
  return isFresh(asOf, currentTime, Infinity);
}
