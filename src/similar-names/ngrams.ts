/** Letters are read as 7-bit codes: package names are ASCII. */
const codes = 128;
const mark = 1;

/**
 * The bigrams and trigrams of one word, with a mark before and after it, ready to be compared with
 * thousands of others: a bit for each possible gram, so that a comparison allocates nothing.
 */
export class Grams {
  readonly #pairs = new Uint8Array(codes * codes);
  readonly #triples = new Uint8Array((codes * codes * codes) / 8);
  readonly #size: number;

  constructor(word: string) {
    let size = 0;
    let first = 0;
    let second = mark;
    for (let at = 0; at <= word.length; at++) {
      const third = at < word.length ? word.charCodeAt(at) & (codes - 1) : mark;
      const pair = second * codes + third;
      if (this.#pairs[pair] === 0) size++;
      this.#pairs[pair] = 1;
      if (first !== 0) {
        const triple = first * codes * codes + pair;
        const bits = this.#triples[triple >> 3] ?? 0;
        if ((bits & (1 << (triple & 7))) === 0) size++;
        this.#triples[triple >> 3] = bits | (1 << (triple & 7));
      }
      first = second;
      second = third;
    }
    this.#size = size;
  }

  /**
   * How much another word shares: twice the shared grams by all grams (Sørensen and Dice), about 0 to 1.
   *
   * @param text Holds the other word, from `start` to before `end`.
   */
  overlap(text: string, start = 0, end = text.length): number {
    const pairs = this.#pairs;
    const triples = this.#triples;
    let shared = 0;
    let first = 0;
    let second = mark;
    for (let at = start; at <= end; at++) {
      const third = at < end ? text.charCodeAt(at) & (codes - 1) : mark;
      const pair = second * codes + third;
      // A triple can only be shared where its last pair is.
      if (pairs[pair] === 1) {
        shared++;
        const triple = first * codes * codes + pair;
        if (first !== 0 && ((triples[triple >> 3] ?? 0) & (1 << (triple & 7))) !== 0) shared++;
      }
      first = second;
      second = third;
    }
    return (2 * shared) / Math.max(1, this.#size + 2 * (end - start) + 1);
  }
}
