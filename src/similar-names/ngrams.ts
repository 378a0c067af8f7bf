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

/** The bigrams and trigrams of a word, with a mark before and after it: one that stands twice in it, twice. */
function gramsOf(word: string): readonly number[] {
  const grams: number[] = [];
  let first = 0;
  let second = mark;
  for (let at = 0; at <= word.length; at++) {
    const third = at < word.length ? word.charCodeAt(at) & (codes - 1) : mark;
    const pair = second * codes + third;
    grams.push(pair);
    if (first !== 0) grams.push(first * codes * codes + pair);
    first = second;
    second = third;
  }
  return grams;
}

/** A word of a list by its place in it, and how much it shares with another one: from 0 to about 1. */
export interface SharingWord {
  readonly at: number;
  readonly shared: number;
}

/**
 * Words by their bigrams and trigrams. To make it takes as long as some dozens of looks at all words; then a word is
 * compared only with those that share a part with it.
 */
export class GramIndex {
  readonly #words: readonly string[];
  readonly #places = new Map<number, number[]>();
  /** How many grams of the word that is asked about stand in each word; 0 between questions. */
  readonly #counts: Uint32Array;

  constructor(words: readonly string[]) {
    this.#words = words;
    this.#counts = new Uint32Array(words.length);
    for (const [at, word] of words.entries()) for (const gram of gramsOf(word)) this.#add(gram, at);
  }

  #add(gram: number, at: number): void {
    const places = this.#places.get(gram);
    if (places === undefined) this.#places.set(gram, [at]);
    else places.push(at);
  }

  /** @returns The words that share at least so much with a word, and something, in their order; measured as `Grams` does. */
  sharing(word: string, least: number): readonly SharingWord[] {
    const grams = new Set(gramsOf(word));
    const sharing: SharingWord[] = [];
    for (const at of this.#count(grams)) {
      const length = this.#words[at]?.length ?? 0;
      const shared = (2 * (this.#counts[at] ?? 0)) / Math.max(1, grams.size + 2 * length + 1);
      this.#counts[at] = 0;
      if (shared >= least) sharing.push({ at, shared });
    }
    return sharing.sort((left, right) => left.at - right.at);
  }

  /** @returns The words that hold one of the grams. */
  #count(grams: ReadonlySet<number>): readonly number[] {
    const holding: number[] = [];
    for (const gram of grams) {
      for (const at of this.#places.get(gram) ?? []) {
        const count = this.#counts[at] ?? 0;
        if (count === 0) holding.push(at);
        this.#counts[at] = count + 1;
      }
    }
    return holding;
  }
}
