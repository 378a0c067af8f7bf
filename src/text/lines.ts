import type { Place, Span } from '../model/text.ts';
import { detached } from './detached.ts';

/** Turns offsets into lines and columns. A line ends after `\n`, `\r\n` or a lone `\r`, as in editors. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = startsOf(text);
  }

  /** @returns The 1-based line and column (in UTF-16 code units) of an offset. */
  locate(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** @returns The span of a place that `place` gave for this text. */
  spanOf({ line, column, endLine, endColumn }: Place): Span {
    const start = (this.#starts[line - 1] ?? this.#text.length) + column - 1;
    return { start, end: (this.#starts[endLine - 1] ?? this.#text.length) + endColumn - 1 };
  }

  /** @returns The span as a place in a file, or in the notebook cell that this text is. */
  place(span: Span, cell: number | null = null): Place {
    const start = this.locate(span.start);
    const end = this.locate(span.end);
    return { ...start, endLine: end.line, endColumn: end.column, cell };
  }

  /** @returns The text of a 1-based line without its end, or null where it is too long to be read by a person. */
  excerpt(line: number): string | null {
    const text = this.#text.slice(this.#starts[line - 1] ?? this.#text.length, this.#starts[line]);
    return text.length > 240 ? null : detached(text.replace(/\r?\n?$/, ''));
  }
}

function startsOf(text: string): readonly number[] {
  const starts = [0];
  if (text.includes('\r'))
    for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length);
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
