/** A half-open range of UTF-16 code-unit offsets into one text: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * A range as people read it. Lines and columns are 1-based, columns count UTF-16 code units, the end
 * is exclusive. `cell` is the 1-based notebook cell that the lines count from, null outside notebooks.
 */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly cell: number | null;
}

/** One replacement: what stands from `start` up to `end` becomes `text`. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** A list that has a first element. */
export type NonEmpty<T> = readonly [T, ...(readonly T[])];
