import type { CommandWord } from '../model/command.ts';
import type { Span } from '../model/text.ts';

/** A run of a word's text that stands in the source as it is. */
interface Piece {
  /** Where it begins in the text. */
  readonly start: number;
  /** Where it begins in the source. */
  readonly at: number;
}

/** Puts a word together from the parts that are left when its quotes are gone. */
export class WordBuilder {
  readonly #pieces: Piece[] = [];
  readonly #dynamic: Span[] = [];
  #text = '';

  /** @param at Where it stands in the source, letter by letter. */
  add(text: string, at: number): void {
    if (text === '') return;
    this.#pieces.push({ start: this.#text.length, at });
    this.#text += text;
  }

  /** Adds a part that only a run can tell. */
  addDynamic(text: string, at: number): void {
    const start = this.#text.length;
    this.add(text, at);
    const previous = this.#dynamic.at(-1);
    if (previous?.end === start)
      this.#dynamic.splice(-1, 1, { start: previous.start, end: start + text.length });
    else this.#dynamic.push({ start, end: start + text.length });
  }

  /** @param at Where a word without letters stands: `''`. */
  word(at: number): CommandWord {
    const pieces = this.#pieces;
    const spanOf = ({ start, end }: Span) => {
      if (start === end) return { start: offsetOf(pieces, start, at), end: offsetOf(pieces, start, at) };
      return { start: offsetOf(pieces, start, at), end: offsetOf(pieces, end - 1, at) + 1 };
    };
    return { text: this.#text, dynamic: this.#dynamic, spanOf };
  }
}

/** @returns Where a letter of the text stands in the source; what is before the first piece stands at `otherwise`. */
function offsetOf(pieces: readonly Piece[], letter: number, otherwise: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.start ?? 0) <= letter) low = middle + 1;
    else high = middle;
  }
  const piece = pieces[low - 1];
  return piece === undefined ? otherwise : piece.at + letter - piece.start;
}

/** @returns The place of a whole word in the source, without the quotes around it. */
export function spanOfWord({ text, spanOf }: CommandWord): Span {
  return spanOf({ start: 0, end: text.length });
}

/** @returns The part of a word from an offset to another, as a word. */
export function partOfWord(word: CommandWord, start: number, end: number = word.text.length): CommandWord {
  return {
    text: word.text.slice(start, end),
    dynamic: word.dynamic.flatMap((span) =>
      span.end <= start || span.start >= end
        ? []
        : [{ start: Math.max(0, span.start - start), end: Math.min(end, span.end) - start }],
    ),
    spanOf: (part) => word.spanOf({ start: part.start + start, end: part.end + start }),
  };
}

/** @returns The same word, of which only a run can tell anything. */
export function dynamicWord(word: CommandWord): CommandWord {
  return { ...word, dynamic: [{ start: 0, end: word.text.length }] };
}

/** @returns How much of a word is certain, from its start: its length in front of what only a run can tell. */
export function certainLength({ text, dynamic }: CommandWord): number {
  return dynamic[0]?.start ?? text.length;
}
