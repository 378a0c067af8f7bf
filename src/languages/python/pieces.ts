import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';

/** A piece of a text that was put together out of another one. */
export interface Piece {
  /** Offset in the text. */
  readonly at: number;
  /** Offset in the other one. */
  readonly start: number;
}

/** Moves an import out of a text that was put together to where it came from. The pieces come in the order of the text. */
export function movedImport(
  { target, span, ...properties }: ParsedImport,
  pieces: readonly Piece[],
): ParsedImport {
  const move = ({ start, end }: Span): Span => {
    const from = movedOffset(start, pieces);
    return { start: from, end: from + end - start };
  };
  if (target.kind !== 'literal') return { ...properties, target, span: move(span) };
  const names = target.names.map((each) => ({ ...each, span: move(each.span) }));
  return { ...properties, target: { ...target, names }, span: move(span) };
}

/** @returns Where in the other text an offset comes from. */
export function movedOffset(offset: number, pieces: readonly Piece[]): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const { at, start } = pieces[low] ?? { at: 0, start: 0 };
  return offset - at + start;
}
