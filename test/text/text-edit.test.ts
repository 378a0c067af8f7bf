import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applySplices, rebased, type TextEdit } from '../../src/text/text-edit.ts';

/** Up to three edits of a text of ten letters, none of which meets another one. */
const edits = (length: number): fc.Arbitrary<readonly TextEdit[]> =>
  fc.uniqueArray(fc.nat(length), { minLength: 2, maxLength: 6 }).chain((offsets) => {
    const sorted = offsets.toSorted((left, right) => left - right);
    const pairs = sorted.flatMap((start, at) =>
      at % 2 === 0 && at + 1 < sorted.length ? [[start, sorted[at + 1] ?? start]] : [],
    );
    return fc.tuple(
      ...pairs.map(([start = 0, end = 0]) =>
        fc.constantFrom('', 'x', 'yz').map((text) => ({ start, end, text })),
      ),
    );
  });

test('edits of what came of edits are joined to edits of the first text', () => {
  const text = 'abcdefghij';
  let joined = 0;
  fc.assert(
    fc.property(edits(text.length), edits(6), (earlier, later) => {
      const between = applySplices(text, earlier);
      if (later.some(({ end }) => end > between.length)) return;
      const together = rebased(later, earlier);
      if (together === null) return;
      joined += 1;
      expect(applySplices(text, together)).toBe(applySplices(between, later));
    }),
    { numRuns: 1000 },
  );
  expect(joined).toBeGreaterThan(100);
});

const removal = (start: number, end: number): TextEdit => ({ start, end, text: '' });

test.each<readonly [string, TextEdit, TextEdit, readonly TextEdit[] | null]>([
  ['behind it', removal(5, 7), removal(2, 4), [removal(2, 4), removal(7, 9)]],
  ['right behind it', removal(2, 4), removal(2, 4), [removal(2, 4), removal(4, 6)]],
  ['in front of it', removal(0, 2), removal(2, 4), [removal(0, 2), removal(2, 4)]],
  ['around it', removal(1, 5), removal(2, 4), null],
  ['in what it wrote', removal(3, 4), { start: 2, end: 3, text: 'xyz' }, null],
])('%s', (_, later, earlier, expected) => {
  expect(rebased([later], [earlier])).toEqual(expected);
});
