/** What one unit of weight may take of a parser's stack, in bytes: at most 512 were measured, see `weightOf`. */
const BYTES_A_UNIT = 2048;

/** What can't reach any bound that matters, in units of weight of a whole text: nineteen of twenty files have less. */
export const LIGHT = 4096;

/** @returns The weight that a stack of so many bytes carries for certain. */
export function carriedBy(stack: number): number {
  return Math.floor(stack / BYTES_A_UNIT);
}

/**
 * Words that may stand in a row of any length, each one level deeper than the one before: operators, and
 * statements that hold a statement. All other words add no level of their own.
 */
export const NESTING_WORDS: ReadonlySet<string> = new Set(
  `as asserts await delete do else extends for if in infer instanceof is keyof new of readonly satisfies
  typeof unique void while with yield`.split(/\s+/),
);

/**
 * The most stack that a parser can need for a text, told without knowing what in it is code: every level of a
 * syntax tree takes a character or word of its own. Brackets weigh more because a level of expressions within
 * brackets runs through all precedences. Measured with oxc 0.156 on 60 kinds of nesting: 512 bytes of
 * machine code's stack a unit at most, a third more as WebAssembly.
 *
 * @returns Units of weight, at most four for each UTF-16 code unit. Linear in the text's length.
 */
export function weightOf(text: string): number {
  let weight = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) weight += WEIGHTS[code] ?? 0;
  }
  for (const [word] of text.matchAll(/\b[a-z]{2,10}\b/g)) if (NESTING_WORDS.has(word)) weight += 1;
  return weight;
}

/** For each ASCII character: what opens a bracket, other punctuation, and what only separates or belongs to a word. */
const WEIGHTS: readonly number[] = Array.from({ length: 0x80 }, (_, code) => {
  const char = String.fromCharCode(code);
  if ('([{<'.includes(char)) return 4;
  return /[\s\w$"',;\0]/.test(char) ? 0 : 1;
});
