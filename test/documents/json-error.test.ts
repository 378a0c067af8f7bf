import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonErrorOffset } from '../../src/documents/json-error.ts';

test.each([
  ['', 0],
  ['  ', 2],
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['[1 2]', 3],
  ['[1,]', 3],
  ['[01]', 1],
  ['[nul]', 1],
  ['["a\nb"]', 3],
  ['["\\x"]', 2],
  ['["\\u12"]', 2],
  ['[]]', 2],
  [']', 0],
  ['{]', 1],
  [',', 0],
  ['"a', 2],
])('%j at %d', (text, offset) => {
  expect(jsonErrorOffset(text)).toBe(offset);
});

test('valid text has no error', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (json, indentation) => {
      const text = JSON.stringify(JSON.parse(json), null, indentation);
      expect(jsonErrorOffset(text)).toBe(text.length);
    }),
    { numRuns: 500, seed: 20261123 },
  );
});

test('what is refused has its error within; everything before it can go on', () => {
  const damaged = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', '"', ',', ']', '}', ':', 'x', '\n', '\\'),
  );
  fc.assert(
    fc.property(damaged, ([json, place, mark]) => {
      const at = place % (json.length + 1);
      const text = json.slice(0, at) + mark + json.slice(at + 1);
      fc.pre(!isJson(text));
      const offset = jsonErrorOffset(text);
      expect(jsonErrorOffset(text.slice(0, offset))).toBe(offset);
    }),
    { numRuns: 1000, seed: 20261123 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
