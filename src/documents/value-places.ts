import type { SegmentPiece } from '../model/language.ts';
import type { TextNode } from './document.ts';

/** A text, and where its parts stand in a file. */
export interface PlacedText {
  readonly text: string;
  readonly pieces: readonly SegmentPiece[];
}

/**
 * @param source The file.
 * @param node A string of JSON, TOML or YAML in it.
 * @returns The string's value, and where its letters stand. A blank of a folded or indented text stands for all that is written
 *   there. Where the spelling is another one than these formats have, the value as a whole stands where the string does.
 */
export function placedValue(source: string, node: TextNode): PlacedText {
  const { value, raw, span } = node;
  if (raw === value) return placedSlice(source, span);
  return { text: value, pieces: new Alignment(source, node).pieces() ?? [whole(node)] };
}

/** @returns A part of the file as it stands there. */
export function placedSlice(source: string, { start, end }: { start: number; end: number }): PlacedText {
  const text = source.slice(start, end);
  return { text, pieces: text === '' ? [] : [{ start: 0, end: text.length, at: start }] };
}

function whole({ value, span }: TextNode): SegmentPiece {
  return { start: 0, end: value.length, at: span.start, atEnd: span.end };
}

const BLANKS = /\s*/y;

/** `\n`, `\x41`, `\u00e9`, `\U0001f600`. */
const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^])/y;

/** A backslash at the end of a line takes the line's end away, and the blanks of the next one. */
const JOINED_LINES = /\\[ \t]*\r?\n\s*/y;

/** Walks through the spelling of a string and its value side by side. */
class Alignment {
  readonly #source: string;
  readonly #node: TextNode;
  readonly #pieces: SegmentPiece[] = [];
  /** Offsets in the file and in the value. */
  #at: number;
  #reached = 0;

  constructor(source: string, node: TextNode) {
    this.#source = source;
    this.#node = node;
    this.#at = node.span.start;
  }

  get #isBlock(): boolean {
    return ['|', '>'].includes(this.#source.charAt(this.#node.at));
  }

  /** @returns undefined where the spelling does not give the value. */
  pieces(): readonly SegmentPiece[] | undefined {
    const { at, value, span } = this.#node;
    const opening = this.#source.charAt(at);
    if (this.#isBlock) this.#at = behindLine(this.#source, at, span.end);
    while (this.#at < span.end) {
      const char = this.#source.charAt(this.#at);
      const isRead =
        (opening === '"' && char === '\\' && this.#escape()) ||
        (opening === "'" && this.#source.startsWith("''", this.#at) && this.#spelled(2, 1)) ||
        (/\s/.test(char) && this.#blanks()) ||
        (char === value.charAt(this.#reached) && this.#verbatim());
      if (!isRead) return undefined;
    }
    return this.#reached === value.length || value.slice(this.#reached).trim() === ''
      ? this.#pieces
      : undefined;
  }

  #escape(): boolean {
    const joined = matchAt(JOINED_LINES, this.#source, this.#at);
    if (joined !== '') {
      this.#at += joined.length;
      return true;
    }
    const escape = matchAt(ESCAPE, this.#source, this.#at);
    const isLong = /^\\U(?!0000)/.test(escape);
    return this.#spelled(escape.length, isLong ? 2 : 1);
  }

  /** Something that is written in so many letters stands for so many of the value. */
  #spelled(length: number, meant: number): boolean {
    const { value, span } = this.#node;
    if (this.#reached + meant > value.length || this.#at + length > span.end) return false;
    this.#pieces.push({
      start: this.#reached,
      end: this.#reached + meant,
      at: this.#at,
      atEnd: this.#at + length,
    });
    this.#at += length;
    this.#reached += meant;
    return true;
  }

  /**
   * Within a line blanks are what they are. A line's end in quotes or a plain text is folded: into a blank, or into as many
   * ends as there are empty lines (https://yaml.org/spec/1.2.2/#65-line-folding); in a block it is indentation that goes.
   */
  #blanks(): boolean {
    const { value, span } = this.#node;
    const blanks = matchAt(BLANKS, this.#source, this.#at).slice(0, span.end - this.#at);
    if (value.startsWith(blanks, this.#reached)) {
      for (let left = blanks.length; left > 0; left -= 1) this.#verbatim();
      return true;
    }
    const lineEnds = blanks.split('\n').length - 1;
    const meant = matchAt(BLANKS, value, this.#reached).length;
    const folded = this.#isBlock ? meant : Math.min(meant, Math.max(1, lineEnds - 1));
    if (folded === 0) this.#at += blanks.length;
    else this.#spelled(blanks.length, folded);
    return true;
  }

  #verbatim(): boolean {
    const last = this.#pieces.at(-1);
    const isNext =
      last !== undefined &&
      last.atEnd === undefined &&
      last.end === this.#reached &&
      last.at + (last.end - last.start) === this.#at;
    const [start, at] = isNext ? [last.start, last.at] : [this.#reached, this.#at];
    if (isNext) this.#pieces.pop();
    this.#pieces.push({ start, end: this.#reached + 1, at });
    this.#at += 1;
    this.#reached += 1;
    return true;
  }
}

function matchAt(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
}

function behindLine(source: string, from: number, end: number): number {
  const at = source.indexOf('\n', from);
  return at < 0 || at >= end ? end : at + 1;
}
