import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, singleEdit } from '../../src/text/distance.ts';

test.each([
  ['numpy', 'numpi', 'letter'],
  ['numpy', 'nump', 'letter'],
  ['numpy', 'xnumpy', 'letter'],
  ['numpy', 'nupmy', 'swap'],
  ['numpy', 'unmpy', 'swap'],
  ['aab', 'ab', 'letter'],
  ['', 'a', 'letter'],
  ['numpy', 'numpy', null],
  ['numpy', 'nmupy2', null],
  ['numpy', 'ypmun', null],
  ['abcd', 'badc', null],
  ['numpy', '', null],
])('%s and %s: %s', (left, right, edit) => {
  expect(singleEdit(left, right)).toBe(edit);
  expect(singleEdit(right, left)).toBe(edit);
});

/** Few letters, so that many words are near each other. */
const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });

test('one edit is a distance of one', () => {
  fc.assert(
    fc.property(words, words, (left, right) => {
      expect(singleEdit(left, right) !== null).toBe(distance(left, right) === 1);
    }),
    { numRuns: 2000 },
  );
});
