import type { CommandWord } from '../model/command.ts';
import type { Span } from '../model/text.ts';

/** A run of a word's text that stands in the source as it is. */
interface Piece {
  /** Where it begins in the text. */
  readonly start: number;
  /** Where it begins in the source. */
  readonly at: number;
  /** Where it ends in the source, if its letters do not stand there as they are. */
  readonly end?: number;
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

  /** Adds what escapes stand for: each of its letters stands where the whole does. */
  addDecoded(text: string, { start, end }: Span): void {
    if (text === '') return;
    this.#pieces.push({ start: this.#text.length, at: start, end });
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
      return { start: offsetOf(pieces, start, at), end: endOf(pieces, end - 1, at) };
    };
    return { text: this.#text, dynamic: this.#dynamic, spanOf };
  }
}

/** @returns Where a letter of the text stands in the source; what is before the first piece stands at `otherwise`. */
function offsetOf(pieces: readonly Piece[], letter: number, otherwise: number): number {
  const piece = pieceOf(pieces, letter);
  if (piece === undefined) return otherwise;
  return piece.end === undefined ? piece.at + letter - piece.start : piece.at;
}

/** @returns Where the place of a letter ends. */
function endOf(pieces: readonly Piece[], letter: number, otherwise: number): number {
  return pieceOf(pieces, letter)?.end ?? offsetOf(pieces, letter, otherwise) + 1;
}

function pieceOf(pieces: readonly Piece[], letter: number): Piece | undefined {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.start ?? 0) <= letter) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1];
}

/** The part of a variable that stands in the text. Offsets are those of the variable as it is written. */
interface KnownPart extends Span {
  /** Nothing follows that only a run can tell. */
  readonly isWhole: boolean;
}

/**
 * @returns What is known of a variable without a run: its default, `${name:-flask}`, or what parts a version from the name
 *   before it, `flask${version:+==$version}`; undefined of any other one.
 */
export function knownPart(variable: string): KnownPart | undefined {
  const fallback = /^\$\{\w+:?-(?=[^\s{}$`"'\\*?\uE000]+\}$)/.exec(variable)?.[0];
  if (fallback !== undefined) return { start: fallback.length, end: variable.length - 1, isWhole: true };
  const condition = /^\$\{\w+:?\+(?=[@=<>~!])/.exec(variable)?.[0];
  if (condition === undefined) return undefined;
  return { start: condition.length, end: condition.length + 1, isWhole: false };
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
