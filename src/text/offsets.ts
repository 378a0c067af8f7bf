/**
 * Where something stands in a text. It is looked for once, when it is first asked for, so that however often somebody
 * asks for the next one, no part of the text is read twice.
 */
export class Offsets {
  readonly #text: string;
  readonly #expression: RegExp;
  #found: readonly number[] | undefined;

  /**
   * @param expression - With the flag `g`. Where it has a group, only matches with that group count: others pass over
   *   what must not be looked at.
   */
  constructor(text: string, expression: RegExp) {
    this.#text = text;
    this.#expression = expression;
  }

  /** @returns The first offset that is not before another one, undefined where there is none. */
  from(least: number): number | undefined {
    const offsets = (this.#found ??= this.#all());
    let [low, high] = [0, offsets.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((offsets[middle] ?? 0) < least) low = middle + 1;
      else high = middle;
    }
    return offsets[low];
  }

  #all(): readonly number[] {
    const offsets: number[] = [];
    for (const match of this.#text.matchAll(this.#expression))
      if (match.length === 1 || match[1] !== undefined) offsets.push(match.index);
    return offsets;
  }
}
