import { expect, test } from 'vitest';
import { spanInFile } from '../../src/text/segment-span.ts';
import type { SegmentPlace } from '../../src/model/language.ts';

/** `npx '-y' a\nb`: `npx` and `-y` stand in the file the other way round, and the end of the line is spelled `\n`. */
const pieces: SegmentPlace = {
  kind: 'pieces',
  pieces: [
    { start: 0, end: 3, at: 40 },
    { start: 5, end: 7, at: 10 },
    { start: 9, end: 10, at: 20 },
    { start: 10, end: 11, at: 21, atEnd: 23 },
    { start: 11, end: 12, at: 23 },
  ],
};

test.each<
  readonly [title: string, at: SegmentPlace, span: readonly [number, number], file: readonly [number, number]]
>([
  ['a text that stands in the file', { kind: 'offset', start: 7 }, [1, 3], [8, 10]],
  ['a cell', { kind: 'cell', cell: 2 }, [1, 3], [1, 3]],
  ['a whole piece', pieces, [0, 3], [40, 43]],
  ['a part of a piece', pieces, [1, 2], [41, 42]],
  ['a word and its quotes, which stand nowhere', pieces, [4, 8], [10, 12]],
  ['what stands between two pieces', pieces, [3, 4], [10, 10]],
  ['an escape', pieces, [10, 11], [21, 23]],
  ['what holds an escape', pieces, [9, 12], [20, 24]],
  ['parts that stand the other way round', pieces, [0, 7], [40, 40]],
  ['no letters', pieces, [6, 6], [11, 11]],
  ['behind the last piece', pieces, [12, 14], [24, 24]],
  ['no piece', { kind: 'pieces', pieces: [] }, [0, 2], [0, 0]],
])('%s', (_, at, [start, end], [fileStart, fileEnd]) => {
  expect(spanInFile(at, { start, end })).toEqual({ start: fileStart, end: fileEnd });
});
