/** How many steps the reading of one text may still take. */
export interface Allowance {
  left: number;
}

/**
 * How many steps (functions entered, rounds of loops) a character may take, over all attempts at a text: 26,000 files
 * of Python, 342 million characters, took at most 174. What is made to break the grammar takes a number that grows
 * with the text.
 */
const STEPS_FOR_A_CHARACTER = 600;
/** What every text may take besides: a broken one of a few lines takes 456 for a character. A step takes nanoseconds. */
const STEPS_FOR_A_TEXT = 20_000_000;

/** What a counter of steps starts with, until somebody sets it: the greatest number of 32 bits with a sign. */
export const MOST_STEPS = 2 ** 31 - 1;

/** @returns The steps for one text, however often it is parsed. */
export function allowanceFor(text: string): Allowance {
  return { left: STEPS_FOR_A_TEXT + STEPS_FOR_A_CHARACTER * text.length };
}
