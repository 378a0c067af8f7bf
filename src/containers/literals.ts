import { Offsets } from '../text/offsets.ts';

/** Finds the ends of JavaScript's strings, templates, regular expressions and comments, whatever the text around them is. */
export class Literals {
  readonly #text: string;
  readonly #lineEnds: Offsets;
  readonly #commentEnds: Offsets;
  readonly #classEnds: Offsets;
  readonly #quotes: ReadonlyMap<string, Offsets>;

  constructor(text: string) {
    this.#text = text;
    this.#commentEnds = new Offsets(text, /\*\//g);
    // A backslash takes the meaning away from what follows it.
    this.#lineEnds = new Offsets(text, /\\(?:\r\n|[^])|([\r\n])/g);
    this.#classEnds = new Offsets(text, /\\[^]|(\])/g);
    this.#quotes = new Map([
      ['"', new Offsets(text, /\\[^]|(")/g)],
      ["'", new Offsets(text, /\\[^]|(')/g)],
      ['`', new Offsets(text, /\\[^]|(`)/g)],
    ]);
  }

  /**
   * @param start - Where its quote stands. A template ends anywhere, another string on its line; what a template holds
   *   in braces counts as part of it.
   * @returns The offset behind the closing quote, undefined where there is none.
   */
  behindString(start: number): number | undefined {
    const quote = this.#text[start] ?? '';
    const end = this.#quotes.get(quote)?.from(start + 1);
    if (end === undefined || (quote !== '`' && this.#isOnOtherLine(start, end))) return undefined;
    return end + 1;
  }

  /** @returns The offset behind the block comment that begins at an offset, undefined where it has no end. */
  behindComment(start: number): number | undefined {
    const end = this.#commentEnds.from(start + 2);
    return end === undefined ? undefined : end + 2;
  }

  /** @returns The offset behind the slash that closes a regular expression on its line, undefined where none does. */
  behindRegex(start: number): number | undefined {
    const stops = /\\.|[/[\r\n]/g;
    stops.lastIndex = start + 1;
    for (let stop = stops.exec(this.#text); stop !== null; stop = stops.exec(this.#text)) {
      const { 0: match, index } = stop;
      if (match === '/') return index + 1;
      if (match === '\r' || match === '\n') return undefined;
      if (match !== '[') continue;
      const end = this.#classEnds.from(index + 1);
      if (end === undefined || this.#isOnOtherLine(index, end)) return undefined;
      stops.lastIndex = end + 1;
    }
    return undefined;
  }

  #isOnOtherLine(start: number, end: number): boolean {
    return (this.#lineEnds.from(start) ?? end) < end;
  }
}
