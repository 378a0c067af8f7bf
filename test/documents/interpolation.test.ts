import { expect, test } from 'vitest';
import { interpolate } from '../../src/documents/interpolation.ts';

/** Each stands for the next one, as often as its name says. */
const chain = (levels: number, times: number) =>
  new Map(
    Array.from({ length: levels }, (_, at) => [`o${String(at)}`, `%(o${String(at + 1)})s`.repeat(times)]),
  );

test.each([
  ['', ''],
  ['plain', 'plain'],
  ['%(a)s and %(A)s', 'one and one'],
  ['100%% %%(a)s', '100% %(a)s'],
  ['%(b)s', 'a is one'],
  ['%(none)s', null],
  ['%(a)', null],
  ['%a', null],
  ['%', null],
  ['%(c)s', null],
  ['%()s', null],
])('%j stands for %j', (value, meaning) => {
  const options = new Map([
    ['a', 'one'],
    ['b', 'a is %(a)s'],
    ['c', '%(c)s'],
  ]);
  expect(interpolate(value, (name) => options.get(name.toLowerCase()))).toBe(meaning);
});

test.each([
  ['nine levels', 8, 1, 'x'],
  ['ten levels', 9, 1, null],
  ['options that double nine times', 8, 2, 'x'.repeat(256)],
  ['options that grow to billions', 8, 20, null],
])('%s', (_, levels, times, meaning) => {
  const options = chain(levels, times).set(`o${String(levels)}`, 'x');
  expect(interpolate('%(o0)s', (key) => options.get(key))).toBe(meaning);
});
