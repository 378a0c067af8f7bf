import type { SegmentPiece, SegmentPlace } from '../model/language.ts';
import type { Span } from '../model/text.ts';

/**
 * Maps a part of a segment's text to where it stands.
 *
 * @param span Offsets in the segment's text.
 * @returns Offsets in the file; of a notebook's cell, in the cell. A part that stands nowhere in the file, as it lies between
 *   pieces, is the empty place at which the next piece begins.
 */
export function spanInFile(at: SegmentPlace, span: Span): Span {
  switch (at.kind) {
    case 'cell':
      return span;
    case 'offset':
      return { start: span.start + at.start, end: span.end + at.start };
    case 'pieces':
      return spanOfPieces(at.pieces, span);
  }
}

function spanOfPieces(pieces: readonly SegmentPiece[], { start, end }: Span): Span {
  const first = pieceFrom(pieces, start);
  const fileStart = first === undefined ? endOf(pieces.at(-1)) : startIn(first, start);
  const isNowhere = first === undefined || first.start >= end;
  const last = isNowhere ? undefined : pieces[pieceCountBefore(pieces, end) - 1];
  if (last === undefined) return { start: fileStart, end: fileStart };
  return { start: fileStart, end: Math.max(fileStart, endIn(last, Math.min(end, last.end))) };
}

function pieceFrom(pieces: readonly SegmentPiece[], offset: number): SegmentPiece | undefined {
  return pieces[indexFrom(pieces, offset)];
}

/** @returns The index of the first piece that ends behind an offset. */
export function indexFrom(pieces: readonly SegmentPiece[], offset: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @returns How many pieces begin before an offset. */
function pieceCountBefore(pieces: readonly SegmentPiece[], offset: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is spelled in other characters counts as a whole. */
function startIn({ start, at, atEnd }: SegmentPiece, offset: number): number {
  return atEnd === undefined && offset > start ? at + offset - start : at;
}

function endIn({ start, at, atEnd }: SegmentPiece, offset: number): number {
  return atEnd ?? at + offset - start;
}

function endOf(piece: SegmentPiece | undefined): number {
  return piece === undefined ? 0 : endIn(piece, piece.end);
}
